/** Documents and their index entries, changed together on the writer's connection. */
import { ObjectId } from 'bson';
import type { Catalog, Collection, Index } from './catalog.ts';
import { CommandError } from './command-error.ts';
import { decodeDoc, type Doc } from './decode-bson.ts';
import { entriesOf, isIndexed, writePlainKey } from './index-entries.ts';
import { KeyWriter } from './index-keys.ts';
import {
  bsonType,
  cstringEnd,
  findElement,
  maxDocumentBytes,
  readInt32,
  someElement,
  valueEnd,
} from './raw-bson.ts';
import type { SqlConnection } from './sql-connection.ts';

const idName = Buffer.from('_id');
const pageBytes = 8192;

export class DocumentWriter {
  readonly #sql: SqlConnection;
  readonly #catalog: Catalog;
  readonly #key = new KeyWriter();
  #pages = 0;

  constructor(sql: SqlConnection, catalog: Catalog) {
    this.#sql = sql;
    this.#catalog = catalog;
  }

  /** Upper estimate of the pages changed since the last call: what the write-ahead log has grown by. */
  takeChangedPages(): number {
    const pages = this.#pages;
    this.#pages = 0;
    return pages;
  }

  /**
   * Stores one validated document as it is, only with `_id` moved to the front or added.
   * A duplicate leaves no trace of the document.
   * @throws CommandError DuplicateKey, InvalidIdField, BSONObjectTooLarge
   */
  insert(c: Collection, given: Uint8Array): Uint8Array {
    const raw = withIdFirst(given);
    const rid = c.nextRid++;
    let done = 0;
    try {
      for (const index of c.indexes) {
        this.#addEntries(c, index, rid, raw);
        done++;
      }
      this.#sql.prepared(`INSERT INTO c${c.id}(rid, d) VALUES(?, ?)`).run(rid, raw);
      this.#count(raw);
    } catch (e) {
      if (e instanceof CommandError)
        for (const index of c.indexes.slice(0, done)) this.#removeEntries(index, rid, raw);
      throw e;
    }
    return raw;
  }

  /** @throws CommandError DuplicateKey; the caller rolls back */
  replace(c: Collection, rid: number, old: Uint8Array, raw: Uint8Array): void {
    checkSize(raw);
    for (const index of c.indexes) {
      const before = this.#keysOf(index, rid, old);
      const after = this.#keysOf(index, rid, raw);
      for (const [text, key] of before)
        if (!after.has(text)) this.#sql.prepared(`DELETE FROM i${index.id} WHERE k = ?`).run(key);
      for (const [text, key] of after) if (!before.has(text)) this.#addEntry(c, index, rid, key, raw);
    }
    this.#sql.prepared(`UPDATE c${c.id} SET d = ? WHERE rid = ?`).run(raw, rid);
    this.#count(raw);
  }

  remove(c: Collection, rid: number, raw: Uint8Array): void {
    for (const index of c.indexes) this.#removeEntries(index, rid, raw);
    this.#sql.prepared(`DELETE FROM c${c.id} WHERE rid = ?`).run(rid);
    this.#count(raw);
  }

  /** Fills a new index from the documents that are there. */
  fillIndex(c: Collection, index: Index): void {
    let last = 0;
    for (;;) {
      const rows = this.#sql
        .prepared(`SELECT rid, d FROM c${c.id} WHERE rid > ? ORDER BY rid LIMIT 200`)
        .all(last);
      for (const row of rows) {
        last = Number(row['rid']);
        if (row['d'] instanceof Uint8Array) this.#addEntries(c, index, last, row['d']);
      }
      if (rows.length < 200) return;
    }
  }

  #count(raw: Uint8Array): void {
    this.#pages += 1 + Math.floor(raw.length / pageBytes);
  }

  #addEntries(c: Collection, index: Index, rid: number, raw: Uint8Array): void {
    if (!isIndexed(index, raw, 0)) return;
    const w = this.#key;
    w.reset();
    if (writePlainKey(w, index, raw, 0)) {
      if (!index.unique) w.rowId(rid);
      this.#addEntry(c, index, rid, w.view(), raw);
      return;
    }
    const added: Buffer[] = [];
    try {
      for (const key of this.#keysOf(index, rid, raw).values()) {
        this.#addEntry(c, index, rid, key, raw);
        added.push(key);
      }
    } catch (e) {
      if (e instanceof CommandError)
        for (const key of added) this.#sql.prepared(`DELETE FROM i${index.id} WHERE k = ?`).run(key);
      throw e;
    }
  }

  #addEntry(c: Collection, index: Index, rid: number, key: Uint8Array, raw: Uint8Array): void {
    const { changes } = this.#sql
      .prepared(`INSERT OR IGNORE INTO i${index.id}(k, rid) VALUES(?, ?)`)
      .run(key, rid);
    if (Number(changes) === 0) throw duplicateKey(c, index, raw);
    this.#pages++;
  }

  #removeEntries(index: Index, rid: number, raw: Uint8Array): void {
    for (const key of this.#keysOf(index, rid, raw).values())
      this.#sql.prepared(`DELETE FROM i${index.id} WHERE k = ?`).run(key);
  }

  #keysOf(index: Index, rid: number, raw: Uint8Array): Map<string, Buffer> {
    if (!isIndexed(index, raw, 0)) return new Map();
    const w = this.#key;
    w.reset();
    let keys: Buffer[];
    if (writePlainKey(w, index, raw, 0)) keys = [w.take()];
    else {
      const entries = entriesOf(w, index, raw, 0);
      if (entries.multikey) this.#catalog.setMultikey(index);
      keys = entries.keys;
    }
    if (!index.unique) {
      w.reset();
      w.rowId(rid);
      const suffix = w.take();
      keys = keys.map((k) => Buffer.concat([k, suffix]));
    }
    return new Map(keys.map((k) => [k.toString('latin1'), k]));
  }
}

/**
 * The document with `_id` as its first field, as MongoDB stores it; an ObjectId where there is none.
 * @throws CommandError InvalidIdField, DollarPrefixedFieldName, BSONObjectTooLarge
 */
export function withIdFirst(raw: Uint8Array): Uint8Array {
  checkSize(raw);
  if (raw[5] === 0x5f && raw[6] === 0x69 && raw[7] === 0x64 && raw[8] === 0) {
    checkId(raw, raw[4] ?? 0, 9);
    return raw;
  }
  const element = findElement(raw, 0, idName);
  if (element < 0) {
    const id = Buffer.concat([Buffer.from([bsonType.objectId]), idName, Buffer.from([0]), new ObjectId().id]);
    return rebuild([id, raw.subarray(4)]);
  }
  const type = raw[element] ?? 0;
  checkId(raw, type, element + 5);
  const end = valueEnd(raw, type, element + 5);
  return rebuild([raw.subarray(element, end), raw.subarray(4, element), raw.subarray(end)]);
}

function rebuild(parts: readonly Uint8Array[]): Buffer {
  const out = Buffer.concat([Buffer.alloc(4), ...parts]);
  out.writeInt32LE(out.length, 0);
  checkSize(out);
  return out;
}

function checkId(raw: Uint8Array, type: number, at: number): void {
  if (type === bsonType.array || type === bsonType.regex || type === bsonType.undefined)
    throw new CommandError(53, "The '_id' value cannot be of type array, regex or undefined");
  const dollar = type === bsonType.document && someElement(raw, at, (_t, nameAt) => raw[nameAt] === 0x24);
  if (dollar) throw new CommandError(52, "_id fields may not contain '$'-prefixed fields");
}

function checkSize(raw: Uint8Array): void {
  if (raw.length > maxDocumentBytes)
    throw new CommandError(
      10334,
      `BSONObj size: ${raw.length} is invalid. Size must be between 0 and ${maxDocumentBytes}`,
    );
}

/** @throws CommandError DollarPrefixedFieldName: field names that look like operators are refused in stored documents */
export function checkFieldNames(raw: Uint8Array): void {
  let bad = '';
  someElement(raw, 0, (_type, nameAt) => {
    if (raw[nameAt] !== 0x24) return false;
    bad = Buffer.from(raw.subarray(nameAt, cstringEnd(raw, nameAt) - 1)).toString();
    return true;
  });
  if (bad !== '')
    throw new CommandError(52, `The dollar ($) prefixed field '${bad}' is not allowed in a stored document.`);
}

function duplicateKey(c: Collection, index: Index, raw: Uint8Array): CommandError {
  const doc = decodeDoc(raw.subarray(0, readInt32(raw, 0)));
  const keyValue: Doc = {};
  for (const field of index.fields)
    keyValue[field.path.text] = valueAt(doc, field.path.text.split('.')) ?? null;
  const shown = Object.entries(keyValue)
    .map(([name, v]) => `${name}: ${v instanceof ObjectId ? `ObjectId('${v.toHexString()}')` : showValue(v)}`)
    .join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${c.db}.${c.name} index: ${index.name} dup key: { ${shown} }`,
    {
      extra: { keyPattern: index.spec['key'], keyValue },
    },
  );
}

function showValue(v: unknown): string {
  return JSON.stringify(v, (_k, x: unknown) => (typeof x === 'bigint' ? x.toString() : x)) ?? 'null';
}

function valueAt(doc: unknown, names: readonly string[]): unknown {
  let v: unknown = doc;
  for (const name of names)
    v = v !== null && typeof v === 'object' && Object.hasOwn(v, name) ? Reflect.get(v, name) : undefined;
  return v;
}
