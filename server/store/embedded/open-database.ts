/** SQLite through one interface: the module built into Node where it exists, the same interface from npm otherwise. */
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

export type SqlValue = null | number | bigint | string | Uint8Array;

export interface SqlStatement {
  run(...parameters: SqlValue[]): { changes: number | bigint };
  get(...parameters: SqlValue[]): Record<string, SqlValue> | undefined;
  all(...parameters: SqlValue[]): Record<string, SqlValue>[];
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

export type OpenDatabase = (file: string) => Promise<Database>;

interface SqliteModule {
  DatabaseSync: new (file: string) => Database;
}

/**
 * Opens or creates the file, readable by its owner only. SQLite gives its journal files the same mode.
 * A file that exists is never opened here besides SQLite: closing it again would drop every POSIX lock that this process holds on it
 * (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 */
export const openDatabase: OpenDatabase = async (file) => {
  if (existsSync(file)) chmodSync(file, 0o600);
  else closeSync(openSync(file, 'wx', 0o600));
  const { DatabaseSync } = await loadSqlite();
  return new DatabaseSync(file);
};

let loaded: SqliteModule | undefined;

async function loadSqlite(): Promise<SqliteModule> {
  if (loaded !== undefined) return loaded;
  // Node before 22.13 does not have it. The name is a variable so that no bundler resolves it.
  for (const name of ['node:sqlite', '@photostructure/sqlite']) {
    const module: unknown = await import(name).catch(() => null);
    if (isSqliteModule(module)) return (loaded = module);
  }
  throw new Error('no SQLite: neither node:sqlite nor @photostructure/sqlite can be loaded');
}

function isSqliteModule(m: unknown): m is SqliteModule {
  return m !== null && typeof m === 'object' && typeof Reflect.get(m, 'DatabaseSync') === 'function';
}

/** SQLite's primary result code (https://www.sqlite.org/rescode.html) of an error, or null when SQLite did not raise it. */
export function sqliteCode(e: unknown): number | null {
  if (e === null || typeof e !== 'object') return null;
  const code: unknown = Reflect.get(e, 'errcode');
  return typeof code === 'number' ? code & 0xff : null;
}

export const sqliteResult = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
} as const;
