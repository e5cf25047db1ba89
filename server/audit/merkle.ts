/**
 * Merkle tree of RFC 6962 §2.1: one hash stands for a list, and a few hashes prove that an entry is in it without showing the others.
 * All hashes are 64 lower-case hexadecimal digits.
 */
import { createHash } from 'node:crypto';

const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);

const leafHash = (leaf: string): string => createHash('sha256').update(leafMark).update(leaf).digest('hex');
const nodeHash = (left: string, right: string): string =>
  createHash('sha256')
    .update(nodeMark)
    .update(Buffer.from(left, 'hex'))
    .update(Buffer.from(right, 'hex'))
    .digest('hex');

/** the largest power of two below size */
function splitAt(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

function rootOf(hashes: readonly string[]): string {
  const [only] = hashes;
  if (only === undefined) return createHash('sha256').digest('hex');
  if (hashes.length === 1) return only;
  const k = splitAt(hashes.length);
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

export function merkleRoot(leaves: readonly string[]): string {
  return rootOf(leaves.map(leafHash));
}

function pathOf(index: number, hashes: readonly string[]): string[] {
  if (hashes.length <= 1) return [];
  const k = splitAt(hashes.length);
  const left = hashes.slice(0, k);
  const right = hashes.slice(k);
  return index < k ? [...pathOf(index, left), rootOf(right)] : [...pathOf(index - k, right), rootOf(left)];
}

/** Hashes that lead from the leaf at `index` to the root, nearest first. @throws RangeError when there is no such leaf */
export function inclusionProof(leaves: readonly string[], index: number): string[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  return pathOf(index, leaves.map(leafHash));
}

function climb(hash: string, index: number, size: number, proof: readonly string[]): string | null {
  if (size === 1) return proof.length === 0 ? hash : null;
  const last = proof.at(-1);
  if (last === undefined) return null;
  const rest = proof.slice(0, -1);
  const k = splitAt(size);
  const below = index < k ? climb(hash, index, k, rest) : climb(hash, index - k, size - k, rest);
  if (below === null) return null;
  return index < k ? nodeHash(below, last) : nodeHash(last, below);
}

/** The root that the proof leads to, or null when the proof does not fit a list of that size. */
export function rootFromProof(
  leaf: string,
  index: number,
  size: number,
  proof: readonly string[],
): string | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  return climb(leafHash(leaf), index, size, proof);
}
