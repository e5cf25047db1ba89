/** Runs a plan: rows of a collection that match a filter, in order, a chunk of rows per SQLite statement so that no read stays open. */
import type { Collection } from './catalog.ts';
import { CommandError } from './command-error.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import type { Doc } from './decode-bson.ts';
import { valueKeys } from './index-entries.ts';
import { KeyWriter } from './index-keys.ts';
import { parsePath } from './paths.ts';
import { planQuery, type Plan, type SortSpec } from './plan-query.ts';
import { bytesOf, numberOf, type SqlConnection } from './sql-connection.ts';

export interface Row {
  readonly rid: number;
  readonly raw: Uint8Array;
}

export interface Query {
  readonly filter: Doc;
  readonly sort: SortSpec;
  readonly skip: number;
  /** 0: no limit */
  readonly limit: number;
  /** throws when the time of the command is over */
  readonly checkTime: () => void;
}

const maxChunk = 256;

/** @throws CommandError from the filter at once, from `checkTime` while reading */
export function queryRows(sql: SqlConnection, c: Collection, q: Query): Iterable<Row> {
  const matches = compileFilter(q.filter);
  const plan = planQuery(c, q.filter, q.sort);
  if (q.sort.length === 0 || plan?.sorted === true)
    return window(matching(sql, c, plan, matches, q), q.skip, q.limit);
  return sortedRows(sql, c, plan, matches, q);
}

function* window(rows: Iterable<Row>, skip: number, limit: number): Iterable<Row> {
  let n = 0;
  for (const row of rows) {
    if (n++ < skip) continue;
    yield row;
    if (limit > 0 && n >= skip + limit) return;
  }
}

function* matching(
  sql: SqlConnection,
  c: Collection,
  plan: Plan | null,
  matches: Predicate,
  q: Query,
): Iterable<Row> {
  const seen = plan !== null && plan.index.multikey ? new Set<number>() : null;
  const first = q.limit > 0 ? Math.min(q.skip + q.limit, maxChunk) : 32;
  for (const row of plan === null ? allRows(sql, c, first, q) : indexedRows(sql, c, plan, first, q)) {
    if (seen !== null) {
      if (seen.has(row.rid)) continue;
      seen.add(row.rid);
    }
    if (matches(row.raw, 0)) yield row;
  }
}

function* allRows(sql: SqlConnection, c: Collection, firstChunk: number, q: Query): Iterable<Row> {
  let last = 0;
  for (let chunk = firstChunk; ; chunk = Math.min(chunk * 2, maxChunk)) {
    q.checkTime();
    const rows = sql
      .prepared(`SELECT rid, d FROM c${c.id} WHERE rid > ? ORDER BY rid LIMIT ?`)
      .all(last, chunk);
    for (const row of rows) {
      last = numberOf(row['rid']);
      yield { rid: last, raw: bytesOf(row['d']) };
    }
    if (rows.length < chunk) return;
  }
}

function* indexedRows(
  sql: SqlConnection,
  c: Collection,
  plan: Plan,
  firstChunk: number,
  q: Query,
): Iterable<Row> {
  const from = `FROM i${plan.index.id} i CROSS JOIN c${c.id} c ON c.rid = i.rid`;
  if (plan.single) {
    const key = plan.ranges[0]?.from ?? Buffer.alloc(0);
    const row = sql.prepared(`SELECT c.rid AS rid, c.d AS d ${from} WHERE i.k = ?`).get(key);
    if (row !== undefined) yield { rid: numberOf(row['rid']), raw: bytesOf(row['d']) };
    return;
  }
  const columns = 'SELECT i.k AS k, c.rid AS rid, c.d AS d';
  const forward = {
    start: `${columns} ${from} WHERE i.k >= ? AND i.k < ? ORDER BY i.k LIMIT ?`,
    next: `${columns} ${from} WHERE i.k > ? AND i.k < ? ORDER BY i.k LIMIT ?`,
  };
  const backward = `${columns} ${from} WHERE i.k >= ? AND i.k < ? ORDER BY i.k DESC LIMIT ?`;
  for (const range of plan.reverse ? [...plan.ranges].reverse() : plan.ranges) {
    let low: Uint8Array = range.from;
    let high: Uint8Array = range.to;
    let sqlText = plan.reverse ? backward : forward.start;
    for (let chunk = firstChunk; ; chunk = Math.min(chunk * 2, maxChunk)) {
      q.checkTime();
      const rows = sql.prepared(sqlText).all(low, high, chunk);
      for (const row of rows) yield { rid: numberOf(row['rid']), raw: bytesOf(row['d']) };
      const last = rows.at(-1);
      if (last === undefined || rows.length < chunk) break;
      if (plan.reverse) high = bytesOf(last['k']);
      else {
        low = bytesOf(last['k']);
        sqlText = forward.next;
      }
    }
  }
}

/** Sorts keys and row ids only, and fetches the documents again in order: a sort never holds all documents in memory. */
function* sortedRows(
  sql: SqlConnection,
  c: Collection,
  plan: Plan | null,
  matches: Predicate,
  q: Query,
): Iterable<Row> {
  const keyOfRow = sortKeyWriter(q.sort);
  const found: { key: Buffer; rid: number }[] = [];
  for (const row of matching(sql, c, plan, matches, { ...q, skip: 0, limit: 0 }))
    found.push({ key: keyOfRow(row.raw), rid: row.rid });
  found.sort((a, b) => Buffer.compare(a.key, b.key) || a.rid - b.rid);
  const end = q.limit > 0 ? q.skip + q.limit : found.length;
  for (const { rid } of found.slice(q.skip, end)) {
    const row = sql.prepared(`SELECT d FROM c${c.id} WHERE rid = ?`).get(rid);
    if (row !== undefined) yield { rid, raw: bytesOf(row['d']) };
  }
}

/** One key whose byte order is the sort order; an array counts by its least element, or its greatest where descending. */
export function sortKeyWriter(sort: SortSpec): (raw: Uint8Array) => Buffer {
  const w = new KeyWriter();
  const fields = sort.map((s) => ({ path: parsePath(s.path), descending: s.descending }));
  return (raw) =>
    Buffer.concat(
      fields.map(({ path, descending }) => {
        const keys = valueKeys(w, path, raw, 0).keys;
        const key = keys.reduce((a, b) => (Buffer.compare(a, b) < 0 === descending ? b : a));
        if (descending) for (let i = 0; i < key.length; i++) key[i] = (key[i] ?? 0) ^ 0xff;
        return key;
      }),
    );
}

/** @throws CommandError BadValue for a direction other than 1 and -1, such as a text score */
export function parseSort(v: unknown): SortSpec {
  if (v === undefined || v === null) return [];
  if (typeof v !== 'object') throw new CommandError(14, 'sort must be an object');
  return Object.entries(v).map(([path, direction]) => {
    const n = Number(direction);
    if ((n !== 1 && n !== -1) || typeof direction === 'object')
      throw new CommandError(15975, `$sort key ordering must be 1 or -1, not for ${path}`);
    if (path === '' || path.startsWith('$')) throw new CommandError(2, `bad sort field '${path}'`);
    return { path, descending: n < 0 };
  });
}
