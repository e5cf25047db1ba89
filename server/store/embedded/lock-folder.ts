/** One process per data folder. The lock is SQLite's own file lock: the system frees it when the process dies, however it dies. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, sqliteCode, sqliteResult } from './open-database.ts';

export class StoreLockedError extends Error {
  readonly code = 'STORE_LOCKED';

  constructor(folder: string) {
    super(`another process holds the store in ${folder}`);
    this.name = 'StoreLockedError';
  }
}

/**
 * Makes the folder (mode 0700) and holds it until released.
 * @throws StoreLockedError when another process, or another store of this process, holds it
 */
export async function lockFolder(folder: string): Promise<{ release(): void }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const db = await openDatabase(join(folder, 'store.lock'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (e) {
    db.close();
    if (sqliteCode(e) === sqliteResult.busy) throw new StoreLockedError(folder);
    throw e;
  }
  return { release: () => db.close() };
}
