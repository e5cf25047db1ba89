/** Query filters, compiled to predicates over raw BSON. Unknown operators are refused, never skipped. */
import { BSONRegExp } from 'bson';
import { CommandError } from './command-error.ts';
import { compileRegex } from './compile-regex.ts';
import { fieldOf, isDoc, type Doc } from './decode-bson.ts';
import { keyOf, keyRank, KeyWriter, rankOf } from './index-keys.ts';
import { missing, parsePath, someValue, type Path } from './paths.ts';
import { bsonType, countElements, cstringEnd, readInt32, someElement, valueEnd } from './raw-bson.ts';

/** True when the document that begins at `at` matches. */
export type Predicate = (b: Uint8Array, at: number) => boolean;
/** True when one value matches; {@link missing} as type where there is none. */
type ValueTest = (b: Uint8Array, type: number, at: number) => boolean;

const scratch = new KeyWriter();

/** @throws CommandError BadValue or FailedToParse for anything outside the portable subset */
export function compileFilter(filter: Doc): Predicate {
  const tests = Object.keys(filter).map((name) => compileEntry(name, filter[name]));
  return all(tests);
}

/** Whether the filter is a list of operators ({$gt: 1}) rather than a document to be equal to. */
export function isOperatorDoc(v: unknown): v is Doc {
  if (!isDoc(v)) return false;
  const first = Object.keys(v)[0];
  return first !== undefined && first.startsWith('$') && !['$ref', '$id', '$db'].includes(first);
}

/** Predicate on a single value, for $pull and for elements of arrays. */
export function compileValueFilter(condition: unknown): (raw: Uint8Array) => boolean {
  const test = compileField(parsePath('v'), condition);
  return (raw) => test(raw, 0);
}

function all(tests: readonly Predicate[]): Predicate {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return (b, at) => tests.every((t) => t(b, at));
}

function compileEntry(name: string, condition: unknown): Predicate {
  if (!name.startsWith('$')) return compileField(parsePath(name), condition);
  switch (name) {
    case '$and': {
      return all(clauses(name, condition));
    }
    case '$or': {
      const tests = clauses(name, condition);
      return (b, at) => tests.some((t) => t(b, at));
    }
    case '$nor': {
      const tests = clauses(name, condition);
      return (b, at) => !tests.some((t) => t(b, at));
    }
    case '$comment':
      return () => true;
    default:
      throw new CommandError(2, `unknown top level operator: ${name}`);
  }
}

function clauses(name: string, v: unknown): Predicate[] {
  if (!Array.isArray(v) || v.length === 0) throw new CommandError(2, `${name} must be a nonempty array`);
  return v.map((clause: unknown) => {
    if (!isDoc(clause)) throw new CommandError(2, `${name} entries need to be full objects`);
    return compileFilter(clause);
  });
}

function compileField(path: Path, condition: unknown): Predicate {
  if (condition instanceof BSONRegExp) return anyValue(path, regexTest(condition.pattern, condition.options));
  if (!isOperatorDoc(condition)) return equality(path, condition);
  const tests: Predicate[] = [];
  for (const operator of Object.keys(condition)) {
    if (!operator.startsWith('$')) throw new CommandError(2, `unknown operator: ${operator}`);
    if (operator === '$options') {
      if (condition['$regex'] === undefined) throw new CommandError(2, '$options needs a $regex');
      continue;
    }
    tests.push(compileOperator(path, operator, condition[operator], condition));
  }
  return all(tests);
}

function compileOperator(path: Path, operator: string, v: unknown, condition: Doc): Predicate {
  switch (operator) {
    case '$eq':
      return equality(path, v);
    case '$ne':
      if (v instanceof BSONRegExp) throw new CommandError(2, "Can't have regex as arg to $ne.");
      return not(equality(path, v));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(path, operator, v);
    case '$in':
      return membership(path, operator, v);
    case '$nin':
      return not(membership(path, operator, v));
    case '$exists': {
      const wanted = v !== false && v !== 0 && v !== null;
      return (b, at) => someValue(b, at, path, (type) => type !== missing) === wanted;
    }
    case '$type':
      return typeTest(path, v);
    case '$size': {
      const size = typeof v === 'bigint' ? Number(v) : v;
      if (typeof size !== 'number' || !Number.isInteger(size) || size < 0)
        throw new CommandError(2, '$size must be a whole number, 0 or more');
      return (b, at) =>
        someValue(b, at, path, (type, p) => type === bsonType.array && countElements(b, p) === size);
    }
    case '$all':
      return allOf(path, v);
    case '$elemMatch':
      return elementMatch(path, v);
    case '$regex':
      return anyValue(path, regexOperator(v, condition['$options']));
    case '$not': {
      if (v instanceof BSONRegExp) return not(anyValue(path, regexTest(v.pattern, v.options)));
      if (!isOperatorDoc(v)) throw new CommandError(2, '$not needs a regex or a document of operators');
      return not(compileField(path, v));
    }
    default:
      throw new CommandError(2, `unknown operator: ${operator}`);
  }
}

function not(test: Predicate): Predicate {
  return (b, at) => !test(b, at);
}

/** The value itself, or any element of it when it is an array. */
function anyValue(path: Path, test: ValueTest): Predicate {
  return (b, at) =>
    someValue(
      b,
      at,
      path,
      (type, p) =>
        test(b, type, p) || (type === bsonType.array && someElement(b, p, (t, _n, v) => test(b, t, v))),
    );
}

function keyTest(key: Buffer): ValueTest {
  const rank = key[0] ?? 0;
  if (rank === keyRank.null)
    return (_b, type) => type === missing || type === bsonType.null || type === bsonType.undefined;
  return (b, type, at) => {
    if (!comparable(type, rank)) return false;
    scratch.reset();
    scratch.value(b, type, at);
    return scratch.compareTo(key) === 0;
  };
}

function comparable(type: number, rank: number): boolean {
  if (type === bsonType.decimal128 && rank === keyRank.number)
    throw new CommandError(2, 'the embedded store does not compare Decimal128');
  return rankOf(type) === rank;
}

function equality(path: Path, v: unknown): Predicate {
  if (v === undefined) throw new CommandError(2, 'cannot compare to undefined');
  return anyValue(path, keyTest(keyOf(v)));
}

function membership(path: Path, operator: string, v: unknown): Predicate {
  if (!Array.isArray(v)) throw new CommandError(2, `${operator} needs an array`);
  const tests: ValueTest[] = [];
  const keys = new Set<string>();
  const usedRanks = new Set<number>();
  for (const x of v as unknown[]) {
    if (isOperatorDoc(x)) throw new CommandError(2, `cannot nest $ under ${operator}`);
    if (x instanceof BSONRegExp) tests.push(regexTest(x.pattern, x.options));
    const key = keyOf(x);
    if (key[0] === keyRank.null) tests.push(keyTest(key));
    usedRanks.add(key[0] ?? 0);
    keys.add(key.toString('latin1'));
  }
  return anyValue(path, (b, type, at) => {
    if (tests.some((t) => t(b, type, at))) return true;
    if (type === bsonType.decimal128 && usedRanks.has(keyRank.number)) comparable(type, keyRank.number);
    if (type === missing || !usedRanks.has(rankOf(type))) return false;
    scratch.reset();
    scratch.value(b, type, at);
    return keys.has(scratch.view().toString('latin1'));
  });
}

function range(path: Path, operator: '$gt' | '$gte' | '$lt' | '$lte', v: unknown): Predicate {
  if (v instanceof BSONRegExp)
    throw new CommandError(2, `Can't have RegEx as arg to predicate over field '${path.text}'.`);
  const key = keyOf(v);
  const rank = key[0] ?? 0;
  const inclusive = operator === '$gte' || operator === '$lte';
  if (rank === keyRank.null) return inclusive ? anyValue(path, keyTest(key)) : () => false;
  const isNaNKey = rank === keyRank.number && key.subarray(1).every((x) => x === 0);
  if (isNaNKey) return inclusive ? anyValue(path, keyTest(key)) : () => false;
  const sign = operator === '$gt' || operator === '$gte' ? 1 : -1;
  return anyValue(path, (b, type, at) => {
    if (type === missing || !comparable(type, rank)) return false;
    if (
      sign < 0 &&
      type === bsonType.double &&
      Number.isNaN(new DataView(b.buffer, b.byteOffset + at, 8).getFloat64(0, true))
    )
      return false;
    scratch.reset();
    scratch.value(b, type, at);
    const c = scratch.compareTo(key);
    return c === 0 ? inclusive : c * sign > 0;
  });
}

const typeNames: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(
    Object.entries({
      double: 1,
      string: 2,
      object: 3,
      array: 4,
      binData: 5,
      undefined: 6,
      objectId: 7,
      bool: 8,
      date: 9,
      null: 10,
      regex: 11,
      javascript: 13,
      int: 16,
      timestamp: 17,
      long: 18,
      decimal: 19,
      minKey: 255,
      maxKey: 127,
    }).map(([name, n]) => [name, [n]]),
  ),
  number: [1, 16, 18, 19],
};

function typeTest(path: Path, v: unknown): Predicate {
  const types = new Set<number>();
  for (const x of Array.isArray(v) ? (v as unknown[]) : [v]) {
    const named = typeof x === 'string' ? typeNames[x] : undefined;
    if (named !== undefined) named.forEach((n) => types.add(n));
    else if (typeof x === 'number' && rankOf(x === -1 ? 255 : x) !== 0) types.add(x === -1 ? 255 : x);
    else throw new CommandError(2, `Unknown type name alias or code: ${String(x)}`);
  }
  if (types.size === 0) throw new CommandError(9, '$type must match at least one type');
  return anyValue(path, (_b, type) => type !== missing && types.has(type));
}

function allOf(path: Path, v: unknown): Predicate {
  if (!Array.isArray(v)) throw new CommandError(2, '$all needs an array');
  if (v.length === 0) return () => false;
  return all(
    v.map((x: unknown) => {
      if (isOperatorDoc(x)) {
        const match = fieldOf(x, '$elemMatch');
        if (match === undefined || Object.keys(x).length > 1)
          throw new CommandError(2, 'no $ expressions in $all');
        return elementMatch(path, match);
      }
      return x instanceof BSONRegExp ? anyValue(path, regexTest(x.pattern, x.options)) : equality(path, x);
    }),
  );
}

/** Test for one element of an array: a document of conditions, or operators on the element itself. */
export function compileElementTest(v: unknown): ValueTest {
  if (!isDoc(v)) throw new CommandError(2, '$elemMatch needs an Object');
  if (isOperatorDoc(v) && !Object.keys(v).some((k) => k === '$and' || k === '$or' || k === '$nor')) {
    const tests = Object.keys(v)
      .filter((k) => k !== '$options')
      .map((k) => elementOperator(k, v[k], v));
    return (b, type, at) => tests.every((t) => t(b, type, at));
  }
  const predicate = compileFilter(v);
  return (b, type, at) => (type === bsonType.document || type === bsonType.array) && predicate(b, at);
}

/** An operator inside $elemMatch sees the element as it is, wrapped here as a one-field document. */
function elementOperator(operator: string, v: unknown, condition: Doc): ValueTest {
  const predicate = compileOperator(parsePath('v'), operator, v, condition);
  return (b, type, at) => predicate(wrap(b, type, at), 0);
}

function wrap(b: Uint8Array, type: number, at: number): Buffer {
  const end = type === missing ? at : valueEnd(b, type, at);
  const out = Buffer.alloc(8 + end - at);
  out.writeInt32LE(out.length, 0);
  out[4] = type;
  out[5] = 0x76;
  out.set(b.subarray(at, end), 7);
  return out;
}

function elementMatch(path: Path, v: unknown): Predicate {
  const test = compileElementTest(v);
  return (b, at) =>
    someValue(
      b,
      at,
      path,
      (type, p) => type === bsonType.array && someElement(b, p, (t, _n, valueAt) => test(b, t, valueAt)),
    );
}

function regexOperator(v: unknown, options: unknown): ValueTest {
  if (options !== undefined && typeof options !== 'string')
    throw new CommandError(2, '$options has to be a string');
  if (v instanceof BSONRegExp) return regexTest(v.pattern, options ?? v.options);
  if (typeof v !== 'string') throw new CommandError(2, '$regex has to be a string');
  return regexTest(v, options ?? '');
}

function regexTest(pattern: string, options: string): ValueTest {
  const regex = compileRegex(pattern, options);
  return (b, type, at) => {
    if (type === bsonType.string)
      return regex.test(Buffer.from(b.buffer, b.byteOffset + at + 4, readInt32(b, at) - 1).toString());
    if (type !== bsonType.regex) return false;
    const text = Buffer.from(b.buffer, b.byteOffset, b.byteLength);
    const flagsAt = cstringEnd(b, at);
    return (
      text.toString('utf8', at, flagsAt - 1) === pattern &&
      text.toString('utf8', flagsAt, cstringEnd(b, flagsAt) - 1) === options
    );
  };
}
