/**
 * The product's database, watched and disturbed by a test: every open, check and commit is noted in the file "events" of the data
 * folder, and the words in the file "faults" there say what is to go wrong now (fail-commit, fail-open, full, slow-commit, die).
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  openDatabase,
  type Database,
  type OpenDatabase,
  type SqlStatement,
} from '../../../server/store/embedded/open-database.ts';

interface Notes {
  note(event: string): void;
  faults(): string[];
}

function notesOf(databaseFile: string): Notes {
  const folder = dirname(databaseFile);
  return {
    note: (event) => appendFileSync(join(folder, 'events'), `${event}\n`),
    faults: () => readFileSync(join(folder, 'faults'), 'utf8').split(/\s+/),
  };
}

function sqliteError(message: string, errcode: number): Error {
  return Object.assign(new Error(message), { errcode });
}

export const openWatchedDatabase: OpenDatabase = async (file) => {
  const notes = notesOf(file);
  if (notes.faults().includes('fail-open')) {
    notes.note('open-failed');
    throw sqliteError('disk I/O error', 10);
  }
  const db = await openDatabase(file);
  notes.note('open');
  return watch(db, notes);
};

function watch(db: Database, notes: Notes): Database {
  return {
    exec: (sql) => db.exec(sql),
    close: () => db.close(),
    prepare: (sql) => {
      const s = db.prepare(sql);
      if (sql === 'COMMIT') return commitStatement(db, s, notes);
      if (sql === 'BEGIN IMMEDIATE') return beginStatement(db, s, notes);
      if (sql.startsWith('PRAGMA quick_check')) notes.note('check');
      return s;
    },
  };
}

function beginStatement(db: Database, s: SqlStatement, notes: Notes): SqlStatement {
  return {
    ...bound(s),
    run: () => {
      // In a worker this ends the thread.
      if (notes.faults().includes('die')) process.exit(1);
      // SQLite itself then reports SQLITE_FULL as soon as the file would have to grow.
      const pages = db.prepare('PRAGMA page_count').get()?.['page_count'] ?? 0;
      db.exec(`PRAGMA max_page_count = ${notes.faults().includes('full') ? String(pages) : '1073741823'}`);
      return s.run();
    },
  };
}

function commitStatement(db: Database, s: SqlStatement, notes: Notes): SqlStatement {
  return {
    ...bound(s),
    run: () => {
      const now = notes.faults();
      // A reader's COMMIT ends a read only.
      const writes = db.prepare('PRAGMA query_only').get()?.['query_only'] === 0;
      if (writes && now.includes('fail-commit')) {
        notes.note('commit-failed');
        throw sqliteError('disk I/O error', 1034);
      }
      if (writes && now.includes('slow-commit'))
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      const result = s.run();
      if (writes) notes.note('commit');
      return result;
    },
  };
}

function bound(s: SqlStatement): SqlStatement {
  return { run: (...p) => s.run(...p), get: (...p) => s.get(...p), all: (...p) => s.all(...p) };
}
