/** Aggregation pipelines of the portable subset. The first $match, $sort, $skip and $limit become a query that can use indexes. */
import { CommandError } from './command-error.ts';
import { compileExpression, type Expression } from './compile-expression.ts';
import { compileFilter } from './compile-filter.ts';
import { compileProjection, type Projection } from './compile-projection.ts';
import { cloneValue, decodeDoc, encodeDoc, fieldOf, isDoc, setField, type Doc } from './decode-bson.ts';
import { pickFields, treeOf } from './field-tree.ts';
import { compileGroup } from './group-documents.ts';
import type { Query } from './scan-collection.ts';
import { parseSort, sortKeyWriter } from './scan-collection.ts';
import { assign, parentOf } from './update-paths.ts';

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

export interface PipelineSource {
  /** raw documents of a collection of the same database; none for one that does not exist */
  read(collection: string, q: Query): Iterable<Uint8Array>;
  readonly checkTime: () => void;
}

/** @throws CommandError for stages and options outside the subset */
export function compilePipeline(
  pipeline: unknown,
  collection: string,
  source: PipelineSource,
): Iterable<Doc> {
  if (!Array.isArray(pipeline)) throw new CommandError(14, "'pipeline' option must be specified as an array");
  const specs = pipeline.map(readStage);
  const { query, rest } = leadingQuery(specs, source.checkTime);
  const stages = rest.map(({ name, spec }) => compileStage(name, spec, source));
  const needed = neededFields(rest[0]);
  let docs: Iterable<Doc> = decodeAll(source.read(collection, query), needed);
  for (const stage of stages) docs = stage(docs);
  return docs;
}

function* decodeAll(raws: Iterable<Uint8Array>, needed: Projection | null): Iterable<Doc> {
  for (const raw of raws) yield decodeDoc(needed === null ? raw : needed(raw));
}

/** A group reads few fields of its documents, so only those are decoded; null when all are. */
function neededFields(stage: StageSpec | undefined): Projection | null {
  const names = new Set<string>();
  if (stage === undefined || !['$group', '$count'].includes(stage.name) || !collectNames(stage.spec, names))
    return null;
  names.delete('_id');
  const wanted = Object.fromEntries([...names].map((name) => [name, 1]));
  // Where no field is read the key alone is decoded.
  return compileProjection({ _id: 1, ...wanted });
}

/** Adds the top-level names that an expression may read. @returns false when it reads whole documents */
function collectNames(e: unknown, into: Set<string>): boolean {
  if (typeof e === 'string') {
    if (e.startsWith('$$')) return false;
    const name = e.slice(1).split('.')[0] ?? '';
    if (e.startsWith('$') && name !== '') into.add(name);
    return true;
  }
  if (Array.isArray(e)) return e.every((x: unknown) => collectNames(x, into));
  return !isDoc(e) || Object.values(e).every((x) => collectNames(x, into));
}

interface StageSpec {
  readonly name: string;
  readonly spec: unknown;
}

function readStage(s: unknown): StageSpec {
  const [name, ...rest] = isDoc(s) ? Object.keys(s) : [];
  if (!isDoc(s) || name === undefined || rest.length > 0)
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return { name, spec: s[name] };
}

function leadingQuery(
  specs: readonly StageSpec[],
  checkTime: () => void,
): { query: Query; rest: readonly StageSpec[] } {
  const filters: Doc[] = [];
  let i = 0;
  for (; specs[i]?.name === '$match'; i++) filters.push(matchSpec(specs[i]?.spec));
  let query: Query = {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    sort: [],
    skip: 0,
    limit: 0,
    checkTime,
  };
  if (specs[i]?.name === '$sort') query = { ...query, sort: parseSort(specs[i++]?.spec) };
  if (specs[i]?.name === '$skip') query = { ...query, skip: wholeNumber('$skip', specs[i++]?.spec) };
  if (specs[i]?.name === '$limit') query = { ...query, limit: positive('$limit', specs[i++]?.spec) };
  return { query, rest: specs.slice(i) };
}

function matchSpec(spec: unknown): Doc {
  if (!isDoc(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  return spec;
}

function compileStage(name: string, spec: unknown, source: PipelineSource): Stage {
  switch (name) {
    case '$match': {
      const test = compileFilter(matchSpec(spec));
      return (docs) => filterDocs(docs, (d) => test(encodeDoc(d), 0));
    }
    case '$sort':
      return sortStage(spec);
    case '$limit': {
      const n = positive(name, spec);
      return (docs) => take(docs, 0, n);
    }
    case '$skip': {
      const n = wholeNumber(name, spec);
      return (docs) => take(docs, n, Infinity);
    }
    case '$project':
      return projectStage(spec);
    case '$addFields':
    case '$set': {
      const set = fieldSetter(flatten(spec, name));
      return (docs) => mapDocs(docs, (d) => set(cloneValue(d), d));
    }
    case '$unset': {
      const paths = (Array.isArray(spec) ? (spec as unknown[]) : [spec]).map(String);
      const tree = treeOf(paths);
      return (docs) => mapDocs(docs, (d) => pickFields(d, tree, false));
    }
    case '$group': {
      const group = compileGroup(spec);
      return (docs) => late(() => group(docs));
    }
    case '$unwind':
      return unwindStage(spec);
    case '$lookup':
      return lookupStage(spec, source);
    case '$count': {
      if (typeof spec !== 'string' || spec === '' || /[$.]/.test(spec))
        throw new CommandError(40156, 'the count field must be a plain name');
      return (docs) => late(() => countDocs(docs, spec));
    }
    default:
      throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function* late(make: () => Doc[]): Iterable<Doc> {
  yield* make();
}

function countDocs(docs: Iterable<Doc>, name: string): Doc[] {
  const n = [...docs].length;
  return n === 0 ? [] : [{ [name]: n }];
}

function* filterDocs(docs: Iterable<Doc>, keep: (d: Doc) => boolean): Iterable<Doc> {
  for (const d of docs) if (keep(d)) yield d;
}

function* mapDocs(docs: Iterable<Doc>, change: (d: Doc) => Doc): Iterable<Doc> {
  for (const d of docs) yield change(d);
}

function* take(docs: Iterable<Doc>, skip: number, limit: number): Iterable<Doc> {
  let n = 0;
  for (const d of docs) {
    if (n++ < skip) continue;
    yield d;
    if (n >= skip + limit) return;
  }
}

function sortStage(spec: unknown): Stage {
  const sort = parseSort(spec);
  if (sort.length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  const keyOfDoc = sortKeyWriter(sort);
  return (docs) =>
    late(() => {
      const rows = [...docs].map((d) => ({ d, key: keyOfDoc(encodeDoc(d)) }));
      return rows.sort((a, b) => Buffer.compare(a.key, b.key)).map((r) => r.d);
    });
}

/** Dotted paths of a nested specification, each with its value or expression. */
function flatten(spec: unknown, stage: string, prefix = ''): [string, unknown][] {
  if (!isDoc(spec) || Object.keys(spec).length === 0)
    throw new CommandError(40272, `${stage} specification must be an object with at least one field`);
  return Object.entries(spec).flatMap(([name, v]): [string, unknown][] => {
    if (name === '' || name.startsWith('$'))
      throw new CommandError(16410, `${stage}: bad field name '${name}'`);
    const nested = isDoc(v) && Object.keys(v)[0]?.startsWith('$') === false;
    return nested ? flatten(v, stage, `${prefix}${name}.`) : [[prefix + name, v]];
  });
}

/** Sets computed fields on `target` from the unchanged document; in an array of documents, on each of them. */
function fieldSetter(fields: readonly [string, unknown][]): (target: Doc, from: Doc) => Doc {
  const compiled = fields.map(([path, e]) => [path.split('.'), compileExpression(e)] as const);
  return (target, from) => {
    for (const [names, expression] of compiled) {
      const v = expression(from);
      if (v !== undefined) setAt(target, names, v);
    }
    return target;
  };
}

function setAt(target: unknown, names: readonly string[], v: unknown): void {
  const [name, ...rest] = names;
  if (name === undefined) return;
  if (Array.isArray(target)) {
    for (const x of target as unknown[]) setAt(x, names, v);
    return;
  }
  if (!isDoc(target)) return;
  if (rest.length === 0) {
    setField(target, name, v);
    return;
  }
  const below = fieldOf(target, name);
  if (Array.isArray(below) || isDoc(below)) return setAt(below, rest, v);
  const node = parentOf(target, [name, ''], true);
  if (node !== null) setAt(node, rest, v);
}

function projectStage(spec: unknown): Stage {
  const entries = flatten(spec, '$project');
  const isFlag = (v: unknown): boolean =>
    typeof v === 'boolean' || typeof v === 'number' || typeof v === 'bigint';
  const on = entries.filter(([, v]) => isFlag(v) && Number(v) !== 0).map(([path]) => path);
  const off = entries.filter(([, v]) => isFlag(v) && Number(v) === 0).map(([path]) => path);
  const computed = entries.filter(([, v]) => !isFlag(v));
  const including = on.length > 0 || computed.length > 0;
  if (including && off.some((path) => path !== '_id'))
    throw new CommandError(31254, 'Cannot do exclusion in inclusion projection');
  if (!including) {
    const tree = treeOf(off);
    return (docs) => mapDocs(docs, (d) => pickFields(d, tree, false));
  }
  const withId =
    off.length > 0 || on.includes('_id') || computed.some(([path]) => path === '_id') ? on : ['_id', ...on];
  treeOf([...withId, ...computed.map(([path]) => path)]);
  const tree = treeOf(withId);
  const set = fieldSetter(computed);
  return (docs) => mapDocs(docs, (d) => set(cloneValue(pickFields(d, tree, true)), d));
}

function unwindStage(spec: unknown): Stage {
  const o: Doc = isDoc(spec) ? spec : { path: spec };
  const unknown = Object.keys(o).find(
    (k) => !['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(k),
  );
  const path = o['path'];
  const indexField = o['includeArrayIndex'];
  if (unknown !== undefined)
    throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, "path option to $unwind stage should be prefixed with a '$'");
  if (indexField !== undefined && typeof indexField !== 'string')
    throw new CommandError(28810, 'includeArrayIndex must be a string');
  const names = path.slice(1).split('.');
  const read = (d: Doc): unknown =>
    names.reduce<unknown>((v, name) => (isDoc(v) ? fieldOf(v, name) : undefined), d);
  const keep = o['preserveNullAndEmptyArrays'] === true;
  const made = (d: Doc, v: unknown, i: number | null): Doc => {
    const out = cloneValue(d);
    const node = parentOf(out, names, false);
    const last = names.at(-1) ?? '';
    if (node !== null) {
      if (v === undefined) Reflect.deleteProperty(node, last);
      else assign(node, last, v);
    }
    if (indexField !== undefined) setAt(out, indexField.split('.'), i);
    return out;
  };
  return function* (docs) {
    for (const d of docs) {
      const v = read(d);
      if (Array.isArray(v) && v.length > 0) for (const [i, x] of v.entries()) yield made(d, x, i);
      else if (Array.isArray(v) || v === undefined || v === null) {
        if (keep) yield made(d, Array.isArray(v) ? undefined : v, null);
      } else yield made(d, v, null);
    }
  };
}

function lookupStage(spec: unknown, source: PipelineSource): Stage {
  const o = isDoc(spec) ? spec : {};
  const { from, localField, foreignField, as, ...others } = o;
  if (Object.keys(others).length > 0)
    throw new CommandError(9, '$lookup: the embedded store supports from, localField, foreignField and as');
  if (
    typeof from !== 'string' ||
    typeof localField !== 'string' ||
    typeof foreignField !== 'string' ||
    typeof as !== 'string'
  )
    throw new CommandError(9, '$lookup requires from, localField, foreignField and as');
  const local: Expression = compileExpression(`$${localField}`);
  return function* (docs) {
    for (const d of docs) {
      const v = local(d) ?? null;
      const filter = { [foreignField]: Array.isArray(v) ? { $in: v } : { $eq: v } };
      const raws = source.read(from, {
        filter,
        sort: [],
        skip: 0,
        limit: 0,
        checkTime: source.checkTime,
      });
      const out = cloneValue(d);
      setAt(out, as.split('.'), Array.from(raws, decodeDoc));
      yield out;
    }
  };
}

function wholeNumber(stage: string, v: unknown): number {
  const n = typeof v === 'bigint' ? Number(v) : v;
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0)
    throw new CommandError(5107200, `invalid argument to ${stage} stage: expected a whole number, 0 or more`);
  return n;
}

function positive(stage: string, v: unknown): number {
  const n = wholeNumber(stage, v);
  if (n === 0) throw new CommandError(15958, 'the limit must be positive');
  return n;
}
