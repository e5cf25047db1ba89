import { commit, genesisHash, linkHash, type ChainEntry, type ChainKind, type Json } from './chain.ts';

export interface EntryDraft {
  readonly kind: string;
  readonly body: Json;
  /** milliseconds since the epoch by the server's steady clock */
  readonly at: number;
  /** 32 random hexadecimal digits */
  readonly salt: string;
}

/** Where a chain stands: its last entry, or null before the first. */
export type ChainHead = Pick<ChainEntry, 'n' | 'hash' | 'at'>;

/** The entry that follows the head, for acts of the server and of staff; its time never runs before the entry ahead of it. */
export function makeEntry(
  chain: ChainKind,
  of: string,
  head: ChainHead | null,
  draft: EntryDraft,
): ChainEntry {
  const link = {
    chain,
    of,
    n: (head?.n ?? 0) + 1,
    kind: draft.kind,
    epoch: 0,
    clientId: '',
    clientSeq: 0,
    at: Math.max(draft.at, head?.at ?? 0),
    commitment: commit(draft.salt, draft.body),
    prevHash: head?.hash ?? genesisHash(chain, of),
  };
  return { ...link, hash: linkHash(link), salt: draft.salt, body: draft.body };
}
