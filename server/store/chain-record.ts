import type { ChainEntry, Json } from '../audit/chain.ts';
import type { ChainRecord } from './build-models.ts';

/** Key of an entry in its collection: sorts by owner, then by n. */
export function chainKey(of: string, n: number): string {
  return `${of}:${String(n).padStart(6, '0')}`;
}

/** The range of keys that holds one owner's whole chain, for $gt / $lt. */
export function chainRange(of: string): { $gt: string; $lt: string } {
  return { $gt: `${of}:`, $lt: `${of};` };
}

export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && Object.values(value).every(isJson);
}

/** @throws Error when the stored body is not JSON: the record was damaged */
export function entryOf(r: ChainRecord): ChainEntry {
  const { chain, of, n, kind, epoch, clientId, clientSeq, at, commitment, prevHash, hash, salt, body } = r;
  if (!isJson(body)) throw new Error(`entry ${r._id} does not hold JSON`);
  return { chain, of, n, kind, epoch, clientId, clientSeq, at, commitment, prevHash, hash, salt, body };
}
