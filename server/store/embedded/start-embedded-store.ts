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
const relaunchPauseMs = 500;

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
  let worker: Worker | null = null;
  let closing: Promise<void> | null = null;
  let exited: Promise<void> = Promise.resolve();
  /** Starts the writer's thread; when it dies of a fault of ours it is started again, and drivers reconnect by themselves. */
  const launch = async (): Promise<void> => {
    rmSync(socket.path, { force: true });
    const started = new Worker(o.entry, {
      workerData: role,
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    worker = started;
    exited = new Promise((done) => started.once('exit', () => done()));
    await new Promise<void>((ready, failed) => {
      started.on('message', (m: FromWriter) => {
        if (m.kind === 'health') health = m.health;
        if (m.kind === 'listening') ready();
        if (m.kind === 'failed') failed(new Error(m.message));
      });
      started.on('error', failed);
      started.once('exit', () => failed(new Error('the store thread ended before it was ready')));
    }).catch(async (e: unknown) => {
      await started.terminate();
      throw e;
    });
    chmodSync(socket.path, 0o600);
    health = { state: 'ready', fault: null };
    started.on('error', (e: Error) => {
      health = { state: 'checking', fault: e.message };
    });
    started.once('exit', () => {
      if (closing === null) relaunch();
    });
  };
  const relaunch = (): void => {
    health = { state: 'checking', fault: health.fault ?? 'the store thread ended' };
    setTimeout(() => {
      if (closing === null) launch().catch(relaunch);
    }, relaunchPauseMs).unref();
  };
  const free = (): void => {
    health = { state: 'closed', fault: null };
    socket.remove();
    lock.release();
  };
  try {
    await launch();
  } catch (e) {
    closing = Promise.resolve();
    free();
    throw e;
  }
  return {
    uri: `mongodb://${encodeURIComponent(socket.path)}/${o.database ?? 'adil'}?directConnection=true&replicaSet=${replicaSetName}`,
    health: () => health,
    close: () => {
      closing ??= (async () => {
        worker?.postMessage({ kind: 'close' });
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
