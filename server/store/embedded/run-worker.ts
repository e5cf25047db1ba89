/** What a thread of the store does, by the role it was started with. */
import { parentPort, workerData } from 'node:worker_threads';
import type { OpenDatabase } from './open-database.ts';
import { runReader } from './run-reader.ts';
import { runWriter } from './run-writer.ts';

/** Data that the starter of a thread passes as workerData. */
export type ThreadRole =
  | { readonly role: 'reader'; readonly file: string; readonly number: number }
  | {
      readonly role: 'writer';
      readonly file: string;
      readonly socketPath: string;
      readonly entry: string;
      readonly readers: number;
      readonly transactionLimitMs: number;
      readonly expireEveryMs: number;
    };

/** Runs the thread. Tests pass a database that fails when they want it to. */
export async function runWorker(openDatabase: OpenDatabase): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file is started as a worker thread');
  const role = workerData as ThreadRole;
  if (role.role === 'reader') {
    runReader({ ...role, port, openDatabase });
    return;
  }
  try {
    await runWriter({ ...role, port, openDatabase });
  } catch (e) {
    port.postMessage({ kind: 'failed', message: e instanceof Error ? e.message : 'unknown fault' });
    port.close();
  }
}
