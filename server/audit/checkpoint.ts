/**
 * A checkpoint holds the heads of the chains at one moment (all, or those that grew since the one before), sealed, and is taken out of the server at once (another machine, a printed
 * line, a letter). Whoever rewrites a chain later, even with the server's own key, cannot make it agree with a checkpoint that is already outside.
 *
 *   statement = {format, at, count, root, prevCheckpointHash}     root: Merkle root (RFC 6962) of the canonical heads in order
 *   seal over the canonical statement; checkpointHash = SHA-256 of the canonical statement; the first names SHA-256("adil:checkpoints")
 *
 * The statement alone fits on a line and binds everything; the heads make it useful to the server; an extract (statement, seal, one
 * head, Merkle proof) travels in a dossier and shows nothing of other people's chains.
 */
import { Type, type Static } from '@sinclair/typebox';
import { canonical, sha256Hex } from './chain.ts';
import { inclusionProof, merkleRoot, rootFromProof } from './merkle.ts';
import { checkSeal, seal, type SealingKey } from './seal.ts';
import { readerOf } from './shape.ts';

const shut = { additionalProperties: false } as const;
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const At = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const SealShape = Type.Object(
  {
    keyId: Type.String({ pattern: '^[0-9a-f]{16}$' }),
    publicKey: Hash,
    at: At,
    signature: Type.String({ pattern: '^[0-9a-f]{128}$' }),
  },
  shut,
);

export const ChainHead = Type.Object(
  {
    chain: Type.Unsafe<'attempt' | 'account' | 'publication' | 'audit' | 'case' | 'sitting'>({
      type: 'string',
      enum: ['attempt', 'account', 'publication', 'audit', 'case', 'sitting'],
    }),
    of: Type.String({ minLength: 1, maxLength: 100 }),
    n: Type.Integer({ minimum: 1 }),
    hash: Hash,
  },
  shut,
);
export type ChainHead = Static<typeof ChainHead>;

const Statement = Type.Object(
  {
    format: Type.Literal('adil-checkpoint-1'),
    at: At,
    count: Type.Integer({ minimum: 0 }),
    root: Hash,
    prevCheckpointHash: Hash,
  },
  shut,
);
export type Statement = Static<typeof Statement>;

export const Checkpoint = Type.Object(
  { ...Statement.properties, heads: Type.Array(ChainHead), seal: SealShape },
  shut,
);
export type Checkpoint = Static<typeof Checkpoint>;

export const CheckpointExtract = Type.Object(
  {
    statement: Statement,
    seal: SealShape,
    head: ChainHead,
    index: Type.Integer({ minimum: 0 }),
    proof: Type.Array(Hash, { maxItems: 64 }),
  },
  shut,
);
export type CheckpointExtract = Static<typeof CheckpointExtract>;

export const firstCheckpointHash = sha256Hex('adil:checkpoints');

const inOrder = (a: ChainHead, b: ChainHead): number =>
  a.chain === b.chain ? (a.of < b.of ? -1 : a.of > b.of ? 1 : 0) : a.chain < b.chain ? -1 : 1;
const leavesOf = (heads: readonly ChainHead[]): string[] => heads.map((head) => canonical(head));
const statementOf = ({ format, at, count, root, prevCheckpointHash }: Statement): Statement => ({
  format,
  at,
  count,
  root,
  prevCheckpointHash,
});

export function checkpointHash(statement: Statement): string {
  return sha256Hex(canonical(statementOf(statement)));
}

/**
 * @param at taken before the heads were read, so that every entry older than `at` is covered
 * @param heads last entry of every chain that grew since the one before (or of all), in any order
 * @param prevCheckpointHash hash of the one before, `firstCheckpointHash` for the first
 * @throws RangeError when a chain is named twice
 */
export function buildCheckpoint(
  at: number,
  heads: readonly ChainHead[],
  prevCheckpointHash: string,
  key: SealingKey,
): Checkpoint {
  const sorted = heads.map(({ chain, of, n, hash }) => ({ chain, of, n, hash })).sort(inOrder);
  sorted.forEach((head, i) => {
    const next = sorted[i + 1];
    if (next !== undefined && inOrder(head, next) === 0)
      throw new RangeError(`chain ${head.chain}:${head.of} is named twice`);
  });
  const statement: Statement = {
    format: 'adil-checkpoint-1',
    at,
    count: sorted.length,
    root: merkleRoot(leavesOf(sorted)),
    prevCheckpointHash,
  };
  return { ...statement, heads: sorted, seal: seal(canonical(statement), key, at) };
}

/** What is wrong with a checkpoint in itself, or null. Whether its key is trusted is asked of the key register. */
export function faultOfCheckpoint(checkpoint: Checkpoint): string | null {
  const { heads } = checkpoint;
  if (heads.length !== checkpoint.count) return 'the number of heads is not the one that was sealed';
  if (heads.some((head, i) => i > 0 && inOrder(heads[i - 1] ?? head, head) >= 0))
    return 'the heads are not in order';
  if (merkleRoot(leavesOf(heads)) !== checkpoint.root) return 'the heads are not those that were sealed';
  if (checkpoint.seal.at !== checkpoint.at) return 'the time is not the one that was sealed';
  return checkSeal(canonical(statementOf(checkpoint)), checkpoint.seal) ? null : 'the seal is broken';
}

/** A chain that no longer is what it was at the checkpoint. */
export interface ChainChange {
  readonly chain: string;
  readonly of: string;
  /** entry that the checkpoint holds */
  readonly n: number;
  readonly what: 'truncated' | 'rewritten';
}

/**
 * Chains that are shorter than they were, or whose entry at the checkpoint has another hash. Links and hashes within a chain
 * are `verifyChain`'s business: both together show that nothing up to the checkpoint was changed.
 * @param hashAt hash of entry n of a chain as it is now; null when it has no such entry
 */
export function compareWithCheckpoint(
  checkpoint: Checkpoint,
  hashAt: (chain: string, of: string, n: number) => string | null,
): ChainChange[] {
  return checkpoint.heads.flatMap(({ chain, of, n, hash }) => {
    const now = hashAt(chain, of, n);
    return now === hash
      ? []
      : [{ chain, of, n, what: now === null ? ('truncated' as const) : ('rewritten' as const) }];
  });
}

/** The part of a checkpoint that speaks of one chain; null when it does not know the chain. */
export function extractHead(checkpoint: Checkpoint, chain: string, of: string): CheckpointExtract | null {
  const index = checkpoint.heads.findIndex((head) => head.chain === chain && head.of === of);
  const head = checkpoint.heads[index];
  if (head === undefined) return null;
  return {
    statement: statementOf(checkpoint),
    seal: checkpoint.seal,
    head,
    index,
    proof: inclusionProof(leavesOf(checkpoint.heads), index),
  };
}

/** What is wrong with an extract in itself, or null. */
export function faultOfExtract({
  statement,
  seal: sealed,
  head,
  index,
  proof,
}: CheckpointExtract): string | null {
  if (rootFromProof(canonical(head), index, statement.count, proof) !== statement.root)
    return 'the head is not one of those that were sealed';
  if (sealed.at !== statement.at) return 'the time is not the one that was sealed';
  return checkSeal(canonical(statementOf(statement)), sealed) ? null : 'the seal is broken';
}

const readShape = readerOf(Checkpoint);

/** A checkpoint from its file: canonical JSON, one line feed at the end allowed. @throws Error with what is wrong */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\n$/, '');
  const read = readShape(JSON.parse(text));
  if (!read.ok) throw new Error(`the checkpoint has the wrong shape: ${read.fault}`);
  if (canonical(read.value) !== text) throw new Error('the checkpoint is not canonical JSON');
  const fault = faultOfCheckpoint(read.value);
  if (fault !== null) throw new Error(`the checkpoint is broken: ${fault}`);
  return read.value;
}
