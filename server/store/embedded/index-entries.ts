/** The entries that a document has in an index. */
import { CommandError } from './command-error.ts';
import type { Index, IndexField } from './catalog.ts';
import { keyRank, type KeyWriter } from './index-keys.ts';
import { missing, someValue, type Path } from './paths.ts';
import { bsonType, findElement, someElement } from './raw-bson.ts';

const maxEntries = 10_000;

/**
 * Writes the one key of a document whose indexed fields are plain top-level values, the usual case.
 * @returns false when the document needs {@link entriesOf} instead: nested path or array
 */
export function writePlainKey(w: KeyWriter, index: Index, b: Uint8Array, at: number): boolean {
  for (const field of index.fields) {
    const name = field.path.parts.length === 1 ? field.path.parts[0] : undefined;
    if (name === undefined) return false;
    const from = w.length;
    const element = findElement(b, at, name);
    if (element < 0) w.byte(keyRank.null);
    else {
      const type = b[element] ?? 0;
      if (type === bsonType.array) return false;
      w.value(b, type, element + name.length + 2);
    }
    if (field.descending) w.invert(from);
  }
  return true;
}

/** Whether the document belongs into the index at all: partial filter, and for a sparse index at least one field present. */
export function isIndexed(index: Index, b: Uint8Array, at: number): boolean {
  if (index.partial !== null && !index.partial(b, at)) return false;
  return !index.sparse || index.fields.some((f) => someValue(b, at, f.path, (type) => type !== missing));
}

/**
 * All keys of a document in an index, without the row id; several when a field holds an array.
 * @throws CommandError CannotIndexParallelArrays when two fields of the index go through arrays
 */
export function entriesOf(
  w: KeyWriter,
  index: Index,
  b: Uint8Array,
  at: number,
): { keys: Buffer[]; multikey: boolean } {
  let keys: Buffer[] = [Buffer.alloc(0)];
  let multikey = false;
  for (const field of index.fields) {
    const values = fieldKeys(w, field, b, at);
    if (values.arrays) {
      if (multikey)
        throw new CommandError(
          171,
          `cannot index parallel arrays, or two fields of one array: index ${index.name}`,
        );
      multikey = true;
    }
    if (keys.length * values.keys.length > maxEntries)
      throw new CommandError(2, `more than ${maxEntries} entries in index ${index.name}`);
    keys = keys.flatMap((k) => values.keys.map((v) => (k.length === 0 ? v : Buffer.concat([k, v]))));
  }
  return { keys, multikey };
}

function fieldKeys(
  w: KeyWriter,
  field: IndexField,
  b: Uint8Array,
  at: number,
): { keys: Buffer[]; arrays: boolean } {
  const { keys, arrays } = valueKeys(w, field.path, b, at);
  if (field.descending) for (const k of keys) for (let i = 0; i < k.length; i++) k[i] = (k[i] ?? 0) ^ 0xff;
  return { keys, arrays };
}

/** Different keys of the values at a path: elements of an array each, null where there is nothing. */
export function valueKeys(
  w: KeyWriter,
  path: Path,
  b: Uint8Array,
  at: number,
): { keys: Buffer[]; arrays: boolean } {
  const found = new Map<string, Buffer>();
  let arrays = false;
  let visits = 0;
  const add = (): boolean => {
    const key = w.take();
    found.set(key.toString('latin1'), key);
    return false;
  };
  const one = (type: number, valueAt: number): boolean => {
    w.reset();
    if (type === missing) w.byte(keyRank.null);
    else w.value(b, type, valueAt);
    return add();
  };
  someValue(b, at, path, (type, valueAt) => {
    visits++;
    if (type !== bsonType.array) return one(type, valueAt);
    arrays = true;
    let empty = true;
    someElement(b, valueAt, (t, _name, v) => {
      empty = false;
      return one(t, v);
    });
    if (!empty) return false;
    w.reset();
    w.byte(keyRank.emptyArray);
    return add();
  });
  if (visits === 0) one(missing, -1);
  // A path that goes through an array on its way has an array even when only one value was found.
  return { keys: [...found.values()], arrays: arrays || visits !== 1 || goesThroughArray(path, b, at) };
}

function goesThroughArray(path: Path, b: Uint8Array, at: number): boolean {
  let doc = at;
  for (const name of path.parts.slice(0, -1)) {
    const element = findElement(b, doc, name);
    if (element < 0) return false;
    const type = b[element];
    if (type === bsonType.array) return true;
    if (type !== bsonType.document) return false;
    doc = element + name.length + 2;
  }
  return false;
}
