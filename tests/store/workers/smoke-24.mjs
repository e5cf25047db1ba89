/** Child process: a short life of a store, told as JSON. Arguments: built start-embedded-store, built worker, folder. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import mongoose from 'mongoose';

const [, , start, entry, folder] = process.argv;
const { startEmbeddedStore } = await import(pathToFileURL(start).href);
const store = await startEmbeddedStore({ folder, entry });
const connection = await mongoose.createConnection(store.uri).asPromise();
const c = connection.collection('smoke');
await c.createIndex({ n: 1 }, { unique: true });
await c.insertMany([
  { _id: 1, n: 1 },
  { _id: 2, n: 2 },
]);
const duplicate = await c.insertOne({ n: 1 }).catch((e) => e.code);
await c.updateOne({ n: 2 }, { $inc: { n: 5 } });
await connection.transaction(async (session) => {
  await c.insertOne({ _id: 3, n: 3 }, { session });
  await c.deleteOne({ _id: 3 }, { session });
});
const found = await c.find({ n: { $gt: 2 } }).toArray();
const aggregate = await c.aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }]).toArray();
await connection.close();
// The addon of the npm package must not have been loaded.
const builtIn =
  process.platform !== 'linux' || !readFileSync('/proc/self/maps', 'utf8').includes('photostructure');
await store.close();
process.stdout.write(
  JSON.stringify({
    node: process.versions.node.split('.')[0],
    builtIn,
    found,
    duplicate,
    transaction: 1,
    aggregate,
  }),
);
