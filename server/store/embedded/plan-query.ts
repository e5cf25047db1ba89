/** Chooses the index for a query. An index only narrows the candidates: every document is matched again afterwards. */
import { BSONRegExp } from 'bson';
import type { Collection, Index } from './catalog.ts';
import { compileFilter, isOperatorDoc } from './compile-filter.ts';
import { encodeDoc, isDoc, type Doc } from './decode-bson.ts';
import { keyOf, keyRank } from './index-keys.ts';

export interface Plan {
  readonly index: Index;
  /** half-open ranges of keys, in the order of the result */
  readonly ranges: readonly { readonly from: Buffer; readonly to: Buffer }[];
  readonly reverse: boolean;
  /** the ranges deliver the rows in the order of the sort */
  readonly sorted: boolean;
  /** at most one document can match */
  readonly single: boolean;
}

interface Constraint {
  equal?: readonly unknown[];
  low?: unknown;
  high?: unknown;
}

export type SortSpec = readonly { readonly path: string; readonly descending: boolean }[];

const maxRanges = 1000;
const after = Buffer.from([0xff]);

/** @returns null when the whole collection has to be read */
export function planQuery(c: Collection, filter: Doc, sort: SortSpec): Plan | null {
  const constraints = new Map<string, Constraint>();
  collectConstraints(filter, constraints);
  let best: { plan: Plan; score: number } | null = null;
  for (const index of c.indexes) {
    const found = planIndex(index, constraints, filter, sort);
    if (found !== null && (best === null || found.score > best.score)) best = found;
  }
  return best?.plan ?? null;
}

function collectConstraints(filter: Doc, into: Map<string, Constraint>): void {
  for (const name of Object.keys(filter)) {
    const v = filter[name];
    if (name === '$and' && Array.isArray(v))
      for (const clause of v as unknown[]) if (isDoc(clause)) collectConstraints(clause, into);
    if (name.startsWith('$')) continue;
    const constraint = into.get(name) ?? {};
    into.set(name, constraint);
    if (!isOperatorDoc(v)) {
      if (isIndexable(v)) constraint.equal ??= [v];
      continue;
    }
    for (const operator of Object.keys(v)) {
      const operand = v[operator];
      if (operator === '$in' && Array.isArray(operand) && operand.every(isIndexable))
        constraint.equal ??= operand as unknown[];
      if (!isIndexable(operand)) continue;
      if (operator === '$eq') constraint.equal ??= [operand];
      if (operand === null) continue;
      if (operator === '$gt' || operator === '$gte') constraint.low ??= operand;
      if (operator === '$lt' || operator === '$lte') constraint.high ??= operand;
    }
  }
}

/** Arrays and regular expressions are compared otherwise than by one key. */
function isIndexable(v: unknown): boolean {
  return v !== undefined && !Array.isArray(v) && !(v instanceof BSONRegExp);
}

function planIndex(
  index: Index,
  constraints: ReadonlyMap<string, Constraint>,
  filter: Doc,
  sort: SortSpec,
): { plan: Plan; score: number } | null {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let used = 0;
  let excludesMissing = false;
  for (const field of index.fields) {
    const equal = constraints.get(field.path.text)?.equal;
    if (equal === undefined || equal.length === 0 || prefixes.length * equal.length > maxRanges) break;
    const keys = distinctKeys(equal, field.descending);
    prefixes = prefixes.flatMap((p) => keys.map((k) => Buffer.concat([p, k])));
    if (equal.every((v) => v !== null)) excludesMissing = true;
    used++;
  }
  const range = rangeOf(index, used, constraints);
  if (range !== null) excludesMissing = true;
  if (index.sparse && !excludesMissing) return null;
  if (index.partial !== null && !impliesPartial(index, constraints, filter)) return null;
  const single = index.unique && used === index.fields.length && prefixes.length === 1;
  const order = sortOrder(index, used, prefixes.length === 1, constraints, sort);
  const score =
    (single ? 1000 : 0) +
    used * 10 +
    (range === null ? 0 : 5) +
    (order === null || sort.length === 0 ? 0 : 3);
  if (score === 0) return null;
  const ranges = prefixes.map((p) =>
    range === null
      ? { from: p, to: Buffer.concat([p, after]) }
      : { from: Buffer.concat([p, range.from]), to: Buffer.concat([p, range.to]) },
  );
  ranges.sort((a, b) => Buffer.compare(a.from, b.from));
  return { plan: { index, ranges, reverse: order === 'reverse', sorted: order !== null, single }, score };
}

function distinctKeys(values: readonly unknown[], descending: boolean): Buffer[] {
  const keys = new Map<string, Buffer>();
  for (const v of values) {
    const key = fieldKey(v, descending);
    keys.set(key.toString('latin1'), key);
  }
  return [...keys.values()];
}

function fieldKey(v: unknown, descending: boolean): Buffer {
  return descending ? inverted(keyOf(v)) : keyOf(v);
}

/** The range on the field behind the equal ones. On an index with arrays only one end may be used: each end may hold for another element. */
function rangeOf(
  index: Index,
  used: number,
  constraints: ReadonlyMap<string, Constraint>,
): { from: Buffer; to: Buffer } | null {
  const field = index.fields[used];
  const c = field === undefined ? undefined : constraints.get(field.path.text);
  if (field === undefined || c === undefined || (c.low === undefined && c.high === undefined)) return null;
  const low = c.low === undefined ? null : keyOf(c.low);
  let high = c.high === undefined ? null : keyOf(c.high);
  if (index.multikey && low !== null && high !== null) high = null;
  const rank = (low ?? high)?.[0] ?? keyRank.null;
  const bounded = high !== null && high[0] === rank ? high : null;
  if (!field.descending)
    return {
      from: low ?? Buffer.from([rank]),
      to: bounded === null ? Buffer.from([rank + 1]) : Buffer.concat([bounded, after]),
    };
  return {
    from: bounded === null ? Buffer.from([rank ^ 0xff]) : inverted(bounded),
    to: low === null ? Buffer.from([(rank ^ 0xff) + 1]) : Buffer.concat([inverted(low), after]),
  };
}

function inverted(b: Buffer): Buffer {
  return Buffer.from(b.map((x) => x ^ 0xff));
}

/** Whether walking the index gives the order of the sort; fields fixed to one value do not count. */
function sortOrder(
  index: Index,
  used: number,
  oneRange: boolean,
  constraints: ReadonlyMap<string, Constraint>,
  sort: SortSpec,
): 'forward' | 'reverse' | null {
  if (sort.length === 0) return 'forward';
  if (index.multikey || !oneRange) return null;
  const fixed = new Set(index.fields.slice(0, used).map((f) => f.path.text));
  const open = sort.filter((s) => !(fixed.has(s.path) && constraints.get(s.path)?.equal?.length === 1));
  const first = open[0];
  if (first === undefined) return 'forward';
  const reverse = index.fields[used]?.descending !== first.descending;
  const fits = open.every((s, i) => {
    const field = index.fields[used + i];
    return (
      field !== undefined && field.path.text === s.path && (field.descending !== s.descending) === reverse
    );
  });
  return fits ? (reverse ? 'reverse' : 'forward') : null;
}

/** A partial index may serve only queries whose every match is in it. */
function impliesPartial(index: Index, constraints: ReadonlyMap<string, Constraint>, filter: Doc): boolean {
  const partial = index.partialFilter ?? {};
  return Object.keys(partial).every((name) => {
    if (name.startsWith('$') || name.includes('.')) return false;
    const own = filter[name];
    if (own !== undefined && encodeDoc({ v: own }).equals(encodeDoc({ v: partial[name] }))) return true;
    const equal = constraints.get(name)?.equal;
    if (equal === undefined) return false;
    const test = compileFilter({ [name]: partial[name] });
    // Null is also equal to a field that is not there.
    return equal.every((v) => v !== null && test(encodeDoc({ [name]: v }), 0));
  });
}
