/**
 * Byte keys: comparing two keys byte by byte gives the order of the BSON values, so SQLite's BLOB order is MongoDB's order
 * (https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/). Every comparison of the store goes through them.
 * A key is prefix-free, so keys of several fields can be put one behind the other.
 */
import { CommandError } from './command-error.ts';
import { encodeDoc } from './decode-bson.ts';
import { bsonType, cstringEnd, readInt32, valueEnd } from './raw-bson.ts';

/** First byte of a key: the comparison class of its type. All between 1 and 254, so that inverted keys stay below 0xFF too. */
export const keyRank = {
  minKey: 1,
  /** what MongoDB's index holds for an empty array: below null */
  emptyArray: 3,
  null: 5,
  number: 10,
  string: 15,
  document: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 50,
  regex: 55,
  code: 60,
  maxKey: 200,
} as const;

const f64 = new DataView(new ArrayBuffer(8));

/** A growing buffer that keys are written into; `take` copies, `view` does not. */
export class KeyWriter {
  #b: Buffer = Buffer.allocUnsafe(1024);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  /** valid until the next write */
  view(from = 0): Buffer {
    return this.#b.subarray(from, this.length);
  }

  take(from = 0): Buffer {
    return Buffer.from(this.#b.subarray(from, this.length));
  }

  /** < 0, 0 or > 0: what was written compared with a key */
  compareTo(key: Uint8Array): number {
    return this.#b.compare(key, 0, key.length, 0, this.length);
  }

  byte(v: number): void {
    if (this.length === this.#b.length) this.#grow(1);
    this.#b[this.length++] = v;
  }

  bytes(src: Uint8Array, from: number, to: number): void {
    const n = to - from;
    if (this.length + n > this.#b.length) this.#grow(n);
    if (n < 48) for (let i = from, o = this.length; i < to; i++, o++) this.#b[o] = src[i] ?? 0;
    else this.#b.set(src.subarray(from, to), this.length);
    this.length += n;
  }

  /** Bytes that end in 0x00 0x00; a zero inside becomes 0x00 0xFF. */
  escaped(src: Uint8Array, from: number, to: number): void {
    const room = 2 * (to - from) + 2;
    if (this.length + room > this.#b.length) this.#grow(room);
    const b = this.#b;
    let o = this.length;
    for (let i = from; i < to; i++) {
      const v = src[i] ?? 0;
      b[o++] = v;
      if (v === 0) b[o++] = 0xff;
    }
    b[o++] = 0;
    b[o++] = 0;
    this.length = o;
  }

  /** Sign-flipped big-endian double: order of the numbers; NaN below all. */
  number(v: number): void {
    this.byte(keyRank.number);
    if (Number.isNaN(v)) {
      for (let i = 0; i < 8; i++) this.byte(0);
      return;
    }
    f64.setFloat64(0, v === 0 ? 0 : v);
    const negative = f64.getUint8(0) >= 128;
    for (let i = 0; i < 8; i++)
      this.byte(negative ? f64.getUint8(i) ^ 0xff : i === 0 ? f64.getUint8(0) | 128 : f64.getUint8(i));
    // Beyond 2^53 different int64 share a double: two more bytes tell them apart.
    if (Math.abs(v) >= 2 ** 53) this.#uint16(0x8000);
  }

  int64(b: Uint8Array, at: number): void {
    const v = new DataView(b.buffer, b.byteOffset + at, 8).getBigInt64(0, true);
    const d = Number(v);
    this.number(d);
    if (Math.abs(d) >= 2 ** 53) {
      this.length -= 2;
      this.#uint16(0x8000 + Number(v - BigInt(d)));
    }
  }

  /** @throws CommandError BadValue for types that have no place in the portable subset's order */
  value(b: Uint8Array, type: number, at: number): void {
    switch (type) {
      case bsonType.string:
      case bsonType.symbol:
        this.byte(keyRank.string);
        this.escaped(b, at + 4, at + 3 + readInt32(b, at));
        return;
      case bsonType.int32:
        this.number(readInt32(b, at));
        return;
      case bsonType.double:
        this.number(new DataView(b.buffer, b.byteOffset + at, 8).getFloat64(0, true));
        return;
      case bsonType.int64:
        this.int64(b, at);
        return;
      case bsonType.null:
      case bsonType.undefined:
        this.byte(keyRank.null);
        return;
      case bsonType.objectId:
        this.byte(keyRank.objectId);
        this.bytes(b, at, at + 12);
        return;
      case bsonType.bool:
        this.byte(keyRank.bool);
        this.byte(b[at] ?? 0);
        return;
      case bsonType.date:
        this.byte(keyRank.date);
        this.byte((b[at + 7] ?? 0) ^ 0x80);
        for (let i = 6; i >= 0; i--) this.byte(b[at + i] ?? 0);
        return;
      case bsonType.timestamp:
        this.byte(keyRank.timestamp);
        for (let i = 7; i >= 0; i--) this.byte(b[at + i] ?? 0);
        return;
      case bsonType.binary: {
        const length = readInt32(b, at);
        this.byte(keyRank.binary);
        for (let shift = 24; shift >= 0; shift -= 8) this.byte((length >>> shift) & 0xff);
        this.bytes(b, at + 4, at + 5 + length);
        return;
      }
      case bsonType.document:
      case bsonType.array:
        this.#nested(b, type, at);
        return;
      case bsonType.regex: {
        this.byte(keyRank.regex);
        const flagsAt = cstringEnd(b, at);
        this.bytes(b, at, flagsAt);
        this.bytes(b, flagsAt, cstringEnd(b, flagsAt));
        return;
      }
      case bsonType.code:
        this.byte(keyRank.code);
        this.escaped(b, at + 4, at + 3 + readInt32(b, at));
        return;
      case bsonType.minKey:
        this.byte(keyRank.minKey);
        return;
      case bsonType.maxKey:
        this.byte(keyRank.maxKey);
        return;
      default:
        throw new CommandError(2, `the embedded store does not compare or index values of BSON type ${type}`);
    }
  }

  /** Turns the bytes from `from` on into their complement: the reverse order, for a descending field of an index. */
  invert(from: number): void {
    for (let i = from; i < this.length; i++) this.#b[i] = (this.#b[i] ?? 0) ^ 0xff;
  }

  /** A row id behind the key makes the entries of a non-unique index different. */
  rowId(rid: number): void {
    const high = Math.floor(rid / 2 ** 32);
    this.byte((high >>> 24) & 0xff);
    this.byte((high >>> 16) & 0xff);
    this.#uint16(high & 0xffff);
    this.#uint16((rid >>> 16) & 0xffff);
    this.#uint16(rid & 0xffff);
  }

  #nested(b: Uint8Array, type: number, at: number): void {
    this.byte(type === bsonType.array ? keyRank.array : keyRank.document);
    const end = at + readInt32(b, at) - 1;
    let p = at + 4;
    while (p < end) {
      const t = b[p] ?? 0;
      const v = cstringEnd(b, p + 1);
      if (type === bsonType.document) {
        this.byte(rankOf(t));
        this.bytes(b, p + 1, v);
      }
      this.value(b, t, v);
      p = valueEnd(b, t, v);
    }
    this.byte(0);
  }

  #uint16(v: number): void {
    this.byte((v >>> 8) & 0xff);
    this.byte(v & 0xff);
  }

  #grow(by: number): void {
    const next = Buffer.allocUnsafe(Math.max(this.#b.length * 2, this.length + by));
    next.set(this.#b.subarray(0, this.length));
    this.#b = next;
  }
}

const ranks: Readonly<Record<number, number>> = {
  [bsonType.double]: keyRank.number,
  [bsonType.int32]: keyRank.number,
  [bsonType.int64]: keyRank.number,
  [bsonType.string]: keyRank.string,
  [bsonType.symbol]: keyRank.string,
  [bsonType.document]: keyRank.document,
  [bsonType.array]: keyRank.array,
  [bsonType.binary]: keyRank.binary,
  [bsonType.undefined]: keyRank.null,
  [bsonType.null]: keyRank.null,
  [bsonType.objectId]: keyRank.objectId,
  [bsonType.bool]: keyRank.bool,
  [bsonType.date]: keyRank.date,
  [bsonType.timestamp]: keyRank.timestamp,
  [bsonType.regex]: keyRank.regex,
  [bsonType.code]: keyRank.code,
  [bsonType.minKey]: keyRank.minKey,
  [bsonType.maxKey]: keyRank.maxKey,
};

/** Comparison class of a BSON type, 0 for types outside the order. */
export function rankOf(type: number): number {
  return ranks[type] ?? 0;
}

const scratch = new KeyWriter();

/** Key of a JavaScript value; undefined counts as null. */
export function keyOf(v: unknown): Buffer {
  const raw = encodeDoc({ v: v === undefined ? null : v });
  scratch.reset();
  // {v: …}: four bytes of length, the type, the name and its zero
  scratch.value(raw, raw[4] ?? 0, 7);
  return scratch.take();
}

/** -1, 0 or 1 in BSON order. */
export function compareValues(a: unknown, b: unknown): number {
  return Buffer.compare(keyOf(a), keyOf(b));
}

export function equalValues(a: unknown, b: unknown): boolean {
  return a === b || keyOf(a).equals(keyOf(b));
}
