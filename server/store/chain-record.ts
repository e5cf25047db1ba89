import { asJson } from '../audit/as-json.ts';
import type { ChainEntry } from '../audit/chain.ts';
import type { ChainRecord } from './build-models.ts';

/** Key of an entry in its collection: sorts by owner, then by n. */
export function chainKey(of: string, n: number): string {
  return `${of}:${String(n).padStart(6, '0')}`;
}

/** The range of keys that holds one owner's whole chain, for $gt / $lt. */
export function chainRange(of: string): { $gt: string; $lt: string } {
  return { $gt: `${of}:`, $lt: `${of};` };
}

/** @throws TypeError when the stored body is not JSON: the record was damaged */
export function entryOf(r: ChainRecord): ChainEntry {
  const { chain, of, n, kind, epoch, clientId, clientSeq, at, commitment, prevHash, hash, salt, body } = r;
  return {
    chain,
    of,
    n,
    kind,
    epoch,
    clientId,
    clientSeq,
    at,
    commitment,
    prevHash,
    hash,
    salt,
    body: asJson(body),
  };
}
