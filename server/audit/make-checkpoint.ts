import { canonical } from './chain.ts';
import { asJson } from './as-json.ts';
import {
  buildCheckpoint,
  checkpointHash,
  firstCheckpointHash,
  type ChainHead,
  type Checkpoint,
} from './checkpoint.ts';
import type { SealingKey } from './seal.ts';

/** Where checkpoints go: kept in the store, and written out of it at once. */
export interface CheckpointKeeper {
  /** newest kept checkpoint, or null */
  last(): Promise<Checkpoint | null>;
  keep(record: { hash: string; at: number; text: string; of: string[] }): Promise<void>;
  /** writes the text to a place outside the store */
  export(name: string, text: string): Promise<void>;
}

/**
 * Seals the heads of the chains that grew since the last checkpoint; each checkpoint names the one before, so that together they bind every
 * chain. Returns null when nothing grew.
 */
export async function makeCheckpoint(
  keeper: CheckpointKeeper,
  heads: readonly ChainHead[],
  key: SealingKey,
  at: number,
): Promise<Checkpoint | null> {
  if (heads.length === 0) return null;
  const last = await keeper.last();
  const made = buildCheckpoint(at, heads, last === null ? firstCheckpointHash : checkpointHash(last), key);
  const hash = checkpointHash(made);
  const text = canonical(asJson(made));
  await keeper.keep({ hash, at, text, of: heads.map((h) => h.of) });
  await keeper.export(`${at}-${hash.slice(0, 16)}.json`, `${text}\n`);
  return made;
}
