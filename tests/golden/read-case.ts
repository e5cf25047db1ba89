import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isList, isObject, type Json, list, object, text, textList } from './json.ts';
import { readTable, type Table } from './read-table.ts';

/** One value that another engine or a formula gave. */
export interface Check {
  readonly name: string;
  readonly value: Json;
  /** absolute tolerance on every number; 0: exact */
  readonly tol: number;
  /** the call or formula; conventions are read from it */
  readonly how: string;
  /** the whole numbers in the name, in order: rciFirst40 → [40] */
  readonly digits: readonly number[];
}

/** A golden case with its tables. */
export interface Case {
  readonly id: string;
  readonly file: string;
  readonly checks: readonly Check[];
  /** words of the case that may carry conventions: title, data set, conventions */
  readonly notes: string;
  /** licence note, empty when there is none */
  readonly licence: string;
  /** table by role; without a role the only one, or the first */
  table: (...roles: readonly string[]) => Table;
  has: (role: string) => boolean;
  /** another check, for what the case gives as input; undefined when there is none */
  find: (name: string) => Check | undefined;
  /** the same, as an error when there is none */
  need: (name: string) => Check;
}

function readCheck(value: Json): Check {
  const { name, value: expected, tol, how } = object(value);
  const known = text(name);
  if (expected === undefined) throw new Error(`check ${known} has no value`);
  return {
    name: known,
    value: expected,
    tol: typeof tol === 'number' ? tol : 0,
    how: typeof how === 'string' ? how : '',
    digits: (known.match(/\d+/g) ?? []).map(Number),
  };
}

/** Files of the case by role: an object, a list of names, or one name. */
function fileRoles(csv: Json | undefined, id: string): Map<string, string> {
  if (isObject(csv)) return new Map(Object.entries(csv).map(([role, file]) => [role, text(file)]));
  return new Map(textList(csv).map((file) => [file.replace(/\.csv$/, '').replace(`${id}.`, ''), file]));
}

/** @throws Error when the file is no golden case or a table cannot be read */
export async function readCase(file: string): Promise<Case> {
  const parsed: Json = JSON.parse(await readFile(file, 'utf8'));
  const { id, csv, checks, title, dataset, conventions, licence } = object(parsed);
  const known = text(id);
  const tables = new Map<string, Table>();
  for (const [role, name] of fileRoles(csv, known))
    tables.set(role, readTable(await readFile(join(dirname(file), name), 'utf8')));
  const own = list(checks).map(readCheck);
  const find = (name: string): Check | undefined => own.find((check) => check.name === name);
  return {
    id: known,
    file,
    checks: own,
    notes: [title, dataset, ...list(conventions)].filter((note) => typeof note === 'string').join('\n'),
    licence: typeof licence === 'string' ? licence : '',
    table: (...roles) => {
      const found = roles.map((role) => tables.get(role)).find((table) => table !== undefined);
      const only = found ?? (roles.length === 0 || tables.size === 1 ? [...tables.values()][0] : undefined);
      if (only === undefined) throw new Error(`no table ${roles.join(' or ')}`);
      return only;
    },
    has: (role) => tables.has(role),
    find,
    need: (name) => {
      const check = find(name);
      if (check === undefined) throw new Error(`needs ${name}, which the case does not give`);
      return check;
    },
  };
}

/** Whether a parsed JSON file looks like a golden case. */
export const looksLikeCase = (value: Json): boolean =>
  isObject(value) && typeof value['id'] === 'string' && isList(value['checks']);
