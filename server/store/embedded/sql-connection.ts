/** One SQLite connection with its prepared statements. */
import type { Database, SqlStatement } from './open-database.ts';

/** The same on every connection, because any of them may copy the log into the file. fullfsync matters on macOS only. */
export const durabilityPragmas =
  'PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 0';

export class SqlConnection {
  readonly #db: Database;
  readonly #statements = new Map<string, SqlStatement>();

  constructor(db: Database) {
    this.#db = db;
  }

  prepared(sql: string): SqlStatement {
    let s = this.#statements.get(sql);
    if (s === undefined) {
      s = this.#db.prepare(sql);
      this.#statements.set(sql, s);
    }
    return s;
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  pragma(text: string): unknown {
    const row = this.#db.prepare(`PRAGMA ${text}`).get();
    return row === undefined ? undefined : Object.values(row)[0];
  }

  /** After tables were dropped: statements on them must not be used again. */
  forgetStatements(): void {
    this.#statements.clear();
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}

/** A whole number from a column. */
export function numberOf(v: unknown): number {
  if (typeof v === 'number') return v;
  if (typeof v === 'bigint') return Number(v);
  throw new Error('the store file holds something else where a number belongs');
}

export function bytesOf(v: unknown): Uint8Array {
  if (v instanceof Uint8Array) return v;
  throw new Error('the store file holds something else where bytes belong');
}

export function textOf(v: unknown): string {
  if (typeof v === 'string') return v;
  throw new Error('the store file holds something else where text belongs');
}
