/** Dotted paths through raw BSON, with MongoDB's rule for arrays: a path goes into every document of an array, or to one position. */
import { CommandError } from './command-error.ts';
import { bsonType, cstringEnd, findElement, someElement } from './raw-bson.ts';

export interface Path {
  readonly text: string;
  readonly parts: readonly Uint8Array[];
  readonly numeric: readonly boolean[];
}

/** Type given to a visitor where the path leads nowhere. */
export const missing = 0;

export function parsePath(text: string): Path {
  const names = text.split('.');
  if (names.length > 100) throw new CommandError(15, 'field path is too long');
  return { text, parts: names.map((n) => Buffer.from(n)), numeric: names.map((n) => /^\d+$/.test(n)) };
}

/**
 * Visits every value at the path in the document at `at`: (type, offset). An array at the end is visited once, as an array.
 * Where the path ends early the visitor gets {@link missing}; scalars inside an array on the way are passed over.
 * Stops when the visitor returns true, and says so.
 */
export function someValue(
  b: Uint8Array,
  at: number,
  path: Path,
  visit: (type: number, at: number) => boolean,
): boolean {
  return walk(b, at, path, 0, visit);
}

function walk(
  b: Uint8Array,
  at: number,
  path: Path,
  i: number,
  visit: (type: number, at: number) => boolean,
): boolean {
  const name = path.parts[i];
  if (name === undefined) return false;
  const element = findElement(b, at, name);
  if (element < 0) return visit(missing, -1);
  const type = b[element] ?? 0;
  const valueAt = element + name.length + 2;
  return step(b, type, valueAt, path, i + 1, visit);
}

function step(
  b: Uint8Array,
  type: number,
  at: number,
  path: Path,
  i: number,
  visit: (type: number, at: number) => boolean,
): boolean {
  if (i === path.parts.length) return visit(type, at);
  if (type === bsonType.document) return walk(b, at, path, i, visit);
  if (type !== bsonType.array) return visit(missing, -1);
  const name = path.parts[i];
  if (path.numeric[i] === true && name !== undefined) {
    const element = findElement(b, at, name);
    if (element >= 0 && step(b, b[element] ?? 0, cstringEnd(b, element + 1), path, i + 1, visit)) return true;
  }
  return someElement(b, at, (t, _name, v) => t === bsonType.document && walk(b, v, path, i, visit));
}
