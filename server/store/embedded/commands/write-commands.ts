/** Commands that change documents. They run inside the writer's SQLite transaction; a statement that fails leaves nothing behind. */
import { applyOnce, applyUpsert } from './apply-statement.ts';
import { CommandError, writeErrorEntry } from '../command-error.ts';
import { compileFilter } from '../compile-filter.ts';
import { compileProjection } from '../compile-projection.ts';
import { decodeDoc, fieldOf, type Doc } from '../decode-bson.ts';
import { parseUpdate } from '../apply-update.ts';
import { parseSort, queryRows } from '../scan-collection.ts';
import { checkFieldNames, type DocumentWriter } from '../write-documents.ts';
import { maxWriteBatchSize, type Command } from '../wire-protocol.ts';
import { checkHint } from './check-hint.ts';
import {
  checkFields,
  checkStatementFields,
  docField,
  flagField,
  statementsField,
  textField,
} from './command-options.ts';
import type { ReadContext, Reply } from './read-commands.ts';
import { timeLimit } from './time-limit.ts';

export interface WriteContext extends ReadContext {
  readonly documents: DocumentWriter;
  /** runs the statement so that an error undoes all of it */
  readonly atomically: <T>(statement: () => T) => T;
  /** ms since epoch */
  readonly wallClock: () => number;
}

type WriteCommand = (x: WriteContext, command: Command) => Reply;

export const documentCommands: Readonly<Record<string, WriteCommand>> = {
  insert,
  update,
  delete: deleteDocuments,
  findAndModify,
  findandmodify: findAndModify,
};

/** Runs statements in order; an error ends an ordered bulk and is noted in an unordered one. Faults of the storage pass through. */
function eachStatement<T>(statements: readonly T[], ordered: boolean, run: (s: T, i: number) => void): Doc[] {
  const errors: Doc[] = [];
  for (const [i, s] of statements.entries())
    try {
      run(s, i);
    } catch (e) {
      if (!(e instanceof CommandError)) throw e;
      errors.push(writeErrorEntry(e, i));
      if (ordered) break;
    }
  return errors;
}

function insert(x: WriteContext, command: Command): Reply {
  checkFields(command, ['ordered', 'bypassDocumentValidation']);
  const { body, db, documents } = command;
  const name = textField(body, 'insert', 'insert');
  if (documents.length < 1 || documents.length > maxWriteBatchSize)
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatchSize}. Got ${documents.length} operations.`,
    );
  const c = x.catalog.find(db, name) ?? x.catalog.create(db, name);
  let n = 0;
  const errors = eachStatement(documents, flagField(body, 'ordered', true), (raw) => {
    checkFieldNames(raw);
    x.documents.insert(c, raw);
    n++;
  });
  return { n, ...(errors.length > 0 ? { writeErrors: errors } : {}), ok: 1 };
}

function update(x: WriteContext, command: Command): Reply {
  checkFields(command, ['updates', 'ordered', 'bypassDocumentValidation']);
  const { body, db } = command;
  const name = textField(body, 'update', 'update');
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const errors = eachStatement(
    statementsField(body, 'updates', 'update', maxWriteBatchSize),
    flagField(body, 'ordered', true),
    (s, index) => {
      checkStatementFields(s, 'update.updates', ['q', 'u', 'multi', 'upsert', 'hint', 'arrayFilters']);
      refuseArrayFilters(s['arrayFilters']);
      const many = flagField(s, 'multi', false);
      const change = parseUpdate(s['u']);
      if (many && change.isReplacement)
        throw new CommandError(9, 'multi update is not supported for replacement-style update');
      const filter = docField(s, 'q', 'update.updates');
      compileFilter(filter);
      x.atomically(() => {
        const found = x.catalog.find(db, name);
        checkHint(found, s['hint']);
        const q = { filter, sort: [], skip: 0, limit: many ? 0 : 1, checkTime: timeLimit(body, x.now) };
        const rows = found === undefined ? [] : [...queryRows(x.sql, found, q)];
        let changed = 0;
        if (found !== undefined)
          for (const row of rows) if (applyOnce(x, found, row, change, filter).changed) changed++;
        const wanted = rows.length === 0 && flagField(s, 'upsert', false);
        const made = wanted ? upsertOne(x, db, name, filter, s['u']) : null;
        n += rows.length + (made === null ? 0 : 1);
        nModified += changed;
        if (made !== null) upserted.push({ index, _id: fieldOf(decodeDoc(made), '_id') });
      });
    },
  );
  return {
    n,
    nModified,
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(errors.length > 0 ? { writeErrors: errors } : {}),
    ok: 1,
  };
}

function upsertOne(x: WriteContext, db: string, name: string, filter: Doc, u: unknown): Uint8Array {
  const c = x.catalog.find(db, name) ?? x.catalog.create(db, name);
  return applyUpsert(x, c, filter, parseUpdate(u));
}

function deleteDocuments(x: WriteContext, command: Command): Reply {
  checkFields(command, ['deletes', 'ordered']);
  const { body, db } = command;
  const name = textField(body, 'delete', 'delete');
  let n = 0;
  const errors = eachStatement(
    statementsField(body, 'deletes', 'delete', maxWriteBatchSize),
    flagField(body, 'ordered', true),
    (s) => {
      checkStatementFields(s, 'delete.deletes', ['q', 'limit', 'hint']);
      const limit = Number(s['limit'] ?? -1);
      if (limit !== 0 && limit !== 1)
        throw new CommandError(9, 'The limit field in delete objects must be 0 or 1');
      const filter = docField(s, 'q', 'delete.deletes');
      compileFilter(filter);
      const c = x.catalog.find(db, name);
      checkHint(c, s['hint']);
      if (c === undefined) return;
      const rows = [
        ...queryRows(x.sql, c, { filter, sort: [], skip: 0, limit, checkTime: timeLimit(body, x.now) }),
      ];
      for (const row of rows) x.documents.remove(c, row.rid, row.raw);
      n += rows.length;
    },
  );
  return { n, ...(errors.length > 0 ? { writeErrors: errors } : {}), ok: 1 };
}

function findAndModify(x: WriteContext, command: Command): Reply {
  checkFields(command, [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'hint',
    'arrayFilters',
  ]);
  const { body, db } = command;
  refuseArrayFilters(body['arrayFilters']);
  const name = textField(body, command.name, command.name);
  const filter = docField(body, 'query', command.name);
  compileFilter(filter);
  const fields = docField(body, 'fields', command.name);
  const project = Object.keys(fields).length === 0 ? null : compileProjection(fields);
  const show = (raw: Uint8Array): Doc => decodeDoc(project === null ? raw : project(raw));
  const remove = flagField(body, 'remove', false);
  const upsert = flagField(body, 'upsert', false);
  const wantNew = flagField(body, 'new', false);
  if (remove && (body['update'] !== undefined || upsert || wantNew))
    throw new CommandError(9, 'Cannot specify update, upsert or new together with remove');
  if (!remove && body['update'] === undefined)
    throw new CommandError(9, 'Either an update or remove=true must be specified');
  const change = remove ? null : parseUpdate(body['update']);
  return x.atomically(() => {
    const c = x.catalog.find(db, name);
    checkHint(c, body['hint']);
    const q = { filter, sort: parseSort(body['sort']), skip: 0, limit: 1, checkTime: timeLimit(body, x.now) };
    const row = c === undefined ? undefined : [...queryRows(x.sql, c, q)][0];
    if (c !== undefined && row !== undefined) {
      if (change === null) {
        x.documents.remove(c, row.rid, row.raw);
        return { lastErrorObject: { n: 1 }, value: show(row.raw), ok: 1 };
      }
      const { raw } = applyOnce(x, c, row, change, filter);
      return {
        lastErrorObject: { n: 1, updatedExisting: true },
        value: show(wantNew ? raw : row.raw),
        ok: 1,
      };
    }
    if (change === null) return { lastErrorObject: { n: 0 }, value: null, ok: 1 };
    if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
    const made = upsertOne(x, db, name, filter, body['update']);
    const upserted = fieldOf(decodeDoc(made), '_id');
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted },
      value: wantNew ? show(made) : null,
      ok: 1,
    };
  });
}

function refuseArrayFilters(v: unknown): void {
  if (v === undefined || (Array.isArray(v) && v.length === 0)) return;
  throw new CommandError(2, 'arrayFilters are not supported by the embedded store');
}
