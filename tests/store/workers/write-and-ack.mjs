/**
 * Child process of the kill test: writes through the driver as fast as it can and prints each id once it is acknowledged.
 * Arguments: built start-embedded-store, built worker, folder, prefix of the ids.
 */
import mongoose from 'mongoose';
import { pathToFileURL } from 'node:url';

const [, , start, entry, folder, prefix] = process.argv;
const { startEmbeddedStore } = await import(pathToFileURL(start).href);
const store = await startEmbeddedStore({ folder, entry });
const client = await mongoose.mongo.MongoClient.connect(store.uri, { retryWrites: false });
const c = client.db('kill').collection('answers');
await c.createIndex({ of: 1, seq: 1 }, { unique: true });

async function writeAnswers(writer) {
  for (let i = 0; ; i++) {
    const docs = Array.from({ length: 5 }, (_v, k) => ({
      _id: `${prefix}-${writer}-${i}-${k}`,
      of: `${prefix}${writer}`,
      seq: i * 5 + k,
      pad: 'x'.repeat(200),
    }));
    await c.insertMany(docs, { ordered: false });
    process.stdout.write(docs.map((d) => `${d._id}\n`).join(''));
  }
}
async function writePairs() {
  for (let i = 0; ; i++) {
    const session = client.startSession();
    await session.withTransaction(async () => {
      await c.insertOne({ _id: `${prefix}-pair-${i}-a`, of: `${prefix}pair`, seq: 2 * i }, { session });
      await c.insertOne({ _id: `${prefix}-pair-${i}-b`, of: `${prefix}pair`, seq: 2 * i + 1 }, { session });
    });
    await session.endSession();
    process.stdout.write(`${prefix}-pair-${i}-a\n${prefix}-pair-${i}-b\n`);
  }
}
await Promise.all([writePairs(), ...Array.from({ length: 8 }, (_v, w) => writeAnswers(w))]);
