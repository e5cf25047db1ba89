/**
 * Rows per CPU-second of the embedded store, all threads of the process counted, for insertMany in batches of 1, 16, 64 and 256.
 * Usage: node tests/store/bench-inserts.mjs [seconds per batch size] [attempts that answer by turns: 1000]
 * CPU per thread comes from /proc on Linux; elsewhere only the sum is printed.
 */
import { build } from 'esbuild';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';

const seconds = Number(process.argv[2] ?? 3);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const out = join(root, 'dist/test/bench-inserts');
await build({
  entryPoints: ['worker', 'start-embedded-store'].map((n) => join(root, `server/store/embedded/${n}.ts`)),
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outdir: out,
});
const { startEmbeddedStore } = await import(pathToFileURL(join(out, 'start-embedded-store.js')).href);
const folder = mkdtempSync(join(tmpdir(), 'adil-bench-'));
const store = await startEmbeddedStore({ folder, entry: join(out, 'worker.js') });
const connection = await mongoose
  .createConnection(store.uri, { writeConcern: { w: 'majority', j: true } })
  .asPromise();

/** CPU ms of each thread, by thread id */
function threadCpu() {
  const times = new Map();
  try {
    for (const tid of readdirSync('/proc/self/task'))
      times.set(tid, Number(readFileSync(`/proc/self/task/${tid}/schedstat`, 'utf8').split(' ')[0]) / 1e6);
  } catch {
    // not Linux
  }
  return times;
}

const attempts = Array.from({ length: Number(process.argv[3] ?? 1000) }, () => ({
  id: randomBytes(12).toString('hex'),
  n: 0,
}));
const hash = () => new mongoose.mongo.Binary(randomBytes(32));
function answer() {
  const a = attempts[Math.floor(Math.random() * attempts.length)];
  a.n++;
  return {
    _id: `${a.id}:${String(a.n).padStart(6, '0')}`,
    chain: 'attempt',
    of: a.id,
    n: a.n,
    kind: 'answered',
    epoch: 1,
    clientId: '5f2b8c3e9a',
    clientSeq: a.n,
    at: 1790000000000 + a.n,
    prevHash: hash(),
    hash: hash(),
    body: { item: 'item-17', value: 3, elapsedMs: 1234 },
  };
}

console.log(
  `node ${process.version}, ${seconds} s each, document of ${mongoose.mongo.BSON.calculateObjectSize(answer())} bytes`,
);
for (const batch of [1, 16, 64, 256]) {
  const collection = connection.db.collection(`answers${batch}`);
  await collection.createIndex({ of: 1, clientId: 1, clientSeq: 1 }, { unique: true });
  const batches = Array.from({ length: Math.ceil((seconds * 45_000) / batch) }, () =>
    Array.from({ length: batch }, answer),
  );
  for (let i = 0; i < 20; i++)
    await collection.insertMany(Array.from({ length: batch }, answer), { ordered: false });
  const cpu = process.cpuUsage();
  const threads = threadCpu();
  const start = performance.now();
  const latencies = [];
  let rows = 0;
  for (const docs of batches) {
    const sent = performance.now();
    await collection.insertMany(docs, { ordered: false });
    latencies.push(performance.now() - sent);
    rows += batch;
    if (performance.now() - start > seconds * 1000) break;
  }
  const wall = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  const total = (used.user + used.system) / rows;
  const busiest = [...threadCpu()]
    .map(([tid, ms]) => ((ms - (threads.get(tid) ?? 0)) * 1000) / rows)
    .sort((a, b) => b - a)
    .slice(0, 4)
    .map((v) => v.toFixed(1));
  latencies.sort((a, b) => a - b);
  console.log(
    `batch ${String(batch).padStart(3)}: ${total.toFixed(1)} µs CPU a row, ${Math.round(1e6 / total)} rows per CPU-s, ${Math.round(rows / wall)} rows/s,`,
    `p50/p99 ${[0.5, 0.99].map((q) => latencies[Math.floor(latencies.length * q)].toFixed(2)).join('/')} ms, busiest threads µs ${busiest.join(' ')}`,
  );
}
await connection.close();
await store.close();
rmSync(folder, { recursive: true });
