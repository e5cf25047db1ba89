/** SIGKILL in the middle of writing: no acknowledged write is lost, no transaction is half there, and the next process gets in. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../server/store/embedded/start-embedded-store.ts';
import { buildEntry, makeFolder } from './store-kit.ts';

let start = '';
let worker = '';
let early = '';
beforeAll(async () => {
  [start, worker, early] = await Promise.all([
    buildEntry('server/store/embedded/start-embedded-store.ts'),
    buildEntry(),
    buildEntry('tests/store/workers/ack-before-commit-worker.ts'),
  ]);
});
afterAll(() => [start, worker, early].forEach((f) => rmSync(f, { force: true })));

/** Writes in a child process, kills it after `acks` acknowledged ids and a moment more. @returns the acknowledged ids */
async function writeAndKill(folder: string, entry: string, prefix: string, acks: number): Promise<string[]> {
  const script = join(process.cwd(), 'tests/store/workers/write-and-ack.mjs');
  const child = spawn(process.execPath, [script, start, entry, folder, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let seen = 0;
  let refused: unknown = null;
  let intruder: Promise<unknown> | null = null;
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  child.stdout.on('data', (d: Buffer) => {
    text += d.toString();
    seen += d.toString().split('\n').length - 1;
    // While the child writes, nobody else gets in.
    intruder ??= startEmbeddedStore({ folder, entry: worker }).catch((e: unknown) => e);
    if (seen < acks) return;
    void intruder.then((e) => {
      refused = Reflect.get(Object(e), 'code');
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 40);
    });
  });
  await ended;
  expect(refused).toBe('STORE_LOCKED');
  return text.slice(0, text.lastIndexOf('\n')).split('\n');
}

async function findLost(folder: string, acked: readonly string[]): Promise<{ lost: number; halves: number }> {
  const store = await startEmbeddedStore({ folder, entry: worker });
  const client = await mongoose.mongo.MongoClient.connect(store.uri);
  try {
    const c = client.db('kill').collection<{ _id: string; of: string; seq: number }>('answers');
    const there = new Set((await c.find({}, { projection: { _id: 1 } }).toArray()).map((d) => d._id));
    const byIndex = await c
      .find({ seq: { $gte: 0 } }, { hint: { of: 1, seq: 1 }, sort: { of: 1, seq: 1 } })
      .toArray();
    expect(byIndex).toHaveLength(there.size);
    const halves = [...there].filter(
      (id) => id.includes('-pair-') && !there.has(id.replace(/[ab]$/, (x) => (x === 'a' ? 'b' : 'a'))),
    ).length;
    return { lost: acked.filter((id) => !there.has(id)).length, halves };
  } finally {
    await client.close();
    await store.close();
  }
}

test('nothing that was acknowledged is lost', async () => {
  const folder = makeFolder();
  const acked: string[] = [];
  for (const round of ['r1', 'r2', 'r3']) acked.push(...(await writeAndKill(folder, worker, round, 400)));
  expect(acked.length).toBeGreaterThan(1000);
  expect(await findLost(folder, acked)).toEqual({ lost: 0, halves: 0 });
  rmSync(folder, { recursive: true });
});

test('control: a store that acknowledges before it commits is found out', async () => {
  const folder = makeFolder();
  const acked = await writeAndKill(folder, early, 'early', 400);
  expect((await findLost(folder, acked)).lost).toBeGreaterThan(0);
  rmSync(folder, { recursive: true });
});
