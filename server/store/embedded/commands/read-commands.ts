/** Commands that read. They run on a snapshot of a reader, or inside a transaction on the writer. */
import type { Catalog } from '../catalog.ts';
import { CommandError } from '../command-error.ts';
import { compileFilter } from '../compile-filter.ts';
import { compilePipeline, type PipelineSource } from '../compile-pipeline.ts';
import { compileProjection } from '../compile-projection.ts';
import type { CursorTable } from '../cursors.ts';
import { decodeDoc, encodeDoc, type Doc } from '../decode-bson.ts';
import { KeyWriter } from '../index-keys.ts';
import { parsePath, someValue } from '../paths.ts';
import { bsonType, someElement, valueEnd } from '../raw-bson.ts';
import { parseSort, queryRows, type Query } from '../scan-collection.ts';
import { numberOf, type SqlConnection } from '../sql-connection.ts';
import type { Command } from '../wire-protocol.ts';
import { checkHint } from './check-hint.ts';
import { checkFields, countField, docField, flagField, textField } from './command-options.ts';
import { timeLimit } from './time-limit.ts';

export interface ReadContext {
  readonly sql: SqlConnection;
  readonly catalog: Catalog;
  readonly cursors: CursorTable;
  /** ms, monotonic */
  readonly now: () => number;
}

/** A document to encode, or a reply that is encoded already. */
export type Reply = Doc | Buffer;

type ReadCommand = (x: ReadContext, command: Command) => Reply;

export const readCommands: Readonly<Record<string, ReadCommand>> = {
  find,
  aggregate,
  count,
  distinct,
  getMore,
  killCursors,
  listCollections,
  listIndexes,
  listDatabases,
};

function* noRows(): Iterable<never> {}

function find(x: ReadContext, command: Command): Reply {
  checkFields(command, [
    ...['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch'],
    ...[
      'allowDiskUse',
      'noCursorTimeout',
      'allowPartialResults',
      'oplogReplay',
      'returnKey',
      'showRecordId',
      'tailable',
      'awaitData',
    ],
  ]);
  const { body, db } = command;
  for (const name of ['returnKey', 'showRecordId', 'tailable', 'awaitData'])
    if (flagField(body, name, false))
      throw new CommandError(2, `find.${name} is not supported by the embedded store`);
  const name = textField(body, 'find', 'find');
  const c = x.catalog.find(db, name);
  checkHint(c, body['hint']);
  const q: Query = {
    filter: docField(body, 'filter', 'find'),
    sort: parseSort(body['sort']),
    skip: countField(body, 'skip') ?? 0,
    limit: countField(body, 'limit') ?? 0,
    checkTime: timeLimit(body, x.now),
  };
  const projection = docField(body, 'projection', 'find');
  const project = Object.keys(projection).length === 0 ? null : compileProjection(projection);
  compileFilter(q.filter);
  const rows = c === undefined ? noRows() : rawRows(queryRows(x.sql, c, q), project);
  return x.cursors.open(`${db}.${name}`, rows, {
    batchSize: countField(body, 'batchSize'),
    singleBatch: flagField(body, 'singleBatch', false),
  });
}

function* rawRows(
  rows: Iterable<{ raw: Uint8Array }>,
  project: ((raw: Uint8Array) => Uint8Array) | null,
): Iterable<Uint8Array> {
  for (const { raw } of rows) yield project === null ? raw : project(raw);
}

function aggregate(x: ReadContext, command: Command): Reply {
  checkFields(command, ['pipeline', 'cursor', 'allowDiskUse', 'hint', 'bypassDocumentValidation', 'explain']);
  const { body, db } = command;
  if (body['explain'] === true) throw new CommandError(115, 'explain is not supported by the embedded store');
  const name = textField(body, 'aggregate', 'aggregate');
  checkHint(x.catalog.find(db, name), body['hint']);
  const cursor = docField(body, 'cursor', 'aggregate');
  const source: PipelineSource = {
    checkTime: timeLimit(body, x.now),
    read: (collection, q) => {
      const c = x.catalog.find(db, collection);
      compileFilter(q.filter);
      return c === undefined ? noRows() : rawRows(queryRows(x.sql, c, q), null);
    },
  };
  // Everything is computed inside this call, so that the whole result comes from one snapshot.
  const raws = Array.from(compilePipeline(body['pipeline'], name, source), encodeDoc);
  return x.cursors.open(`${db}.${name}`, raws, {
    batchSize: countField(cursor, 'batchSize'),
    singleBatch: false,
  });
}

function count(x: ReadContext, command: Command): Reply {
  checkFields(command, ['query', 'limit', 'skip', 'hint', 'fields']);
  const { body, db } = command;
  const c = x.catalog.find(db, textField(body, 'count', 'count'));
  checkHint(c, body['hint']);
  const q: Query = {
    filter: docField(body, 'query', 'count'),
    sort: [],
    skip: countField(body, 'skip') ?? 0,
    limit: countField(body, 'limit') ?? 0,
    checkTime: timeLimit(body, x.now),
  };
  compileFilter(q.filter);
  if (c === undefined) return { n: 0, ok: 1 };
  if (Object.keys(q.filter).length === 0 && q.skip === 0 && q.limit === 0)
    return { n: numberOf(x.sql.prepared(`SELECT count(*) AS n FROM c${c.id}`).get()?.['n']), ok: 1 };
  let n = 0;
  for (const _row of queryRows(x.sql, c, q)) n++;
  return { n, ok: 1 };
}

function distinct(x: ReadContext, command: Command): Reply {
  checkFields(command, ['key', 'query', 'hint']);
  const { body, db } = command;
  const path = parsePath(textField(body, 'key', 'distinct'));
  const c = x.catalog.find(db, textField(body, 'distinct', 'distinct'));
  const filter = docField(body, 'query', 'distinct');
  compileFilter(filter);
  if (c === undefined) return { values: [], ok: 1 };
  const found = new Map<string, unknown>();
  const w = new KeyWriter();
  const add = (raw: Uint8Array, type: number, at: number): false => {
    w.reset();
    w.value(raw, type, at);
    const key = w.view().toString('latin1');
    if (!found.has(key)) found.set(key, decodeValue(raw, type, at));
    return false;
  };
  for (const { raw } of queryRows(x.sql, c, {
    filter,
    sort: [],
    skip: 0,
    limit: 0,
    checkTime: timeLimit(body, x.now),
  }))
    someValue(raw, 0, path, (type, at) => {
      if (type === 0) return false;
      return type === bsonType.array
        ? someElement(raw, at, (t, _n, v) => add(raw, t, v))
        : add(raw, type, at);
    });
  return { values: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v), ok: 1 };
}

function decodeValue(raw: Uint8Array, type: number, at: number): unknown {
  const end = valueEnd(raw, type, at);
  const doc = Buffer.alloc(8 + end - at);
  doc.writeInt32LE(doc.length, 0);
  doc[4] = type;
  doc[5] = 0x76;
  doc.set(raw.subarray(at, end), 7);
  return decodeDoc(doc)['v'];
}

export function cursorId(v: unknown): bigint {
  if (typeof v === 'bigint') return v;
  if (typeof v === 'number' && Number.isSafeInteger(v)) return BigInt(v);
  throw new CommandError(14, 'a cursor id must be a long');
}

function getMore(x: ReadContext, command: Command): Reply {
  checkFields(command, ['collection', 'batchSize']);
  const { body, db } = command;
  return x.cursors.more(
    cursorId(body['getMore']),
    `${db}.${textField(body, 'collection', 'getMore')}`,
    countField(body, 'batchSize'),
  );
}

function killCursors(x: ReadContext, command: Command): Reply {
  checkFields(command, ['cursors']);
  const ids = command.body['cursors'];
  const killed: bigint[] = [];
  const notFound: bigint[] = [];
  for (const id of (Array.isArray(ids) ? (ids as unknown[]) : []).map(cursorId))
    (x.cursors.close(id) ? killed : notFound).push(id);
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

function listCollections(x: ReadContext, command: Command): Reply {
  checkFields(command, ['filter', 'nameOnly', 'authorizedCollections', 'cursor']);
  const { body, db } = command;
  const matches = compileFilter(docField(body, 'filter', 'listCollections'));
  const raws = x.catalog
    .all()
    .filter((c) => c.db === db)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((c) =>
      encodeDoc(
        flagField(body, 'nameOnly', false)
          ? { name: c.name, type: 'collection' }
          : {
              name: c.name,
              type: 'collection',
              options: c.options,
              info: { readOnly: false },
              idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
            },
      ),
    )
    .filter((raw) => matches(raw, 0));
  return x.cursors.open(`${db}.$cmd.listCollections`, raws, {
    batchSize: countField(docField(body, 'cursor', command.name), 'batchSize'),
    singleBatch: false,
  });
}

function listIndexes(x: ReadContext, command: Command): Reply {
  checkFields(command, ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo']);
  const { body, db } = command;
  const name = textField(body, 'listIndexes', 'listIndexes');
  const c = x.catalog.find(db, name);
  if (c === undefined) throw new CommandError(26, `ns does not exist: ${db}.${name}`);
  const raws = c.indexes.map((i) => {
    const { unique, ...spec } = i.spec;
    return encodeDoc(i.name === '_id_' || unique === undefined ? spec : { ...spec, unique });
  });
  return x.cursors.open(`${db}.${name}`, raws, {
    batchSize: countField(docField(body, 'cursor', command.name), 'batchSize'),
    singleBatch: false,
  });
}

function listDatabases(x: ReadContext, command: Command): Reply {
  checkFields(command, ['filter', 'nameOnly', 'authorizedDatabases']);
  const matches = compileFilter(docField(command.body, 'filter', command.name));
  const names = [...new Set(x.catalog.all().map((c) => c.db))].sort();
  const databases = names
    .map((name) => ({ name, sizeOnDisk: 1, empty: false }))
    .filter((d) => matches(encodeDoc(d), 0));
  return { databases, totalSize: databases.length, ok: 1 };
}
