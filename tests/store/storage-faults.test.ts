/** What the store does when the disk fails below it. */
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { buildEntry, makeFolder, startTestStore, until, type TestStore } from './store-kit.ts';

let entry = '';
let notes = '';
let store: TestStore;
let client: mongoose.mongo.MongoClient;
const c = (): mongoose.mongo.Collection<{ _id: number; pad?: string }> => client.db('faults').collection('c');

beforeAll(async () => {
  entry = await buildEntry('tests/store/workers/watched-worker.ts');
});
afterAll(() => rmSync(entry));
beforeEach(async () => {
  notes = makeFolder();
  setFaults();
  store = await startTestStore(entry, { folder: notes });
  client = await mongoose.mongo.MongoClient.connect(store.uri, { retryWrites: false });
  await c().insertOne({ _id: 0 });
});
afterEach(async () => {
  setFaults();
  await client.close();
  await store.close();
  rmSync(notes, { recursive: true });
});

function setFaults(...words: string[]): void {
  writeFileSync(join(notes, 'faults'), words.join(' '));
}
function events(): string[] {
  return readFileSync(join(notes, 'events'), 'utf8').trim().split('\n');
}
async function codeOf(work: Promise<unknown>): Promise<number> {
  return work.then(
    () => 0,
    (e: unknown) => Number(Reflect.get(Object(e), 'code')),
  );
}
test('the reply comes after the commit has returned', async () => {
  setFaults('slow-commit');
  const before = events().filter((e) => e === 'commit').length;
  let replied = false;
  const reply = c()
    .insertOne({ _id: 1 })
    .then(() => (replied = true));
  await until(() => replied || events().filter((e) => e === 'commit').length > before);
  await reply;
  expect(events().filter((e) => e === 'commit')).toHaveLength(before + 1);
});

test('after a failed sync nothing is acknowledged until the file was opened anew and checked', async () => {
  expect(await c().find({}).toArray()).toHaveLength(1);
  setFaults('fail-commit', 'fail-open');
  const from = events().length;
  const group = await Promise.all([1, 2, 3].map((n) => codeOf(c().insertOne({ _id: n }))));
  expect(group).toEqual([96, 96, 96]);
  expect(store.health().state).toBe('checking');
  // The disk works again, but the file has not been checked yet.
  setFaults('fail-open');
  for (const n of [4, 5]) expect(await codeOf(c().insertOne({ _id: n }))).toBe(96);
  expect(events().slice(from)).not.toContain('commit');
  // Reading goes on.
  expect(await c().find({}).toArray()).toEqual([{ _id: 0 }]);
  setFaults();
  await until(async () => (await codeOf(c().insertOne({ _id: 6 }))) === 0);
  const after = events()
    .slice(from)
    .filter((e) => e !== 'open-failed');
  expect(after.indexOf('commit-failed')).toBe(0);
  expect(after.indexOf('check')).toBeGreaterThan(after.indexOf('open'));
  expect(after.indexOf('commit')).toBeGreaterThan(after.indexOf('check'));
  expect(store.health()).toEqual({ state: 'ready', fault: null });
  expect((await c().find({}).toArray()).map((d) => d._id)).toEqual([0, 6]);
});

test('a full disk is answered with an error, loses nothing and recovers by itself', async () => {
  setFaults('full');
  const pad = 'x'.repeat(20_000);
  const codes: number[] = [];
  for (let n = 1; codes.at(-1) !== 14031 && n < 50; n++)
    codes.push(await codeOf(c().insertOne({ _id: n, pad })));
  expect(codes.at(-1)).toBe(14031);
  const stored = codes.filter((code) => code === 0).length;
  expect(await codeOf(c().insertMany(Array.from({ length: 20 }, (_v, i) => ({ _id: 100 + i, pad }))))).toBe(
    14031,
  );
  expect(await c().countDocuments({})).toBe(1 + stored);
  expect(await codeOf(client.db('faults').collection('new').insertOne({ pad }))).toBe(14031);
  setFaults();
  expect(await codeOf(c().insertOne({ _id: 999, pad }))).toBe(0);
  expect(await codeOf(client.db('faults').collection('new').insertOne({ pad }))).toBe(0);
  expect(await c().countDocuments({})).toBe(2 + stored);
  expect(store.health()).toEqual({ state: 'ready', fault: null });
});

test('a transaction whose commit fails is not acknowledged and leaves nothing', async () => {
  const session = client.startSession();
  session.startTransaction();
  await c().insertOne({ _id: 1 }, { session });
  setFaults('fail-commit');
  expect(await codeOf(session.commitTransaction())).toBe(96);
  setFaults();
  await session.endSession();
  await until(() => store.health().state === 'ready');
  expect(await c().countDocuments({})).toBe(1);
});

test('a thread that dies is started again; what was acknowledged is there', async () => {
  setFaults('die');
  expect(await codeOf(c().insertOne({ _id: 1 }))).not.toBe(0);
  setFaults();
  await until(async () => (await codeOf(c().insertOne({ _id: 2 }))) === 0);
  expect((await c().find({}).toArray()).map((d) => d._id)).toEqual([0, 2]);
  expect(store.health()).toEqual({ state: 'ready', fault: null });
});
