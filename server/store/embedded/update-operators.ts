/** What each update operator does to one place of a document. */
import { BSONRegExp } from 'bson';
import { CommandError } from './command-error.ts';
import { compileElementTest, compileFilter, compileValueFilter, isOperatorDoc } from './compile-filter.ts';
import { cloneValue, encodeDoc, fieldOf, isDoc, type Doc } from './decode-bson.ts';
import { compareValues, equalValues, keyOf } from './index-keys.ts';
import { assign, type Container } from './update-paths.ts';

export interface Operation {
  readonly node: Container;
  readonly name: string;
  readonly operand: unknown;
  /** the document is being inserted by an upsert */
  readonly inserting: boolean;
  /** ms since epoch */
  readonly now: number;
}

export interface Operator {
  readonly apply: (o: Operation) => void;
  /** whether the operator makes the documents on its path */
  readonly creates: boolean;
}

export const updateOperators: Readonly<Record<string, Operator>> = {
  $set: { creates: true, apply: (o) => assign(o.node, o.name, cloneValue(o.operand)) },
  $setOnInsert: {
    creates: true,
    apply: (o) => {
      if (o.inserting) assign(o.node, o.name, cloneValue(o.operand));
    },
  },
  $unset: {
    creates: false,
    apply: ({ node, name }) => {
      if (!Array.isArray(node)) Reflect.deleteProperty(node, name);
      else if (Object.hasOwn(node, name)) assign(node, name, null);
    },
  },
  $inc: { creates: true, apply: (o) => calculate(o, '$inc') },
  $mul: { creates: true, apply: (o) => calculate(o, '$mul') },
  $min: { creates: true, apply: (o) => keepExtreme(o, -1) },
  $max: { creates: true, apply: (o) => keepExtreme(o, 1) },
  $currentDate: {
    creates: true,
    apply: (o) => {
      const wanted = isDoc(o.operand) ? o.operand['$type'] : 'date';
      if (o.operand !== true && wanted !== 'date')
        throw new CommandError(2, '$currentDate: the embedded store writes dates only');
      assign(o.node, o.name, new Date(o.now));
    },
  },
  $push: { creates: true, apply: push },
  $addToSet: { creates: true, apply: addToSet },
  $pop: {
    creates: false,
    apply: (o) => {
      const a = existingArray(o, '$pop');
      if (o.operand !== 1 && o.operand !== -1) throw new CommandError(9, '$pop expects 1 or -1');
      if (o.operand === -1) a?.shift();
      else a?.pop();
    },
  },
  $pull: { creates: false, apply: pull },
  $pullAll: {
    creates: false,
    apply: (o) => {
      if (!Array.isArray(o.operand)) throw new CommandError(2, '$pullAll requires an array argument');
      const unwanted = new Set(o.operand.map((v: unknown) => keyOf(v).toString('latin1')));
      keepElements(existingArray(o, '$pullAll'), (v) => !unwanted.has(keyOf(v).toString('latin1')));
    },
  },
};

function isNumber(v: unknown): v is number | bigint {
  return typeof v === 'number' || typeof v === 'bigint';
}

function calculate(o: Operation, operator: '$inc' | '$mul'): void {
  const current = fieldOf(o.node, o.name);
  if (!isNumber(o.operand))
    throw new CommandError(14, `Cannot ${operator} with non-numeric argument: {${o.name}: ...}`);
  if (current === undefined) {
    const zero = typeof o.operand === 'bigint' ? 0n : 0;
    assign(o.node, o.name, operator === '$mul' ? zero : o.operand);
    return;
  }
  if (!isNumber(current))
    throw new CommandError(14, `Cannot apply ${operator} to a value of non-numeric type; field '${o.name}'`);
  assign(o.node, o.name, combine(current, o.operand, operator));
}

function combine(a: number | bigint, b: number | bigint, operator: '$inc' | '$mul'): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') return operator === '$inc' ? a + b : a * b;
  if ((typeof a === 'number' && !Number.isInteger(a)) || (typeof b === 'number' && !Number.isInteger(b)))
    return operator === '$inc' ? Number(a) + Number(b) : Number(a) * Number(b);
  const exact = operator === '$inc' ? BigInt(a) + BigInt(b) : BigInt(a) * BigInt(b);
  if (exact !== BigInt.asIntN(64, exact))
    throw new CommandError(2, `Failed to apply ${operator}: result does not fit into 64 bits`);
  return exact;
}

function keepExtreme(o: Operation, sign: 1 | -1): void {
  const current = fieldOf(o.node, o.name);
  if (current === undefined || compareValues(o.operand, current) * sign > 0)
    assign(o.node, o.name, cloneValue(o.operand));
}

function existingArray(o: Operation, operator: string): unknown[] | null {
  const current = fieldOf(o.node, o.name);
  if (current === undefined) return null;
  if (!Array.isArray(current))
    throw new CommandError(2, `Cannot apply ${operator} to a non-array value at '${o.name}'`);
  return current as unknown[];
}

function ownArray(o: Operation, operator: string): unknown[] {
  const found = existingArray(o, operator);
  if (found !== null) return found;
  const made: unknown[] = [];
  assign(o.node, o.name, made);
  return made;
}

function eachOf(operand: unknown, operator: string): { values: unknown[]; modifiers: Doc } {
  if (!isDoc(operand) || !Object.hasOwn(operand, '$each')) return { values: [operand], modifiers: {} };
  const { $each, ...modifiers } = operand;
  if (!Array.isArray($each))
    throw new CommandError(2, `The argument to $each in ${operator} must be an array`);
  return { values: $each as unknown[], modifiers };
}

function push(o: Operation): void {
  const { values, modifiers } = eachOf(o.operand, '$push');
  const a = ownArray(o, '$push');
  let at = a.length;
  for (const name of Object.keys(modifiers)) {
    const v = modifiers[name];
    if (name === '$sort') continue;
    if (name !== '$position' && name !== '$slice')
      throw new CommandError(2, `Unrecognized clause in $push: ${name}`);
    if (typeof v !== 'number' || !Number.isInteger(v))
      throw new CommandError(2, `The value for ${name} must be an integer`);
    if (name === '$position') at = v < 0 ? Math.max(0, a.length + v) : v;
  }
  a.splice(at, 0, ...values.map((v) => cloneValue(v)));
  if (modifiers['$sort'] !== undefined) sortArray(a, modifiers['$sort']);
  const slice = modifiers['$slice'];
  if (typeof slice === 'number') a.splice(0, a.length, ...(slice < 0 ? a.slice(slice) : a.slice(0, slice)));
}

function sortArray(a: unknown[], spec: unknown): void {
  const fields = isDoc(spec) ? Object.entries(spec) : [['', spec] as const];
  if (fields.some(([, d]) => d !== 1 && d !== -1))
    throw new CommandError(2, 'The $sort element value must be either 1 or -1');
  const at = (v: unknown, path: string): unknown =>
    path === '' ? v : path.split('.').reduce<unknown>((x, name) => fieldOf(x, name), v);
  a.sort((x, y) => {
    for (const [path, direction] of fields) {
      const c = compareValues(at(x, path), at(y, path));
      if (c !== 0) return c * Number(direction);
    }
    return 0;
  });
}

function addToSet(o: Operation): void {
  const { values, modifiers } = eachOf(o.operand, '$addToSet');
  if (Object.keys(modifiers).length > 0)
    throw new CommandError(2, 'Found unexpected fields after $each in $addToSet');
  const a = ownArray(o, '$addToSet');
  for (const v of values) if (!a.some((x) => equalValues(x, v))) a.push(cloneValue(v));
}

function pull(o: Operation): void {
  const a = existingArray(o, '$pull');
  if (a === null) return;
  keepElements(a, pullTest(o.operand));
}

/** True for the elements that stay. */
function pullTest(operand: unknown): (v: unknown) => boolean {
  if (isOperatorDoc(operand) && operand['$elemMatch'] === undefined) {
    const test = compileElementTest(operand);
    return (v) => {
      const raw = encodeDoc({ v });
      return !test(raw, raw[4] ?? 0, 7);
    };
  }
  if (operand instanceof BSONRegExp) {
    const test = compileValueFilter(operand);
    return (v) => !test(encodeDoc({ v }));
  }
  if (isDoc(operand)) {
    const test = compileFilter(operand);
    return (v) => !isDoc(v) || !test(encodeDoc(v), 0);
  }
  return (v) => !equalValues(v, operand);
}

function keepElements(a: unknown[] | null, keep: (v: unknown) => boolean): void {
  if (a === null) return;
  const kept = a.filter(keep);
  if (kept.length !== a.length) a.splice(0, a.length, ...kept);
}
