/** A fresh store of its own: embedded in a folder that goes with it, or a new database of the MongoDB that MONGODB_URI names. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { randomId } from '../../server/random-id.ts';

/** The worker that `npm test` has built. */
const embeddedEntry = join(process.cwd(), 'dist', 'server', 'store', 'embedded', 'worker.js');

function inOwnDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = `/test-${randomId()}`;
  return url.toString();
}

export async function openTestStore(): Promise<Store> {
  const given = process.env['MONGODB_URI'] ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'adil-access-'));
  const store = await openStore({
    mongodbUri: given === '' ? null : inOwnDatabase(given),
    folder,
    embeddedEntry,
  });
  return {
    ...store,
    close: async () => {
      if (given !== '') await store.connection.dropDatabase();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
