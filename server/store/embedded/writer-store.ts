/** The writer's side of the store file: connection, catalog, and the commands that run on it. */
import { Catalog, createLayout, type Collection, type Index } from './catalog.ts';
import { CommandError } from './command-error.ts';
import { readCommands, type Reply } from './commands/read-commands.ts';
import { schemaCommands } from './commands/schema-commands.ts';
import { documentCommands, type WriteContext } from './commands/write-commands.ts';
import { CursorTable } from './cursors.ts';
import { keyOf, keyRank } from './index-keys.ts';
import type { Database } from './open-database.ts';
import { bytesOf, durabilityPragmas, numberOf, SqlConnection } from './sql-connection.ts';
import type { Command } from './wire-protocol.ts';
import { DocumentWriter } from './write-documents.ts';

export interface Clocks {
  /** ms since epoch */
  readonly wall: () => number;
  /** ms, never set back */
  readonly monotonic: () => number;
}

const cacheKiB = 16_384;

export function isWriteCommand(name: string): boolean {
  return Object.hasOwn(documentCommands, name) || Object.hasOwn(schemaCommands, name);
}

export class WriterStore {
  readonly sql: SqlConnection;
  readonly catalog: Catalog;
  readonly cursors: CursorTable;
  readonly #context: WriteContext;
  readonly #clocks: Clocks;

  constructor(db: Database, clocks: Clocks) {
    this.#clocks = clocks;
    this.sql = new SqlConnection(db);
    // Only a new file takes the page size. Inserts at many places of an index cost less with larger pages: fewer writes to the log.
    this.sql.pragma('page_size = 8192');
    const mode = this.sql.pragma('journal_mode = WAL');
    if (mode !== 'wal')
      throw new Error(
        `the file system of the data folder does not allow a write-ahead log (${String(mode)})`,
      );
    this.sql.exec(`${durabilityPragmas}; PRAGMA cache_size = -${cacheKiB}`);
    createLayout(this.sql);
    this.catalog = new Catalog(this.sql);
    this.catalog.refresh();
    this.cursors = new CursorTable(0, clocks.wall);
    this.#context = {
      sql: this.sql,
      catalog: this.catalog,
      cursors: this.cursors,
      documents: new DocumentWriter(this.sql, this.catalog),
      now: clocks.monotonic,
      wallClock: clocks.wall,
      atomically: (statement) => this.atomically(statement),
    };
  }

  /** @throws CommandError; anything else is a fault of the storage */
  execute(command: Command): Reply {
    const write = own(documentCommands, command.name) ?? own(schemaCommands, command.name);
    if (write !== undefined) return write(this.#context, command);
    const read = own(readCommands, command.name);
    if (read !== undefined) return read(this.#context, command);
    throw new CommandError(59, `no such command: '${command.name}'`);
  }

  /** Upper estimate of the pages that the write-ahead log has grown by since the last call. */
  takeChangedPages(): number {
    return this.#context.documents.takeChangedPages();
  }

  /** Runs a statement in a savepoint: a CommandError undoes it and nothing else. */
  atomically<T>(statement: () => T): T {
    this.sql.prepared('SAVEPOINT statement').run();
    try {
      const result = statement();
      this.sql.prepared('RELEASE statement').run();
      return result;
    } catch (e) {
      if (e instanceof CommandError || e instanceof RangeError) {
        this.sql.exec('ROLLBACK TO statement; RELEASE statement');
        this.catalog.refresh();
      }
      throw e;
    }
  }

  /** Deletes documents whose time is over, a limited number at a time. @returns how many */
  expire(limit: number): number {
    let n = 0;
    for (const c of this.catalog.all())
      for (const index of c.indexes)
        if (index.expireAfterSeconds !== null && n < limit) n += this.#expireIndex(c, index, limit - n);
    return n;
  }

  #expireIndex(c: Collection, index: Index, limit: number): number {
    const bound = keyOf(new Date(this.#clocks.wall() - (index.expireAfterSeconds ?? 0) * 1000));
    const descending = index.fields[0]?.descending === true;
    const invert = (b: Uint8Array): Uint8Array => (descending ? b.map((v) => v ^ 0xff) : b);
    const ends = [invert(Uint8Array.of(keyRank.date)), invert(bound)];
    const [low, high] = descending ? [ends[1], Uint8Array.of(256 - keyRank.date)] : ends;
    if (low === undefined || high === undefined) return 0;
    const rids = this.sql
      .prepared(`SELECT DISTINCT rid FROM i${index.id} WHERE k >= ? AND k < ? LIMIT ?`)
      .all(low, high, limit);
    for (const { rid } of rids) {
      const row = this.sql.prepared(`SELECT d FROM c${c.id} WHERE rid = ?`).get(numberOf(rid));
      if (row !== undefined) this.#context.documents.remove(c, numberOf(rid), bytesOf(row['d']));
    }
    return rids.length;
  }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
