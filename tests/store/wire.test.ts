/** The protocol itself: what drivers may send, and what nobody should. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rmSync } from 'node:fs';
import mongoose from 'mongoose';
import { buildEntry, startTestStore, type TestStore } from './store-kit.ts';
import { connectWire, opMsg, type WireClient } from './wire-client.ts';

const { Binary, Long, serialize } = mongoose.mongo.BSON;
let entry = '';
let store: TestStore;
let wire: WireClient;

beforeAll(async () => {
  entry = await buildEntry();
  store = await startTestStore(entry, { transactionLimitMs: 300 });
  wire = await connectWire(store.uri);
});
afterAll(async () => {
  wire.end();
  await store.close();
  rmSync(entry);
});

const $db = 'wire';
const lsid = (n: number): object => ({ id: new Binary(Buffer.alloc(16, n), 4) });
const txn = (session: number, txnNumber: number): object => ({
  $db,
  lsid: lsid(session),
  txnNumber: Long.fromNumber(txnNumber),
  autocommit: false,
});

describe('messages', () => {
  test('says hello both ways, as the primary of a set of one', async () => {
    expect(await wire.command({ hello: 1, $db: 'admin' })).toMatchObject({
      ok: 1,
      isWritablePrimary: true,
      setName: 'adil',
      maxWireVersion: 25,
    });
    const legacy = await connectWire(store.uri);
    const query = Buffer.concat([
      Buffer.alloc(20),
      Buffer.from('admin.$cmd\0'),
      Buffer.alloc(8),
      serialize({ ismaster: 1, helloOk: true }),
    ]);
    query.writeInt32LE(query.length, 0);
    query.writeInt32LE(1, 4);
    query.writeInt32LE(2004, 12);
    const reply = legacy.command({ ping: 1, $db: 'admin' });
    legacy.send(query);
    expect(await reply).toEqual({ ok: 1 });
    legacy.end();
  });

  test('takes documents in the body or in a sequence, with or without a checksum', async () => {
    expect(await wire.command({ insert: 'm', documents: [{ _id: 1 }], $db })).toEqual({ n: 1, ok: 1 });
    expect(
      await wire.command(
        { insert: 'm', $db },
        { sequences: { documents: [{ _id: 2 }, { _id: 3 }] }, checksum: true },
      ),
    ).toEqual({ n: 2, ok: 1 });
    const updates = [{ q: { _id: 3 }, u: { $set: { a: 1 } } }];
    expect(await wire.command({ update: 'm', $db }, { sequences: { updates } })).toEqual({
      n: 1,
      nModified: 1,
      ok: 1,
    });
    expect(await wire.command({ count: 'm', $db })).toEqual({ n: 3, ok: 1 });
  });

  test('an unacknowledged write gets no reply and is done before the next command', async () => {
    wire.send(
      opMsg(0, { insert: 'quiet', documents: [{ _id: 1 }], $db, writeConcern: { w: 0 } }, { flags: 2 }),
    );
    expect(await wire.command({ insert: 'quiet', documents: [{ _id: 2 }], $db })).toEqual({ n: 1, ok: 1 });
    expect(await wire.command({ count: 'quiet', $db })).toEqual({ n: 2, ok: 1 });
  });

  test('puts the _id first, and makes one where there is none', async () => {
    await wire.command({ insert: 'ids', documents: [{ a: 1, _id: 'x', b: 2 }, { c: 1 }], $db });
    const { cursor } = (await wire.command({ find: 'ids', $db })) as {
      cursor: { firstBatch: Record<string, unknown>[] };
    };
    expect(cursor.firstBatch.map((d) => Object.keys(d))).toEqual([
      ['_id', 'a', 'b'],
      ['_id', 'c'],
    ]);
  });

  test.each([
    [
      'a wrong checksum',
      () => Buffer.from(opMsg(1, { ping: 1, $db }, { checksum: true }).map((b, i) => (i === 30 ? b ^ 1 : b))),
    ],
    ['an unknown required flag', () => opMsg(1, { ping: 1, $db }, { flags: 4 })],
    ['an unknown operation', () => Buffer.from(opMsg(1, { ping: 1, $db }).map((b, i) => (i === 12 ? 5 : b)))],
    ['a length beyond the limit', () => Buffer.from([0, 0, 0, 0x7f, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0])],
    ['a negative length', () => Buffer.from([255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0])],
  ])('%s ends the connection', async (_name, bytes) => {
    const bad = await connectWire(store.uri);
    bad.send(bytes());
    await bad.closed;
    expect(await wire.command({ ping: 1, $db })).toEqual({ ok: 1 });
  });

  test('bytes that are not BSON are answered or cut off, and harm nobody', async () => {
    const valid = opMsg(7, {
      insert: 'fuzz',
      documents: [
        { _id: 1, a: 'text', b: { c: [1, 2, { d: new Date(0) }] }, e: new Binary(Buffer.alloc(9)) },
      ],
      $db,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 16, max: valid.length - 1 }), fc.nat(255)), {
          minLength: 1,
          maxLength: 4,
        }),
        async (changes) => {
          const bad = await connectWire(store.uri);
          const bytes = Buffer.from(valid);
          for (const [at, value] of changes) bytes[at] = value;
          bad.send(bytes);
          const after = await Promise.race([
            bad.command({ ping: 1, $db }).catch(() => 'closed'),
            bad.closed.then(() => 'closed'),
          ]);
          expect(after === 'closed' || (after as { ok: number }).ok === 1).toBe(true);
          bad.end();
        },
      ),
      { numRuns: 60 },
    );
    expect(await wire.command({ ping: 1, $db })).toEqual({ ok: 1 });
    // Whatever came through is readable.
    expect(
      await wire.command({ aggregate: 'fuzz', pipeline: [{ $group: { _id: '$_id' } }], cursor: {}, $db }),
    ).toMatchObject({ ok: 1 });
  });

  test('nesting without end is refused', async () => {
    let deep: object = {};
    for (let i = 0; i < 3000; i++) deep = { a: deep };
    expect(await wire.command({ insert: 'deep', documents: [deep], $db })).toMatchObject({ ok: 0, code: 15 });
    expect(await wire.command({ find: 'deep', filter: deep, $db })).toMatchObject({ ok: 0, code: 15 });
  });
});

describe('what the store does not have is refused, never skipped', () => {
  test.each([
    ['a collation', { find: 'x', collation: { locale: 'kk' } }, 2],
    ['$where', { find: 'x', filter: { $where: 'true' } }, 2],
    ['$expr', { find: 'x', filter: { $expr: { $eq: ['$a', 1] } } }, 2],
    ['$text', { find: 'x', filter: { $text: { $search: 'a' } } }, 2],
    ['geo', { find: 'x', filter: { a: { $geoWithin: {} } } }, 2],
    ['a catastrophic regex', { find: 'x', filter: { a: { $regex: '^(a+)+$' } } }, 2],
    ['a regex with look-behind', { find: 'x', filter: { a: { $regex: '(?<=a)b' } } }, 2],
    ['let', { find: 'x', let: { a: 1 } }, 2],
    ['a tailable cursor', { find: 'x', tailable: true }, 2],
    ['min and max', { find: 'x', min: { a: 1 } }, 40415],
    ['a positional projection', { find: 'x', projection: { 'a.$': 1 } }, 2],
    ['a computed projection', { find: 'x', projection: { a: { $add: [1, 2] } } }, 2],
    ['a pipeline update', { update: 'x', updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] }, 9],
    [
      'array filters',
      { update: 'x', updates: [{ q: {}, u: { $set: { 'a.$[i]': 1 } }, arrayFilters: [{ i: 1 }] }] },
      2,
    ],
    ['$bit', { update: 'x', updates: [{ q: {}, u: { $bit: { a: { and: 1 } } } }] }, 9],
    ['$out', { aggregate: 'x', pipeline: [{ $out: 'y' }], cursor: {} }, 40324],
    ['$facet', { aggregate: 'x', pipeline: [{ $facet: {} }], cursor: {} }, 40324],
    [
      '$lookup with a pipeline',
      { aggregate: 'x', pipeline: [{ $lookup: { from: 'y', pipeline: [], as: 'z' } }], cursor: {} },
      9,
    ],
    ['change streams', { aggregate: 'x', pipeline: [{ $changeStream: {} }], cursor: {} }, 40324],
    [
      'an unknown accumulator',
      { aggregate: 'x', pipeline: [{ $group: { _id: 1, a: { $stdDevPop: '$a' } } }], cursor: {} },
      15952,
    ],
    [
      'an unknown expression',
      { aggregate: 'x', pipeline: [{ $project: { a: { $zip: {} } } }], cursor: {} },
      168,
    ],
    ['explain', { explain: { find: 'x' } }, 59],
    ['mapReduce', { mapReduce: 'x' }, 59],
    ['a text index', { createIndexes: 'x', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67],
    ['a hashed index', { createIndexes: 'x', indexes: [{ key: { a: 'hashed' }, name: 'a' }] }, 67],
    ['a wildcard index', { createIndexes: 'x', indexes: [{ key: { '$**': 1 }, name: 'a' }] }, 67],
    [
      'an index with a collation',
      { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a', collation: { locale: 'en' } }] },
      2,
    ],
    [
      'a partial index with $or',
      {
        createIndexes: 'x',
        indexes: [{ key: { a: 1 }, name: 'a', partialFilterExpression: { $or: [{ a: 1 }] } }],
      },
      67,
    ],
    ['a capped collection', { create: 'x', capped: true, size: 1000 }, 40415],
    ['a validator', { create: 'x', validator: { a: 1 } }, 40415],
    ['a view', { create: 'x', viewOn: 'y', pipeline: [] }, 40415],
    ['two nodes', { insert: 'x', documents: [{}], writeConcern: { w: 2 } }, 100],
    ['renameCollection', { renameCollection: 'a.x', to: 'a.y' }, 59],
    ['a field named like an operator', { insert: 'y', documents: [{ $a: 1 }] }, 52],
    ['comparing Decimal128', { find: 'x', filter: { a: mongoose.mongo.Decimal128.fromString('1') } }, 2],
  ])('%s', async (_name, command, code) => {
    const reply = await wire.command({ ...command, $db });
    const [first] = (reply['writeErrors'] ?? [reply]) as { code: number }[];
    expect(first?.code).toBe(code);
  });

  test('and nothing was made by the refused commands', async () => {
    expect(await wire.command({ listCollections: 1, filter: { name: 'x' }, $db })).toMatchObject({
      cursor: { firstBatch: [] },
    });
  });
});

describe('transactions', () => {
  test('an abandoned transaction is aborted after its time, and plain writes go on', async () => {
    await wire.command({ create: 't', $db });
    expect(
      await wire.command({ insert: 't', documents: [{ _id: 'lost' }], ...txn(1, 1), startTransaction: true }),
    ).toMatchObject({ ok: 1 });
    const order: string[] = [];
    const plain = wire
      .command({ insert: 't', documents: [{ _id: 'plain' }], $db })
      .then((r) => order.push(`plain ${String(r['ok'])}`));
    // Reading does not wait for anyone.
    expect(await wire.command({ count: 't', $db })).toEqual({ n: 0, ok: 1 });
    order.push('read');
    await plain;
    expect(order).toEqual(['read', 'plain 1']);
    expect(await wire.command({ commitTransaction: 1, ...txn(1, 1), $db: 'admin' })).toMatchObject({
      code: 251,
      errorLabels: ['TransientTransactionError'],
    });
    expect(await wire.command({ find: 't', $db })).toMatchObject({
      cursor: { firstBatch: [{ _id: 'plain' }] },
    });
  });

  test('transactions wait for one another in order; a repeated commit succeeds', async () => {
    await wire.command({ insert: 't2', documents: [{ _id: 0, n: 0 }], $db });
    const inc = { update: 't2', updates: [{ q: { _id: 0 }, u: { $inc: { n: 1 } } }] };
    expect(await wire.command({ ...inc, ...txn(2, 1), startTransaction: true })).toMatchObject({
      nModified: 1,
    });
    const second = wire.command({ ...inc, ...txn(3, 1), startTransaction: true });
    expect(await wire.command({ find: 't2', ...txn(2, 1) })).toMatchObject({
      cursor: { firstBatch: [{ n: 1 }] },
    });
    expect(await wire.command({ commitTransaction: 1, ...txn(2, 1), $db: 'admin' })).toMatchObject({ ok: 1 });
    expect(await second).toMatchObject({ nModified: 1 });
    expect(await wire.command({ commitTransaction: 1, ...txn(3, 1), $db: 'admin' })).toMatchObject({ ok: 1 });
    expect(await wire.command({ commitTransaction: 1, ...txn(3, 1), $db: 'admin' })).toMatchObject({ ok: 1 });
    expect(await wire.command({ find: 't2', $db })).toMatchObject({ cursor: { firstBatch: [{ n: 2 }] } });
  });

  test('a statement that fails aborts its transaction', async () => {
    await wire.command({ insert: 't3', documents: [{ _id: 1 }], $db });
    await wire.command({ insert: 't3', documents: [{ _id: 2 }], ...txn(4, 1), startTransaction: true });
    expect(await wire.command({ insert: 't3', documents: [{ _id: 1 }], ...txn(4, 1) })).toMatchObject({
      writeErrors: [{ code: 11000 }],
    });
    expect(await wire.command({ commitTransaction: 1, ...txn(4, 1), $db: 'admin' })).toMatchObject({
      code: 251,
    });
    expect(await wire.command({ count: 't3', $db })).toEqual({ n: 1, ok: 1 });
  });

  test('a session that ends gives up its transaction at once', async () => {
    await wire.command({ insert: 't4', documents: [{ _id: 1 }], $db });
    await wire.command({
      delete: 't4',
      deletes: [{ q: {}, limit: 0 }],
      ...txn(5, 1),
      startTransaction: true,
    });
    await wire.command({ endSessions: [lsid(5)], $db: 'admin' });
    expect(await wire.command({ commitTransaction: 1, ...txn(5, 1), $db: 'admin' })).toMatchObject({
      code: 251,
    });
    expect(await wire.command({ count: 't4', $db })).toEqual({ n: 1, ok: 1 });
  });

  test('a cursor of a transaction sees its changes and ends with it', async () => {
    await wire.command({ insert: 't5', documents: [1, 2, 3].map((_id) => ({ _id })), $db });
    await wire.command({ insert: 't5', documents: [{ _id: 4 }], ...txn(6, 1), startTransaction: true });
    const { cursor } = (await wire.command({ find: 't5', batchSize: 2, ...txn(6, 1) })) as {
      cursor: { id: unknown };
    };
    expect(
      await wire.command({ getMore: cursor.id, collection: 't5', batchSize: 1, ...txn(6, 1) }),
    ).toMatchObject({ cursor: { nextBatch: [{ _id: 3 }] } });
    await wire.command({ abortTransaction: 1, ...txn(6, 1), $db: 'admin' });
    expect(await wire.command({ getMore: cursor.id, collection: 't5', $db })).toMatchObject({ code: 43 });
  });
});

describe('retryable writes', () => {
  test('a write that is sent twice is done once, also in the same moment', async () => {
    await wire.command({ insert: 'r', documents: [{ _id: 1, n: 0 }], $db });
    const command = {
      update: 'r',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
      $db,
      txnNumber: Long.fromNumber(7),
      lsid: lsid(9),
    };
    const replies = [
      ...(await Promise.all([wire.command(command), wire.command(command)])),
      await wire.command(command),
    ];
    expect(replies).toEqual(replies.map(() => ({ n: 1, nModified: 1, ok: 1 })));
    expect(await wire.command({ find: 'r', $db })).toMatchObject({ cursor: { firstBatch: [{ n: 1 }] } });
    expect(await wire.command({ ...command, txnNumber: Long.fromNumber(6) })).toMatchObject({ code: 225 });
    expect(await wire.command({ ...command, txnNumber: Long.fromNumber(8) })).toMatchObject({ nModified: 1 });
  });
});

describe('group commit', () => {
  test('a command that fails harms none of the others of its moment', async () => {
    await wire.command({ insert: 'g', documents: [{ _id: 0 }], $db });
    const work = Array.from({ length: 40 }, (_v, i) =>
      wire.command({ insert: 'g', documents: [{ _id: i + 1 }, { _id: i % 3 === 0 ? 0 : 100 + i }], $db }),
    );
    const replies = await Promise.all(work);
    expect(replies.map((r) => r['n'])).toEqual(replies.map((_r, i) => (i % 3 === 0 ? 1 : 2)));
    expect(await wire.command({ count: 'g', $db })).toEqual({
      n: 1 + replies.reduce((n, r) => n + Number(r['n']), 0),
      ok: 1,
    });
  });
});
