/** Opens the store: the MongoDB of MONGODB_URI, or the embedded store in the data folder. Mongoose is the only data layer above it. */
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { buildModels, type Models } from './build-models.ts';
import { startEmbeddedStore } from './embedded/start-embedded-store.ts';

export interface Store extends Models {
  readonly connection: Connection;
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  /** null: embedded */
  readonly mongodbUri: string | null;
  /** folder of the embedded store, created with mode 0700 */
  readonly folder: string;
  /** built worker file of the embedded store */
  readonly embeddedEntry: string;
}

/** @throws Error with code STORE_LOCKED when another process holds the folder */
export async function openStore(o: OpenStoreOptions): Promise<Store> {
  const embedded =
    o.mongodbUri === null ? await startEmbeddedStore({ folder: o.folder, entry: o.embeddedEntry }) : null;
  const uri = embedded?.uri ?? o.mongodbUri ?? '';
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: 5000,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 10,
    writeConcern: { w: 'majority', j: true },
  });
  const models = buildModels(connection);
  try {
    await connection.asPromise();
    for (const model of Object.values(models)) {
      await model.createCollection();
      await model.createIndexes();
    }
  } catch (e) {
    await connection.close();
    await embedded?.close();
    throw e;
  }
  return {
    ...models,
    connection,
    close: async () => {
      await connection.close();
      await embedded?.close();
    },
  };
}
