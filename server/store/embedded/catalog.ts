/**
 * Collections and indexes. In the file: `collections` and `indexes` describe them, table c<id> holds a collection's documents by row
 * id (rid), table i<id> one index's entries (k: byte key, rid). Writer and readers each keep a catalog and compare its version.
 */
import { CommandError } from './command-error.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import { decodeDoc, encodeDoc, fieldOf, isDoc, type Doc } from './decode-bson.ts';
import { parsePath, type Path } from './paths.ts';
import { bytesOf, numberOf, textOf, type SqlConnection } from './sql-connection.ts';

export interface IndexField {
  readonly path: Path;
  readonly descending: boolean;
}

export interface Index {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilter: Doc | null;
  readonly partial: Predicate | null;
  readonly expireAfterSeconds: number | null;
  /** as the client gave it, for listIndexes */
  readonly spec: Doc;
  /** some document has an array at one of the paths, so one document can have several entries */
  multikey: boolean;
}

export interface Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly options: Doc;
  readonly indexes: Index[];
  nextRid: number;
}

export const idIndexName = '_id_';

const layout = 1;

/** Creates the tables of an empty file, and refuses a file of a later layout. */
export function createLayout(sql: SqlConnection): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS collections(id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, options BLOB NOT NULL, UNIQUE(db, name));
    CREATE TABLE IF NOT EXISTS indexes(id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0);
    INSERT OR IGNORE INTO meta VALUES('layout', ${layout}), ('catalog', 0);
  `);
  const found = numberOf(sql.prepared(`SELECT value FROM meta WHERE name='layout'`).get()?.['value']);
  if (found !== layout)
    throw new Error(`the store file has layout ${found}, this program knows layout ${layout}`);
}

export class Catalog {
  readonly #sql: SqlConnection;
  readonly #collections = new Map<string, Collection>();
  #version = -1;

  constructor(sql: SqlConnection) {
    this.#sql = sql;
  }

  /** Reads the descriptions again when another connection, or a rolled back command, changed them. */
  refresh(force = false): void {
    const version = numberOf(
      this.#sql.prepared(`SELECT value FROM meta WHERE name='catalog'`).get()?.['value'],
    );
    if (version === this.#version && !force) return;
    this.#sql.forgetStatements();
    this.#collections.clear();
    const byId = new Map<number, Collection>();
    for (const row of this.#sql.prepared('SELECT id, db, name, options FROM collections').all()) {
      const id = numberOf(row['id']);
      const last = this.#sql.prepared(`SELECT max(rid) AS rid FROM c${id}`).get()?.['rid'];
      const c: Collection = {
        id,
        db: textOf(row['db']),
        name: textOf(row['name']),
        options: decodeDoc(bytesOf(row['options'])),
        indexes: [],
        nextRid: last === null || last === undefined ? 1 : numberOf(last) + 1,
      };
      byId.set(id, c);
      this.#collections.set(`${c.db}.${c.name}`, c);
    }
    for (const row of this.#sql
      .prepared('SELECT id, collection, spec, multikey FROM indexes ORDER BY id')
      .all()) {
      const index = readIndex(
        numberOf(row['id']),
        decodeDoc(bytesOf(row['spec'])),
        numberOf(row['multikey']) === 1,
      );
      byId.get(numberOf(row['collection']))?.indexes.push(index);
    }
    this.#version = version;
  }

  find(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`);
  }

  all(): Collection[] {
    return [...this.#collections.values()];
  }

  /** @throws CommandError InvalidNamespace */
  create(db: string, name: string, options: Doc = {}): Collection {
    if (
      name === '' ||
      name.length > 200 ||
      name.includes('\0') ||
      name.includes('$') ||
      name.startsWith('system.')
    )
      throw new CommandError(73, `Invalid namespace specified '${db}.${name}'`);
    this.#sql
      .prepared('INSERT INTO collections(db, name, options) VALUES(?, ?, ?)')
      .run(db, name, encodeDoc(options));
    const id = this.#lastId('collections');
    this.#sql.exec(`CREATE TABLE c${id}(rid INTEGER PRIMARY KEY, d BLOB NOT NULL)`);
    const c: Collection = { id, db, name, options, indexes: [], nextRid: 1 };
    this.#collections.set(`${db}.${name}`, c);
    this.addIndex(c, { v: 2, key: { _id: 1 }, name: idIndexName, unique: true });
    return c;
  }

  drop(c: Collection): void {
    for (const index of [...c.indexes]) this.dropIndex(c, index);
    this.#sql.exec(`DROP TABLE c${c.id}`);
    this.#sql.prepared('DELETE FROM collections WHERE id = ?').run(c.id);
    this.#collections.delete(`${c.db}.${c.name}`);
    this.#changed();
  }

  /** Makes the table of a new index; the caller fills it. */
  addIndex(c: Collection, spec: Doc): Index {
    this.#sql.prepared('INSERT INTO indexes(collection, spec) VALUES(?, ?)').run(c.id, encodeDoc(spec));
    const id = this.#lastId('indexes');
    this.#sql.exec(`CREATE TABLE i${id}(k BLOB PRIMARY KEY, rid INTEGER NOT NULL) WITHOUT ROWID`);
    const index = readIndex(id, spec, false);
    c.indexes.push(index);
    this.#changed();
    return index;
  }

  dropIndex(c: Collection, index: Index): void {
    this.#sql.exec(`DROP TABLE i${index.id}`);
    this.#sql.prepared('DELETE FROM indexes WHERE id = ?').run(index.id);
    c.indexes.splice(c.indexes.indexOf(index), 1);
    this.#changed();
  }

  setMultikey(index: Index): void {
    if (index.multikey) return;
    index.multikey = true;
    this.#sql.prepared('UPDATE indexes SET multikey = 1 WHERE id = ?').run(index.id);
    this.#bump();
  }

  #changed(): void {
    this.#sql.forgetStatements();
    this.#bump();
  }

  #bump(): void {
    this.#sql.prepared(`UPDATE meta SET value = value + 1 WHERE name = 'catalog'`).run();
    this.#version++;
  }

  #lastId(table: 'collections' | 'indexes'): number {
    return numberOf(this.#sql.prepared(`SELECT max(id) AS id FROM ${table}`).get()?.['id']);
  }
}

function readIndex(id: number, spec: Doc, multikey: boolean): Index {
  const key = spec['key'];
  if (!isDoc(key)) throw new Error('an index description without a key');
  const partialFilter = spec['partialFilterExpression'];
  const expire = spec['expireAfterSeconds'];
  return {
    id,
    name: String(spec['name']),
    fields: Object.entries(key).map(([name, direction]) => ({
      path: parsePath(name),
      descending: Number(direction) < 0,
    })),
    unique: fieldOf(spec, 'unique') === true,
    sparse: fieldOf(spec, 'sparse') === true,
    partialFilter: isDoc(partialFilter) ? partialFilter : null,
    partial: isDoc(partialFilter) ? compileFilter(partialFilter) : null,
    expireAfterSeconds: expire === undefined ? null : Number(expire),
    spec,
    multikey,
  };
}
