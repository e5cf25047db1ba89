/** Starts the embedded store: a server of the MongoDB wire protocol over SQLite, in threads of this process. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { replicaSetName } from './commands/greeting-commands.ts';
import { lockFolder } from './lock-folder.ts';
import type { FromWriter } from './run-writer.ts';
import type { ThreadRole } from './run-worker.ts';
import type { LaneHealth } from './write-lane.ts';

export interface EmbeddedStoreOptions {
  /** data folder, made with mode 0700 */
  readonly folder: string;
  /** path of the built worker.js */
  readonly entry: string;
  /** threads that read; default 2 */
  readonly readers?: number;
  /** a transaction is aborted after this time; default 1000 */
  readonly transactionLimitMs?: number;
  /** pause between sweeps of expired documents; default 10 000 */
  readonly expireEveryMs?: number;
  /** name of the database in the uri; default adil */
  readonly database?: string;
}

export interface EmbeddedStore {
  /** for mongoose.connect or MongoClient.connect */
  readonly uri: string;
  /** ready; checking: nothing is acknowledged until the file has proved itself; closed */
  health(): LaneHealth;
  /** Answers what was received, closes files and frees the folder. */
  close(): Promise<void>;
}

/** sun_path of a unix socket holds 108 bytes on Linux, 104 elsewhere. */
const maxSocketPath = 100;

/** @throws StoreLockedError (code STORE_LOCKED) when the folder is in use; Error when the file cannot be opened */
export async function startEmbeddedStore(o: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const lock = await lockFolder(o.folder);
  const socket = placeSocket(o.folder);
  let health: LaneHealth = { state: 'ready', fault: null };
  const role: ThreadRole = {
    role: 'writer',
    file: join(o.folder, 'store.db'),
    socketPath: socket.path,
    entry: o.entry,
    readers: o.readers ?? 2,
    transactionLimitMs: o.transactionLimitMs ?? 1000,
    expireEveryMs: o.expireEveryMs ?? 10_000,
  };
  const worker = new Worker(o.entry, { workerData: role });
  const exited = new Promise<void>((done) => {
    worker.once('exit', () => {
      health = { state: 'closed', fault: health.fault };
      done();
    });
  });
  const free = (): void => {
    socket.remove();
    lock.release();
  };
  try {
    await new Promise<void>((started, failed) => {
      worker.on('message', (m: FromWriter) => {
        if (m.kind === 'health') health = m.health;
        if (m.kind === 'listening') started();
        if (m.kind === 'failed') failed(new Error(m.message));
      });
      worker.once('error', failed);
      worker.once('exit', () => failed(new Error('the store thread ended before it was ready')));
    });
  } catch (e) {
    await worker.terminate();
    free();
    throw e;
  }
  chmodSync(socket.path, 0o600);
  worker.on('error', (e: Error) => {
    health = { state: 'closed', fault: e.message };
  });
  let closing: Promise<void> | null = null;
  return {
    uri: `mongodb://${encodeURIComponent(socket.path)}/${o.database ?? 'adil'}?directConnection=true&replicaSet=${replicaSetName}`,
    health: () => health,
    close: () => {
      closing ??= (async () => {
        worker.postMessage({ kind: 'close' });
        await exited;
        free();
      })();
      return closing;
    },
  };
}

/** In the data folder, or in a private short folder when the path would be too long for a socket. Drivers know a socket by its ending .sock. */
function placeSocket(folder: string): { path: string; remove(): void } {
  const path = join(folder, 'store.sock');
  if (Buffer.byteLength(path) <= maxSocketPath) {
    rmSync(path, { force: true });
    return { path, remove: () => rmSync(path, { force: true }) };
  }
  const own = mkdtempSync(join(tmpdir(), 'adil-'));
  return { path: join(own, 's.sock'), remove: () => rmSync(own, { recursive: true, force: true }) };
}
