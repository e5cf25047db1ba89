/** Aggregation expressions of the portable subset, compiled to functions of a decoded document. */
import { CommandError } from './command-error.ts';
import { fieldOf, isDoc, setField, type Doc } from './decode-bson.ts';
import { compareValues, equalValues } from './index-keys.ts';

export type Expression = (doc: Doc) => unknown;

/** @throws CommandError for operators and variables outside the subset */
export function compileExpression(e: unknown): Expression {
  if (typeof e === 'string') return e.startsWith('$') ? compileFieldPath(e) : () => e;
  if (Array.isArray(e)) {
    const items = e.map((x: unknown) => compileExpression(x));
    return (doc) => items.map((f) => f(doc) ?? null);
  }
  if (!isDoc(e)) return () => e;
  const [first, ...rest] = Object.keys(e);
  if (first === undefined || !first.startsWith('$')) {
    const fields = Object.entries(e).map(([name, x]) => [name, compileExpression(x)] as const);
    return (doc) => {
      const out: Doc = {};
      for (const [name, f] of fields) {
        const v = f(doc);
        if (v !== undefined) setField(out, name, v);
      }
      return out;
    };
  }
  if (rest.length > 0) throw new CommandError(15983, 'an expression object must have exactly one field');
  return compileOperator(first, e[first]);
}

function compileFieldPath(text: string): Expression {
  let path = text.slice(1);
  if (path.startsWith('$')) {
    const [variable, ...rest] = path.slice(1).split('.');
    if (variable !== 'ROOT' && variable !== 'CURRENT')
      throw new CommandError(17276, `Use of undefined variable: ${variable ?? ''}`);
    if (rest.length === 0) return (doc) => doc;
    path = rest.join('.');
  }
  const names = path.split('.');
  if (names.includes('') || names.some((n) => n.startsWith('$')))
    throw new CommandError(15998, `bad field path '${text}'`);
  return (doc) => readPath(doc, names, 0);
}

function readPath(v: unknown, names: readonly string[], i: number): unknown {
  const name = names[i];
  if (name === undefined) return v;
  if (Array.isArray(v))
    return v
      .map((x: unknown) => (isDoc(x) || Array.isArray(x) ? readPath(x, names, i) : undefined))
      .filter((x) => x !== undefined);
  return isDoc(v) ? readPath(fieldOf(v, name), names, i + 1) : undefined;
}

/** MongoDB's idea of true: everything but false, null, missing and zero. */
export function isTrue(v: unknown): boolean {
  return v !== undefined && v !== null && v !== false && v !== 0 && v !== 0n;
}

function isNumber(v: unknown): v is number | bigint {
  return typeof v === 'number' || typeof v === 'bigint';
}

const comparisons: Readonly<Record<string, (c: number) => boolean | number>> = {
  $eq: (c) => c === 0,
  $ne: (c) => c !== 0,
  $gt: (c) => c > 0,
  $gte: (c) => c >= 0,
  $lt: (c) => c < 0,
  $lte: (c) => c <= 0,
  $cmp: (c) => c,
};

function compileOperator(operator: string, operand: unknown): Expression {
  if (operator === '$literal') return () => operand;
  const decide = comparisons[operator];
  if (decide !== undefined) {
    const [a, b] = exactly(2, operator, operand);
    return (doc) => decide(compareWithMissing(a?.(doc), b?.(doc)));
  }
  switch (operator) {
    case '$and': {
      const list = operands(operand);
      return (doc) => list.every((f) => isTrue(f(doc)));
    }
    case '$or': {
      const list = operands(operand);
      return (doc) => list.some((f) => isTrue(f(doc)));
    }
    case '$not': {
      const [a] = exactly(1, operator, operand);
      return (doc) => !isTrue(a?.(doc));
    }
    case '$cond':
      return compileCond(operand);
    case '$ifNull': {
      const list = operands(operand);
      if (list.length < 2) throw new CommandError(1257300, '$ifNull needs at least two arguments');
      return (doc) => {
        let v: unknown;
        for (const f of list) if ((v = f(doc)) !== undefined && v !== null) return v;
        return v;
      };
    }
    case '$concat': {
      const list = operands(operand);
      return (doc) => {
        const parts = list.map((f) => f(doc) ?? null);
        if (parts.includes(null)) return null;
        return parts.map((p) => (typeof p === 'string' ? p : wrongType('$concat', 'strings'))).join('');
      };
    }
    case '$size': {
      const [a] = exactly(1, operator, operand);
      return (doc) => {
        const v = a?.(doc);
        return Array.isArray(v) ? v.length : wrongType('$size', 'an array');
      };
    }
    case '$arrayElemAt': {
      const [a, at] = exactly(2, operator, operand);
      return (doc) => elementAt(operator, a?.(doc), at?.(doc));
    }
    case '$first':
    case '$last': {
      const [a] = exactly(1, operator, operand);
      return (doc) => elementAt(operator, a?.(doc), operator === '$first' ? 0 : -1);
    }
    case '$in': {
      const [a, list] = exactly(2, operator, operand);
      return (doc) => {
        const values = list?.(doc);
        if (!Array.isArray(values)) return wrongType('$in', 'an array');
        const v = a?.(doc);
        return values.some((x: unknown) => equalValues(x, v));
      };
    }
    case '$add':
    case '$multiply':
    case '$subtract':
    case '$divide':
      return compileArithmetic(operator, operand);
    default:
      throw new CommandError(168, `Unrecognized expression '${operator}'`);
  }
}

/** Missing sorts before everything in expressions. */
function compareWithMissing(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareValues(a, b);
}

function operands(v: unknown): Expression[] {
  return Array.isArray(v) ? v.map((x: unknown) => compileExpression(x)) : [compileExpression(v)];
}

function exactly(n: number, operator: string, v: unknown): Expression[] {
  const list = operands(v);
  if (list.length !== n)
    throw new CommandError(
      16020,
      `Expression ${operator} takes exactly ${n} arguments. ${list.length} were passed in.`,
    );
  return list;
}

function wrongType(operator: string, wanted: string): never {
  throw new CommandError(14, `${operator} needs ${wanted}`);
}

function elementAt(operator: string, v: unknown, at: unknown): unknown {
  if (v === undefined || v === null || at === undefined || at === null) return null;
  if (!Array.isArray(v) || !isNumber(at)) return wrongType(operator, 'an array');
  return v.at(Number(at));
}

function compileCond(operand: unknown): Expression {
  const parts = Array.isArray(operand)
    ? (operand as unknown[])
    : isDoc(operand)
      ? [operand['if'], operand['then'], operand['else']]
      : [];
  if (parts.length !== 3 || parts.includes(undefined))
    throw new CommandError(17080, '$cond needs if, then and else');
  const [test, yes, no] = parts.map((x) => compileExpression(x));
  return (doc) => (isTrue(test?.(doc)) ? yes?.(doc) : no?.(doc));
}

function compileArithmetic(
  operator: '$add' | '$multiply' | '$subtract' | '$divide',
  operand: unknown,
): Expression {
  const list =
    operator === '$subtract' || operator === '$divide' ? exactly(2, operator, operand) : operands(operand);
  return (doc) => {
    const values = list.map((f) => f(doc) ?? null);
    if (values.includes(null)) return null;
    const date = values.find((v) => v instanceof Date);
    if (date !== undefined) return dateArithmetic(operator, values);
    const numbers = values.map((v) => (isNumber(v) ? v : wrongType(operator, 'numbers')));
    if (operator === '$divide') {
      if (Number(numbers[1]) === 0) throw new CommandError(2, "can't $divide by zero");
      return Number(numbers[0]) / Number(numbers[1]);
    }
    return numbers.reduce((a, b) => calculate(operator, a, b));
  };
}

function calculate(
  operator: '$add' | '$multiply' | '$subtract',
  a: number | bigint,
  b: number | bigint,
): number | bigint {
  const whole = (v: number | bigint): boolean => typeof v === 'bigint' || Number.isInteger(v);
  if ((typeof a === 'bigint' || typeof b === 'bigint') && whole(a) && whole(b)) {
    const x = BigInt(a);
    const y = BigInt(b);
    return operator === '$add' ? x + y : operator === '$subtract' ? x - y : x * y;
  }
  const x = Number(a);
  const y = Number(b);
  return operator === '$add' ? x + y : operator === '$subtract' ? x - y : x * y;
}

function dateArithmetic(operator: string, values: readonly unknown[]): unknown {
  const ms = values.map((v) =>
    v instanceof Date ? v.getTime() : isNumber(v) ? Number(v) : wrongType(operator, 'dates and numbers'),
  );
  const dates = values.filter((v) => v instanceof Date).length;
  const [a = 0, b = 0] = ms;
  if (operator === '$add' && dates === 1) return new Date(ms.reduce((x, y) => x + y, 0));
  if (operator === '$subtract' && values[0] instanceof Date) return dates === 2 ? a - b : new Date(a - b);
  return wrongType(operator, 'at most one date');
}
