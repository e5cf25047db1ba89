/** Reading the fields of a command; every field that is not understood is an error, because ignoring it could change the meaning. */
import { CommandError } from '../command-error.ts';
import { isDoc, type Doc } from '../decode-bson.ts';
import type { Command } from '../wire-protocol.ts';

/** Fields of every command that change nothing here: one node, one clock. */
const common = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'readConcern',
  'writeConcern',
  '$readPreference',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
]);

/**
 * @param known names of the fields that the command understands
 * @throws CommandError 40415 for others, and for concerns and collations that one node in plain byte order cannot honour
 */
export function checkFields(command: Command, known: readonly string[]): void {
  for (const name of Object.keys(command.body)) {
    if (name === command.name || common.has(name) || known.includes(name)) continue;
    if (name === 'collation') checkCollation(command.body[name]);
    else if (name === 'let') checkLet(command.body[name]);
    else
      throw new CommandError(
        40415,
        `BSON field '${command.name}.${name}' is an unknown field, or not supported by the embedded store.`,
      );
  }
  checkConcerns(command.body);
}

/** @throws CommandError 40415 for a field of a statement (an entry of updates, deletes, indexes) that is not understood */
export function checkStatementFields(statement: Doc, where: string, known: readonly string[]): void {
  for (const name of Object.keys(statement)) {
    if (known.includes(name)) continue;
    if (name === 'collation') checkCollation(statement[name]);
    else
      throw new CommandError(
        40415,
        `BSON field '${where}.${name}' is an unknown field, or not supported by the embedded store.`,
      );
  }
}

function checkCollation(v: unknown): void {
  const empty =
    isDoc(v) && (Object.keys(v).length === 0 || (v['locale'] === 'simple' && Object.keys(v).length === 1));
  if (!empty)
    throw new CommandError(
      2,
      'collations are not supported by the embedded store: strings compare by their bytes',
    );
}

function checkLet(v: unknown): void {
  if (!isDoc(v) || Object.keys(v).length > 0)
    throw new CommandError(2, "'let' is not supported by the embedded store");
}

const readConcernLevels = new Set(['local', 'majority', 'available', 'linearizable', 'snapshot']);

function checkConcerns(body: Doc): void {
  const read = body['readConcern'];
  if (isDoc(read)) {
    const level = read['level'] ?? 'local';
    if (typeof level !== 'string' || !readConcernLevels.has(level))
      throw new CommandError(9, 'unknown readConcern level');
    if (read['atClusterTime'] !== undefined)
      throw new CommandError(2, 'readConcern.atClusterTime is not supported by the embedded store');
  }
  const write = body['writeConcern'];
  if (!isDoc(write)) return;
  const w = write['w'] ?? 1;
  if (w !== 'majority' && w !== 0 && w !== 1)
    throw new CommandError(100, 'Not enough data-bearing nodes: the embedded store is one node');
}

export function textField(body: Doc, name: string, where: string): string {
  const v = body[name];
  if (typeof v !== 'string')
    throw new CommandError(v === undefined ? 40414 : 14, `BSON field '${where}.${name}' must be a string`);
  return v;
}

export function docField(body: Doc, name: string, where: string): Doc {
  const v = body[name];
  if (v === undefined || v === null) return {};
  if (!isDoc(v)) throw new CommandError(14, `BSON field '${where}.${name}' must be an object`);
  return v;
}

export function flagField(body: Doc, name: string, fallback: boolean): boolean {
  const v = body[name];
  if (v === undefined || v === null) return fallback;
  if (typeof v === 'boolean') return v;
  if (typeof v === 'number' || typeof v === 'bigint') return Number(v) !== 0;
  throw new CommandError(14, `field '${name}' must be a boolean`);
}

/** A whole number, 0 or more; undefined when absent. */
export function countField(body: Doc, name: string): number | undefined {
  const v = body[name];
  if (v === undefined || v === null) return undefined;
  const n = typeof v === 'bigint' ? Number(v) : v;
  if (typeof n !== 'number') throw new CommandError(14, `field '${name}' must be a number`);
  if (!Number.isSafeInteger(n) || n < 0)
    throw new CommandError(51024, `field '${name}' must be a whole number, 0 or more`);
  return n;
}

/** Statements of a write command. @throws CommandError InvalidLength for none or too many */
export function statementsField(body: Doc, name: string, where: string, max: number): Doc[] {
  const v = body[name];
  if (!Array.isArray(v))
    throw new CommandError(40414, `BSON field '${where}.${name}' is missing but a required field`);
  if (v.length < 1 || v.length > max)
    throw new CommandError(16, `Write batch sizes must be between 1 and ${max}. Got ${v.length} operations.`);
  return v.map((s: unknown) => {
    if (!isDoc(s)) throw new CommandError(14, `BSON field '${where}.${name}' must hold objects`);
    return s;
  });
}
