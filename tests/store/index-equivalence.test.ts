/** An index may make a query faster, never different: the same documents, updates and queries with and without indexes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../../server/store/embedded/command-error.ts';
import { decodeDoc, encodeDoc, type Doc } from '../../server/store/embedded/decode-bson.ts';
import { openDatabase } from '../../server/store/embedded/open-database.ts';
import { parseCommand } from '../../server/store/embedded/wire-protocol.ts';
import { WriterStore } from '../../server/store/embedded/writer-store.ts';
import { makeFolder } from './store-kit.ts';

const { ObjectId, Binary, Long } = mongoose.mongo.BSON;
const folder = makeFolder();
let store: WriterStore;

beforeAll(async () => {
  store = new WriterStore(await openDatabase(join(folder, 'store.db')), {
    wall: () => 0,
    monotonic: () => 0,
  });
});
afterAll(() => {
  store.sql.close();
  rmSync(folder, { recursive: true });
});

/** @returns the reply, or the code of the error */
function run(body: object): Doc | number {
  try {
    const reply = store.atomically(() =>
      store.execute(parseCommand(encodeDoc({ ...body }), new Map(), 'test')),
    );
    return Buffer.isBuffer(reply) ? decodeDoc(reply) : reply;
  } catch (e) {
    if (e instanceof CommandError) return e.code;
    throw e;
  }
}

const rare = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    'a',
    'ab',
    'a\u0000',
    'ә',
    '\u{1F642}',
    -0,
    1.5,
    -2,
    2 ** 40,
    NaN,
    Infinity,
  ),
  fc.constantFrom(
    Long.fromString('9007199254740993'),
    Long.fromString('-9007199254740993'),
    new Date(0),
    new Date(-5),
  ),
  fc.constantFrom(
    new ObjectId('65a1b2c3d4e5f60718293a4b'),
    new Binary(Buffer.from([1])),
    new Binary(Buffer.from([0, 2])),
  ),
);
// Mostly few small numbers and null, so that documents and conditions meet.
const scalar = fc.oneof(
  { weight: 8, arbitrary: fc.nat(6) },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: rare },
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ x: scalar }) },
);
const inner = fc.oneof(
  value,
  fc.record({ c: value }),
  fc.array(fc.record({ c: scalar }, { requiredKeys: [] }), { maxLength: 2 }),
);
const doc = fc.record({ a: value, b: inner, d: scalar }, { requiredKeys: [] });
const condition = fc.oneof(
  value,
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }),
  fc.tuple(fc.nat(3), fc.integer({ min: 3, max: 6 })).map(([$gt, $lte]) => ({ $gt, $lte })),
  fc.tuple(fc.nat(3), fc.integer({ min: 3, max: 6 })).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.record({ $lte: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 4 }) }),
  fc.record({ $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $type: fc.constantFrom('number', 'string', 'null', 'array') }),
  fc.record({ $not: fc.record({ $gt: scalar }) }),
  fc.record({ $elemMatch: fc.record({ $gte: scalar }) }),
);
const direction = fc.constantFrom(1, -1);

/** Documents, indexes, changes and queries that all use the same few paths, so that they meet. */
const scenario = fc
  .shuffledSubarray(['a', 'b', 'b.c', 'd', 'a.x', 'b.0.c'], { minLength: 2, maxLength: 3 })
  .chain((paths) => {
    const path = fc.constantFrom(...paths);
    const fields = fc
      .uniqueArray(fc.tuple(path, condition), { selector: ([p]) => p, maxLength: 2 })
      .map((e): Doc => Object.fromEntries(e));
    const several = fc.array(fields, { minLength: 1, maxLength: 2 });
    const filter = fc.oneof(
      { weight: 6, arbitrary: fields },
      { weight: 1, arbitrary: several.map((list): Doc => ({ $and: list })) },
      { weight: 1, arbitrary: several.map((list): Doc => ({ $or: list })) },
    );
    const order = fc.uniqueArray(fc.tuple(path, direction), { selector: ([p]) => p, maxLength: 2 });
    // With _id at the end the order of the result is fixed, by sorting or by walking the index.
    const sort = fc.tuple(order, direction).map(([e, _id]): Doc => ({ ...Object.fromEntries(e), _id }));
    const index = fc.record({
      key: fc
        .tuple(
          fc.uniqueArray(fc.tuple(path, direction), {
            selector: ([p]) => p.split('.')[0],
            minLength: 1,
            maxLength: 3,
          }),
          fc.option(direction),
        )
        .map(([e, _id]): Doc => (_id === null ? Object.fromEntries(e) : { ...Object.fromEntries(e), _id })),
      kind: fc.constantFrom(
        {},
        {},
        {},
        { sparse: true },
        { partialFilterExpression: { d: { $gt: 2 } } },
        { partialFilterExpression: { a: { $exists: true } } },
      ),
    });
    // Changes of few documents, so that the queries behind them find some.
    const narrow = fc.tuple(filter, fc.nat(8)).map(([f, _id]): Doc => ({ $and: [f, { _id: { $lt: _id } }] }));
    const step = fc.oneof(
      fc.record({
        q: narrow,
        u: fc.record({ $set: fc.record({ a: value, d: scalar }, { requiredKeys: ['d'] }) }),
        multi: fc.constant(true),
      }),
      fc.record({ q: narrow, limit: fc.constant(0) }),
    );
    return fc.tuple(
      fc.array(doc, { minLength: 4, maxLength: 12 }),
      fc.array(index, { minLength: 1, maxLength: 2 }),
      fc.array(step, { maxLength: 2 }),
      fc.array(fc.tuple(filter, sort, fc.nat(2), fc.nat(5)), { minLength: 3, maxLength: 8 }),
    );
  });

function isRefused(reply: Doc | number): boolean {
  return typeof reply === 'number' || reply['writeErrors'] !== undefined;
}

let round = 0;

test('finds, updates and deletes the same documents', () => {
  fc.assert(
    fc.property(scenario, ([docs, indexes, steps, queries]) => {
      round++;
      store.sql.exec('BEGIN');
      const documents = docs.map((d, _id) => ({ _id, ...d }));
      const [bare, indexed] = [`bare${round}`, `indexed${round}`];
      for (const c of [bare, indexed]) run({ create: c });
      for (const { key, kind } of indexes) {
        const name = JSON.stringify(key);
        expect(run({ createIndexes: indexed, indexes: [{ key, name, ...kind }] })).not.toBe(1);
      }
      // What an index refuses (parallel arrays) is left out of both.
      for (const d of documents)
        if (!isRefused(run({ insert: indexed, documents: [d] }))) run({ insert: bare, documents: [d] });
      for (const s of steps) {
        const change = (c: string): object =>
          'u' in s ? { update: c, updates: [s] } : { delete: c, deletes: [s] };
        const reply = run(change(indexed));
        const expected = isRefused(reply) ? reply : run(change(bare));
        expect(reply).toEqual(expected);
      }
      for (const [f, s, skip, limit] of queries) {
        const [x, y] = [bare, indexed].map((c) => run({ find: c, filter: f, sort: s, skip, limit })) as {
          cursor: { firstBatch: Doc[] };
        }[];
        expect(y?.cursor.firstBatch).toEqual(x?.cursor.firstBatch);
        expect(run({ count: indexed, query: f })).toEqual(run({ count: bare, query: f }));
      }
      // No entry of an index is without its document, and none is missing.
      for (const i of store.catalog.find('test', indexed)?.indexes ?? []) {
        const orphans = store.sql
          .prepared(
            `SELECT count(*) AS n FROM i${i.id} WHERE rid NOT IN (SELECT rid FROM c${store.catalog.find('test', indexed)?.id ?? 0})`,
          )
          .get();
        expect(orphans?.['n']).toBe(0);
      }
      store.sql.exec('ROLLBACK');
      store.catalog.refresh();
    }),
    { numRuns: Number(process.env['ADIL_TEST_RUNS'] ?? 100), endOnFailure: true },
  );
});
