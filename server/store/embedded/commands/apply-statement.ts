/** One update statement on one document: found, or made by an upsert. */
import { upsertBase, type Update } from '../apply-update.ts';
import type { Collection } from '../catalog.ts';
import { decodeDoc, encodeDoc, type Doc } from '../decode-bson.ts';
import type { Row } from '../scan-collection.ts';
import { checkFieldNames } from '../write-documents.ts';
import type { WriteContext } from './write-commands.ts';

/** @returns the document as it is now, and whether its bytes changed */
export function applyOnce(
  x: WriteContext,
  c: Collection,
  row: Row,
  change: Update,
  filter: Doc,
): { raw: Uint8Array; changed: boolean } {
  const next = change.apply(decodeDoc(row.raw), { filter, inserting: false, now: x.wallClock() });
  const raw = encodeDoc(next);
  if (raw.equals(row.raw)) return { raw: row.raw, changed: false };
  checkFieldNames(raw);
  x.documents.replace(c, row.rid, row.raw, raw);
  return { raw, changed: true };
}

/** @returns the inserted document */
export function applyUpsert(x: WriteContext, c: Collection, filter: Doc, change: Update): Uint8Array {
  const base = upsertBase(filter);
  const start = change.isReplacement ? (base['_id'] === undefined ? {} : { _id: base['_id'] }) : base;
  const raw = encodeDoc(change.apply(start, { filter, inserting: true, now: x.wallClock() }));
  checkFieldNames(raw);
  return x.documents.insert(c, raw);
}
