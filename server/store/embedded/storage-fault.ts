/** Faults of the file system below SQLite, as opposed to errors of a command. */
import { CommandError } from './command-error.ts';
import { sqliteCode, sqliteResult } from './open-database.ts';

export interface StorageFault {
  /** full: wait for space; busy: another program holds the file; broken: reopen and check before anything is acknowledged again */
  readonly kind: 'full' | 'busy' | 'broken';
  readonly message: string;
}

const broken: readonly number[] = [
  sqliteResult.ioError,
  sqliteResult.corrupt,
  sqliteResult.cannotOpen,
  sqliteResult.notADatabase,
  sqliteResult.noMemory,
  sqliteResult.readOnly,
];

/** @returns null when the error is not one of the storage, such as a CommandError */
export function toStorageFault(e: unknown): StorageFault | null {
  const code = sqliteCode(e);
  if (code === null) return null;
  const message = e instanceof Error ? e.message : 'storage fault';
  if (code === sqliteResult.full) return { kind: 'full', message };
  if (code === sqliteResult.busy || code === sqliteResult.locked) return { kind: 'busy', message };
  return broken.includes(code) ? { kind: 'broken', message } : null;
}

/** What the client is told: the write is not acknowledged, whether or not a part of it reached the disk. */
export function faultError(fault: StorageFault): CommandError {
  if (fault.kind === 'full')
    return new CommandError(14031, 'the disk is full: nothing of this write was acknowledged');
  if (fault.kind === 'busy') return new CommandError(46, 'the store file is held by another program');
  return new CommandError(
    96,
    'the store could not make the write durable and is being checked: nothing is acknowledged until then',
  );
}
