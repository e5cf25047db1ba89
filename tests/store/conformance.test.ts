/**
 * What MongoDB's documentation promises, for the portable subset. Runs unchanged against a MongoDB when MONGODB_URI is set; otherwise
 * against the embedded store.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { rmSync } from 'node:fs';
import {
  conformanceErrors,
  conformanceFilters,
  conformancePipelines,
  conformanceProjections,
  conformanceSorts,
  conformanceUpdates,
} from './conformance-tables.ts';
import { buildEntry, startTestStore, type TestStore } from './store-kit.ts';

const { MongoClient } = mongoose.mongo;
let store: TestStore | null = null;
let client: InstanceType<typeof MongoClient>;
let entry = '';
const name = `conformance_${process.pid}`;

beforeAll(async () => {
  let uri = process.env['MONGODB_URI'] ?? '';
  if (uri === '') {
    entry = await buildEntry();
    store = await startTestStore(entry);
    uri = store.uri;
  }
  client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 3000 });
});
afterAll(async () => {
  await client.db(name).dropDatabase();
  await client.close();
  await store?.close();
  if (entry !== '') rmSync(entry);
});

let next = 0;
const freshCollection = (): mongoose.mongo.Collection => client.db(name).collection(`c${next++}`);

const codeFrom = (e: unknown): number => Number(Reflect.get(Object(e), 'code'));

async function codeOf(work: Promise<unknown>): Promise<number> {
  return work.then(() => 0, codeFrom);
}

describe('filters', () => {
  test.each(conformanceFilters)('$name', async ({ docs, filter, finds, index }) => {
    const c = freshCollection();
    await c.insertMany(docs.map((d, i) => ({ _id: i + 1, ...d })) as never);
    const ids = async (): Promise<unknown[]> =>
      (await c.find(filter, { sort: { _id: 1 }, projection: { _id: 1 } }).toArray()).map((d) => d['_id']);
    expect(await ids()).toEqual(finds);
    if (index === undefined) return;
    // The same documents must be found by way of an index.
    await c.createIndex(index);
    expect(await ids()).toEqual(finds);
  });
});

describe('sorts', () => {
  test.each(conformanceSorts)('$name', async ({ docs, sort, filter, order, index }) => {
    const c = freshCollection();
    await c.insertMany(docs.map((d, i) => ({ _id: i + 1, ...d })) as never);
    const ids = async (): Promise<unknown[]> =>
      (await c.find(filter ?? {}, { sort, projection: { _id: 1 } }).toArray()).map((d) => d['_id']);
    expect(await ids()).toEqual(order);
    if (index === undefined) return;
    await c.createIndex(index);
    expect(await ids()).toEqual(order);
  });
});

describe('updates', () => {
  test.each(conformanceUpdates)('$name', async ({ doc, filter, update, becomes, code, upsert }) => {
    const c = freshCollection();
    if (doc !== undefined) await c.insertOne({ _id: 1, ...doc } as never);
    const replaces = !Object.keys(update)[0]?.startsWith('$');
    const query = (filter ?? { _id: 1 }) as never;
    const o = { upsert: upsert ?? false };
    const work = replaces ? c.replaceOne(query, update, o) : c.updateOne(query, update, o);
    expect(await codeOf(work)).toBe(code ?? 0);
    const found = await c.find({}).toArray();
    const unchanged = doc === undefined ? [] : [{ _id: 1, ...doc }];
    const shown = found.map(({ _id, ...rest }) => (typeof _id === 'number' ? { _id, ...rest } : rest));
    expect(shown).toEqual(becomes === undefined ? unchanged : [becomes]);
  });
});

describe('projections', () => {
  test.each(conformanceProjections)('$name', async ({ doc, projection, shows, code }) => {
    const c = freshCollection();
    await c.insertOne({ _id: 1, ...doc } as never);
    const found = await c.findOne({}, { projection }).catch(codeFrom);
    expect(found).toEqual(shows ?? code);
  });
});

describe('pipelines', () => {
  test.each(conformancePipelines)('$name', async ({ docs, pipeline, gives, code }) => {
    const c = freshCollection();
    if (docs.length > 0) await c.insertMany(docs.map((d, i) => ({ _id: i + 1, ...d })) as never);
    await client.db(name).collection('people').deleteMany({});
    await client
      .db(name)
      .collection('people')
      .insertMany([
        { _id: 'p1', name: 'Aliya' },
        { _id: 'p2', name: 'Berik' },
      ] as never);
    expect(await c.aggregate(pipeline).toArray().catch(codeFrom)).toEqual(gives ?? code);
  });
});

describe('errors', () => {
  beforeAll(async () => {
    await client.db(name).collection('parallel').createIndex({ a: 1, b: 1 });
  });
  test.each(conformanceErrors)('$name', async ({ command, codes }) => {
    await client
      .db(name)
      .collection('errors')
      .updateOne({ _id: 1 as never }, { $set: { a: 'text', list: [1] } }, { upsert: true });
    const reply = await client
      .db(name)
      .command(command)
      .catch((e: unknown) => Object(e));
    const code = Number(
      Reflect.get(reply, 'code') ?? Reflect.get(Object(Reflect.get(Object(reply.writeErrors), '0')), 'code'),
    );
    expect(codes).toContain(code);
  });
});

describe('writes', () => {
  test('a duplicate names its index and value; nothing of the document stays', async () => {
    const c = freshCollection();
    await c.createIndex({ of: 1, seq: 1 }, { unique: true });
    await c.insertOne({ _id: 1 as never, of: 'a', seq: 1 });
    const error = await c.insertOne({ _id: 2 as never, of: 'a', seq: 1 }).catch((e: unknown) => Object(e));
    expect(error).toMatchObject({
      code: 11000,
      keyPattern: { of: 1, seq: 1 },
      keyValue: { of: 'a', seq: 1 },
    });
    expect(await c.insertOne({ _id: 2 as never, of: 'a', seq: 2 })).toMatchObject({ insertedId: 2 });
    expect(await codeOf(c.insertOne({ _id: 2 as never, of: 'b', seq: 1 }))).toBe(11000);
    // of the refused document no entry of the other index is left
    await c.insertOne({ _id: 3 as never, of: 'b', seq: 1 });
    expect(await c.countDocuments({ of: 'b' })).toBe(1);
  });

  test('an unordered insert stores all but the duplicates; an ordered one stops at the first', async () => {
    const c = freshCollection();
    const docs = [1, 2, 2, 3, 1, 4].map((n) => ({ _id: n as never }));
    const error = await c.insertMany(docs, { ordered: false }).catch((e: unknown) => Object(e));
    expect(error.writeErrors.map((w: { index: number; code: number }) => [w.index, w.code])).toEqual([
      [2, 11000],
      [4, 11000],
    ]);
    expect(await c.distinct('_id')).toEqual([1, 2, 3, 4]);
    const other = freshCollection();
    expect(
      await codeOf(other.insertMany([{ _id: 1 as never }, { _id: 1 as never }, { _id: 2 as never }])),
    ).toBe(11000);
    expect(await other.distinct('_id')).toEqual([1]);
  });

  test('missing and null are one value for a unique index; sparse and partial indexes leave documents out', async () => {
    const c = freshCollection();
    await c.createIndex({ code: 1 }, { unique: true });
    await c.insertOne({ _id: 1 as never });
    expect(await codeOf(c.insertOne({ _id: 2 as never, code: null }))).toBe(11000);
    const sparse = freshCollection();
    await sparse.createIndex({ code: 1 }, { unique: true, sparse: true });
    await sparse.insertMany([{ _id: 1 as never }, { _id: 2 as never }, { _id: 3 as never, code: null }]);
    expect(await codeOf(sparse.insertOne({ code: null }))).toBe(11000);
    expect(await sparse.countDocuments({ code: null })).toBe(3);
    const partial = freshCollection();
    await partial.createIndex(
      { of: 1, seq: 1 },
      { unique: true, partialFilterExpression: { seq: { $gt: 0 } } },
    );
    await partial.insertMany([
      { of: 'a', seq: 0 },
      { of: 'a', seq: 0 },
      { of: 'a', seq: 5 },
    ]);
    expect(await codeOf(partial.insertOne({ of: 'a', seq: 5 }))).toBe(11000);
    expect(await partial.countDocuments({ of: 'a', seq: 0 })).toBe(2);
    expect(await partial.countDocuments({ of: 'a' })).toBe(3);
    expect(await partial.countDocuments({ of: 'a', seq: 5 })).toBe(1);
    // a document that grows into the index collides there
    expect(await codeOf(partial.updateOne({ seq: 0 }, { $set: { seq: 5 } }))).toBe(11000);
  });

  test('a multikey unique index sees every element, and forgets them when the array changes', async () => {
    const c = freshCollection();
    await c.createIndex({ tags: 1 }, { unique: true });
    await c.insertOne({ _id: 1 as never, tags: ['a', 'b', 'b'] });
    expect(await codeOf(c.insertOne({ tags: ['c', 'b'] }))).toBe(11000);
    await c.insertOne({ _id: 2 as never, tags: ['c'] });
    await c.updateOne({ _id: 1 as never }, { $pull: { tags: 'b' } } as never);
    await c.updateOne({ _id: 2 as never }, { $push: { tags: 'b' } } as never);
    expect((await c.find({ tags: 'b' }).toArray()).map((d) => d._id)).toEqual([2]);
  });

  test('an update that collides changes nothing, also in the middle of many', async () => {
    const c = freshCollection();
    await c.createIndex({ n: 1 }, { unique: true });
    await c.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n, touched: false })));
    expect(await codeOf(c.updateOne({ _id: 1 as never }, { $set: { n: 3, touched: true } }))).toBe(11000);
    expect(await codeOf(c.updateMany({ n: { $gte: 2 } }, { $set: { n: 9 } }))).toBe(11000);
    expect(await c.find({}, { sort: { _id: 1 } }).toArray()).toEqual(
      expect.arrayContaining([expect.objectContaining({ _id: 1, n: 1, touched: false })]),
    );
  });

  test('counts what was matched and what was modified', async () => {
    const c = freshCollection();
    await c.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n })));
    expect(await c.updateMany({ n: { $gte: 2 } }, { $max: { n: 3 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
    expect(await c.updateOne({ _id: 9 as never }, { $set: { n: 1 } })).toMatchObject({
      matchedCount: 0,
      upsertedCount: 0,
    });
    expect(await c.updateOne({ _id: 9 as never }, { $set: { n: 1 } }, { upsert: true })).toMatchObject({
      upsertedCount: 1,
      upsertedId: 9,
    });
    expect(await c.deleteOne({ n: 1 })).toMatchObject({ deletedCount: 1 });
    expect(await c.deleteMany({ n: 3 })).toMatchObject({ deletedCount: 2 });
  });

  test('findOneAnd… returns the document before or after, sorted and projected', async () => {
    const c = freshCollection();
    await c.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n })));
    expect(await c.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 } })).toEqual({ _id: 3, n: 3 });
    expect(
      await c.findOneAndUpdate(
        { _id: 3 as never },
        { $inc: { n: 10 } },
        { returnDocument: 'after', projection: { _id: 0 } },
      ),
    ).toEqual({ n: 23 });
    expect(await c.findOneAndReplace({ _id: 3 as never }, { x: 1 }, { returnDocument: 'after' })).toEqual({
      _id: 3,
      x: 1,
    });
    expect(await c.findOneAndDelete({ n: { $lt: 5 } }, { sort: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    expect(
      await c.findOneAndUpdate(
        { _id: 7 as never },
        { $set: { n: 7 } },
        { upsert: true, returnDocument: 'after' },
      ),
    ).toEqual({ _id: 7, n: 7 });
    expect(await c.findOneAndUpdate({ _id: 8 as never }, { $set: { n: 7 } })).toBeNull();
  });

  test('values come back as they went in', async () => {
    const { Binary, Decimal128, Long, ObjectId, Timestamp, MinKey, MaxKey, Double } = mongoose.mongo.BSON;
    const c = freshCollection();
    const doc = {
      _id: new ObjectId(),
      text: 'қазақша 🙂 \u0000 end',
      int: 7,
      big: Long.fromString('9007199254740993'),
      float: 0.1,
      whole: new Double(5),
      yes: true,
      nothing: null,
      at: new Date(1790000000123),
      bytes: new Binary(Buffer.from([0, 255, 1]), 0),
      uuid: new Binary(Buffer.alloc(16, 1), 4),
      money: Decimal128.fromString('1.10'),
      stamp: new Timestamp({ t: 1, i: 2 }),
      list: [1, [2, [3]], { a: [] }],
      nested: { a: { b: { c: {} } } },
      min: new MinKey(),
      max: new MaxKey(),
      pattern: /^a.b$/i,
    };
    await c.insertOne(doc);
    const read = async (): Promise<unknown> =>
      mongoose.mongo.BSON.EJSON.serialize(
        await c.findOne({ _id: doc._id }, { promoteValues: false, bsonRegExp: true } as never),
        { relaxed: false },
      );
    const before = await read();
    expect(before).toMatchObject({
      whole: { $numberDouble: '5.0' },
      big: { $numberLong: '9007199254740993' },
      money: { $numberDecimal: '1.10' },
    });
    await c.updateOne({ _id: doc._id }, { $set: { other: 1 } });
    expect(await read()).toMatchObject({
      big: { $numberLong: '9007199254740993' },
      money: { $numberDecimal: '1.10' },
      text: doc.text,
      at: (before as { at: unknown }).at,
    });
  });

  test('a cursor delivers everything once, in batches', async () => {
    const c = freshCollection();
    await c.insertMany(Array.from({ length: 1234 }, (_v, i) => ({ _id: i as never, pad: 'x'.repeat(50) })));
    await c.createIndex({ pad: 1 });
    for (const o of [
      { batchSize: 7 },
      { batchSize: 500, sort: { _id: -1 } as const },
      { sort: { pad: 1 } as const },
      { limit: 1000, skip: 100, sort: { _id: 1 } as const },
    ]) {
      const ids: number[] = [];
      for await (const d of c.find({ pad: /^x/ }, o)) ids.push(Number(d._id));
      expect(new Set(ids).size).toBe(o.limit ?? 1234);
      expect(ids).toHaveLength(o.limit ?? 1234);
    }
  });

  test('indexes are listed and dropped as they were made', async () => {
    const c = freshCollection();
    await c.createIndexes([
      { key: { a: 1 }, unique: true },
      { key: { b: -1, c: 1 }, name: 'mine', sparse: true },
      { key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    await c.createIndex({ a: 1 }, { unique: true });
    expect(await c.indexes()).toMatchObject([
      { name: '_id_', key: { _id: 1 } },
      { name: 'a_1', key: { a: 1 }, unique: true },
      { name: 'mine', key: { b: -1, c: 1 }, sparse: true },
      { name: 'at_1', key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    expect([85, 86]).toContain(await codeOf(c.createIndex({ a: 1 }, { unique: false })));
    expect(await codeOf(c.createIndex({ a: 1 }, { name: 'other' }))).toBe(85);
    await c.dropIndex('mine');
    expect(await codeOf(c.dropIndex('mine'))).toBe(27);
    expect((await c.indexes()).map((i) => i.name)).toEqual(['_id_', 'a_1', 'at_1']);
    await c.insertMany([{ b: 1 }, { a: 1, b: 1 }]);
    expect(await codeOf(c.createIndex({ b: 1 }, { unique: true }))).toBe(11000);
    expect((await c.indexes()).map((i) => i.name)).toEqual(['_id_', 'a_1', 'at_1']);
  });
});

describe('transactions', () => {
  test('all or nothing, invisible until committed', async () => {
    const c = freshCollection();
    await c.insertOne({ _id: 0 as never });
    const session = client.startSession();
    try {
      session.startTransaction();
      await c.insertOne({ _id: 1 as never }, { session });
      await c.updateOne({ _id: 0 as never }, { $set: { n: 1 } }, { session });
      expect(await c.countDocuments({}, { session })).toBe(2);
      expect(await c.countDocuments({})).toBe(1);
      await session.abortTransaction();
      expect(await c.find({}).toArray()).toEqual([{ _id: 0 }]);
      await session.withTransaction(async () => {
        await c.insertOne({ _id: 2 as never }, { session });
        await c.insertOne({ _id: 3 as never }, { session });
      });
      expect(await c.distinct('_id')).toEqual([0, 2, 3]);
      await expect(
        session.withTransaction(async () => {
          await c.insertOne({ _id: 4 as never }, { session });
          await c.insertOne({ _id: 2 as never }, { session });
        }),
      ).rejects.toMatchObject({ code: 11000 });
      expect(await c.countDocuments({ _id: 4 as never })).toBe(0);
    } finally {
      await session.endSession();
    }
  });
});
