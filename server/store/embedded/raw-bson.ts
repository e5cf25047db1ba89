/**
 * Reading BSON without decoding it: documents are stored and returned as the bytes that arrived, and matching, sorting and indexing
 * look only at the fields they need (https://bsonspec.org/spec.html).
 */
import { CommandError } from './command-error.ts';

export const bsonType = {
  double: 1,
  string: 2,
  document: 3,
  array: 4,
  binary: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  code: 13,
  symbol: 14,
  codeWithScope: 15,
  int32: 16,
  timestamp: 17,
  int64: 18,
  decimal128: 19,
  minKey: 255,
  maxKey: 127,
} as const;

/** Nesting that MongoDB accepts in a stored document. */
export const maxDepth = 100;
export const maxDocumentBytes = 16 * 1024 * 1024;

export function readInt32(b: Uint8Array, at: number): number {
  return (b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16) | ((b[at + 3] ?? 0) << 24);
}

/** Offset behind a value of this type that begins at `at`; -1 for a type that does not exist. Trusts validated bytes. */
export function valueEnd(b: Uint8Array, type: number, at: number): number {
  switch (type) {
    case bsonType.int32:
      return at + 4;
    case bsonType.string:
    case bsonType.code:
    case bsonType.symbol:
      return at + 4 + readInt32(b, at);
    case bsonType.double:
    case bsonType.date:
    case bsonType.int64:
    case bsonType.timestamp:
      return at + 8;
    case bsonType.document:
    case bsonType.array:
    case bsonType.codeWithScope:
      return at + readInt32(b, at);
    case bsonType.binary:
      return at + 5 + readInt32(b, at);
    case bsonType.bool:
      return at + 1;
    case bsonType.objectId:
      return at + 12;
    case bsonType.undefined:
    case bsonType.null:
    case bsonType.minKey:
    case bsonType.maxKey:
      return at;
    case bsonType.decimal128:
      return at + 16;
    case bsonType.dbPointer:
      return at + 4 + readInt32(b, at) + 12;
    case bsonType.regex:
      return cstringEnd(b, cstringEnd(b, at));
    default:
      return -1;
  }
}

/** Offset behind the terminating zero. */
export function cstringEnd(b: Uint8Array, at: number): number {
  let p = at;
  while (p < b.length && b[p] !== 0) p++;
  return p + 1;
}

/** Offset of the element (its type byte) with this name in the document at `at`, or -1. */
export function findElement(b: Uint8Array, at: number, name: Uint8Array): number {
  const end = at + readInt32(b, at) - 1;
  const length = name.length;
  let p = at + 4;
  while (p < end) {
    const type = b[p] ?? 0;
    let q = p + 1;
    let i = 0;
    while (i < length && b[q + i] === name[i]) i++;
    if (i === length && b[q + i] === 0) return p;
    q += i;
    while (b[q] !== 0) q++;
    p = valueEnd(b, type, q + 1);
    if (p < 0) return -1;
  }
  return -1;
}

/** Calls back for each element of the document or array at `at`; stops when the callback returns true, and says so. */
export function someElement(
  b: Uint8Array,
  at: number,
  each: (type: number, nameAt: number, valueAt: number, elementAt: number) => boolean,
): boolean {
  const end = at + readInt32(b, at) - 1;
  let p = at + 4;
  while (p < end) {
    const type = b[p] ?? 0;
    const valueAt = cstringEnd(b, p + 1);
    if (each(type, p + 1, valueAt, p)) return true;
    p = valueEnd(b, type, valueAt);
    if (p < 0) return false;
  }
  return false;
}

export function countElements(b: Uint8Array, at: number): number {
  let n = 0;
  someElement(b, at, () => {
    n++;
    return false;
  });
  return n;
}

/**
 * Checks that `b[at..limit)` begins with one whole well-formed document, because stored bytes are trusted afterwards.
 * @returns the offset behind it
 * @throws CommandError InvalidBSON, or Overflow when nested deeper than {@link maxDepth}
 */
export function validateDocument(b: Uint8Array, at: number, limit: number, depth = 1): number {
  if (depth > maxDepth)
    throw new CommandError(15, `Object exceeded maximum nested object depth: ${maxDepth}`);
  if (at + 5 > limit) throw invalid('document is cut off');
  const length = readInt32(b, at);
  if (length < 5 || at + length > limit) throw invalid('document length does not fit');
  const end = at + length - 1;
  if (b[end] !== 0) throw invalid('document is not terminated');
  let p = at + 4;
  while (p < end) {
    const type = b[p] ?? 0;
    let v = p + 1;
    while (v < end && b[v] !== 0) v++;
    v++;
    if (v > end) throw invalid('field name is not terminated');
    let next: number;
    if (type === bsonType.document || type === bsonType.array) next = validateDocument(b, v, end, depth + 1);
    else next = validateScalar(b, type, v, end);
    p = next;
  }
  return end + 1;
}

function validateScalar(b: Uint8Array, type: number, v: number, end: number): number {
  if (type === bsonType.string || type === bsonType.code || type === bsonType.symbol)
    return stringEnd(b, v, end);
  if (type === bsonType.binary) {
    if (v + 5 > end || readInt32(b, v) < 0) throw invalid('binary length');
  } else if (type === bsonType.dbPointer) {
    stringEnd(b, v, end);
  } else if (type === bsonType.codeWithScope) {
    if (v + 14 > end || v + readInt32(b, v) > end) throw invalid('code with scope');
    const scopeAt = stringEnd(b, v + 4, v + readInt32(b, v));
    if (validateDocument(b, scopeAt, v + readInt32(b, v), maxDepth) !== v + readInt32(b, v))
      throw invalid('code with scope');
  } else if (type === bsonType.bool && (b[v] ?? 2) > 1) throw invalid('boolean is neither 0 nor 1');
  const next = valueEnd(b, type, v);
  if (next < v || next > end) throw invalid(next < 0 ? `unknown type ${type}` : 'value is cut off');
  return next;
}

function stringEnd(b: Uint8Array, v: number, end: number): number {
  const length = v + 4 <= end ? readInt32(b, v) : 0;
  if (length < 1 || v + 4 + length > end || b[v + 3 + length] !== 0) throw invalid('string length');
  return v + 4 + length;
}

function invalid(what: string): CommandError {
  return new CommandError(22, `invalid BSON: ${what}`);
}
