/** Commands that make and drop collections and indexes. */
import { idIndexName, type Collection } from '../catalog.ts';
import { CommandError } from '../command-error.ts';
import { encodeDoc, isDoc, type Doc } from '../decode-bson.ts';
import { parsePath } from '../paths.ts';
import type { Command } from '../wire-protocol.ts';
import {
  checkFields,
  checkStatementFields,
  flagField,
  statementsField,
  textField,
} from './command-options.ts';
import type { Reply } from './read-commands.ts';
import type { WriteContext } from './write-commands.ts';

type WriteCommand = (x: WriteContext, command: Command) => Reply;

export const schemaCommands: Readonly<Record<string, WriteCommand>> = {
  create,
  drop,
  dropDatabase,
  createIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
};

const maxIndexes = 64;

function create(x: WriteContext, command: Command): Reply {
  checkFields(command, []);
  const name = textField(command.body, 'create', 'create');
  if (x.catalog.find(command.db, name) !== undefined)
    throw new CommandError(48, `Collection ${command.db}.${name} already exists.`);
  x.catalog.create(command.db, name);
  return { ok: 1 };
}

function drop(x: WriteContext, command: Command): Reply {
  checkFields(command, []);
  const name = textField(command.body, 'drop', 'drop');
  const c = x.catalog.find(command.db, name);
  if (c === undefined) return { ok: 1 };
  const nIndexesWas = c.indexes.length;
  x.catalog.drop(c);
  return { nIndexesWas, ns: `${command.db}.${name}`, ok: 1 };
}

function dropDatabase(x: WriteContext, command: Command): Reply {
  checkFields(command, []);
  for (const c of x.catalog.all()) if (c.db === command.db) x.catalog.drop(c);
  return { dropped: command.db, ok: 1 };
}

function createIndexes(x: WriteContext, command: Command): Reply {
  checkFields(command, ['indexes', 'commitQuorum']);
  const name = textField(command.body, 'createIndexes', 'createIndexes');
  const specs = statementsField(command.body, 'indexes', 'createIndexes', maxIndexes).map(readSpec);
  const existing = x.catalog.find(command.db, name);
  const c = existing ?? x.catalog.create(command.db, name);
  const numIndexesBefore = c.indexes.length;
  for (const spec of specs) addIndex(x, c, spec);
  return {
    numIndexesBefore,
    numIndexesAfter: c.indexes.length,
    createdCollectionAutomatically: existing === undefined,
    ok: 1,
  };
}

function addIndex(x: WriteContext, c: Collection, spec: Doc): void {
  if (spec['name'] === idIndexName) return;
  const same = (a: unknown, b: unknown): boolean => encodeDoc({ v: a }).equals(encodeDoc({ v: b }));
  const named = c.indexes.find((i) => i.name === spec['name']);
  if (named !== undefined) {
    if (same(named.spec, spec)) return;
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index but another specification: ${named.name}`,
    );
  }
  const keyed = c.indexes.find((i) => same(i.spec['key'], spec['key']));
  if (keyed !== undefined)
    throw new CommandError(85, `Index already exists with a different name: ${keyed.name}`);
  if (c.indexes.length >= maxIndexes)
    throw new CommandError(67, `cannot have more than ${maxIndexes} indexes`);
  x.documents.fillIndex(c, x.catalog.addIndex(c, spec));
}

/** @throws CommandError CannotCreateIndex for kinds of index and options outside the subset */
function readSpec(s: Doc): Doc {
  checkStatementFields(s, 'createIndexes.indexes', [
    'key',
    'name',
    'unique',
    'sparse',
    'partialFilterExpression',
    'expireAfterSeconds',
    'background',
    'v',
  ]);
  const key = s['key'];
  if (!isDoc(key) || Object.keys(key).length === 0)
    throw new CommandError(67, 'Index keys cannot be an empty object');
  const fields = Object.entries(key);
  for (const [path, direction] of fields) {
    if (direction !== 1 && direction !== -1)
      throw new CommandError(
        67,
        `the embedded store has ascending and descending indexes only, not ${JSON.stringify(direction)}`,
      );
    if (path.split('.').some((n) => n === '' || n.startsWith('$')))
      throw new CommandError(67, `bad index field '${path}'`);
    parsePath(path);
  }
  if (fields.length > 32) throw new CommandError(67, 'an index has at most 32 fields');
  const name = s['name'] ?? fields.map(([path, direction]) => `${path}_${String(direction)}`).join('_');
  if (typeof name !== 'string' || name === '' || name === '*') throw new CommandError(67, 'bad index name');
  if (fields.length === 1 && fields[0]?.[0] === '_id') return { v: 2, key: { _id: 1 }, name: idIndexName };
  const spec: Doc = { v: 2, key, name };
  if (flagField(s, 'unique', false)) spec['unique'] = true;
  if (flagField(s, 'sparse', false)) spec['sparse'] = true;
  const partial = s['partialFilterExpression'];
  if (partial !== undefined) {
    if (spec['sparse'] === true)
      throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    checkPartialFilter(partial);
    spec['partialFilterExpression'] = partial;
  }
  const expire = s['expireAfterSeconds'];
  if (expire !== undefined) {
    const seconds = Number(expire);
    if (!Number.isFinite(seconds) || seconds < 0 || fields.length !== 1)
      throw new CommandError(67, 'expireAfterSeconds needs one field and a number of seconds');
    spec['expireAfterSeconds'] = seconds;
  }
  return spec;
}

const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type']);

function checkPartialFilter(v: unknown): void {
  if (!isDoc(v)) throw new CommandError(67, 'partialFilterExpression must be an object');
  for (const [name, condition] of Object.entries(v)) {
    const operators = isDoc(condition) ? Object.keys(condition).filter((k) => k.startsWith('$')) : [];
    if (
      name.startsWith('$') ||
      operators.some((o) => !partialOperators.has(o)) ||
      (isDoc(condition) && condition['$exists'] === false)
    )
      throw new CommandError(67, 'Expression not supported in partial index');
  }
}

function dropIndexes(x: WriteContext, command: Command): Reply {
  checkFields(command, ['index']);
  const name = textField(command.body, command.name, 'dropIndexes');
  const c = x.catalog.find(command.db, name);
  if (c === undefined) throw new CommandError(26, `ns not found ${command.db}.${name}`);
  const nIndexesWas = c.indexes.length;
  const wanted = command.body['index'];
  const own = c.indexes.filter((i) => i.name !== idIndexName);
  const matches = (w: unknown): typeof own =>
    own.filter(
      (i) => i.name === w || (isDoc(w) && encodeDoc({ v: i.spec['key'] }).equals(encodeDoc({ v: w }))),
    );
  const list = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted];
  if (list.some((w) => w === idIndexName)) throw new CommandError(72, 'cannot drop _id index');
  const chosen = wanted === '*' ? own : list.flatMap(matches);
  if (wanted !== '*' && chosen.length < list.length)
    throw new CommandError(27, `index not found with name [${String(wanted)}]`);
  for (const index of chosen) x.catalog.dropIndex(c, index);
  return { nIndexesWas, ok: 1 };
}
