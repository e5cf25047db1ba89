/** Applies an update or a replacement to a document; the old document is not touched. */
import { BSONRegExp } from 'bson';
import { CommandError } from './command-error.ts';
import { compileElementTest, compileFilter, isOperatorDoc } from './compile-filter.ts';
import { cloneValue, encodeDoc, fieldOf, isDoc, setField, type Doc } from './decode-bson.ts';
import { equalValues } from './index-keys.ts';
import { updateOperators } from './update-operators.ts';
import { assign, parentOf, splitUpdatePath } from './update-paths.ts';

export interface UpdateContext {
  /** filter that found the document, for the positional operator */
  readonly filter: Doc;
  readonly inserting: boolean;
  /** ms since epoch */
  readonly now: number;
}

/** A parsed update: operators, or a whole new document. */
export interface Update {
  readonly isReplacement: boolean;
  readonly apply: (old: Doc, context: UpdateContext) => Doc;
}

/** @throws CommandError FailedToParse for pipelines and unknown operators */
export function parseUpdate(u: unknown): Update {
  if (Array.isArray(u))
    throw new CommandError(9, 'updates by aggregation pipeline are not supported by the embedded store');
  if (!isDoc(u)) throw new CommandError(9, 'the update must be a document');
  const names = Object.keys(u);
  const isReplacement = names[0] === undefined || !names[0].startsWith('$');
  if (isReplacement) {
    const bad = names.find((n) => n.startsWith('$'));
    if (bad !== undefined)
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${bad}' is not allowed in the context of an update's replacement document.`,
      );
    return { isReplacement, apply: (old) => replaceDoc(old, u) };
  }
  for (const name of names) {
    if (name !== '$rename' && updateOperators[name] === undefined)
      throw new CommandError(
        9,
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!isDoc(u[name]))
      throw new CommandError(9, `Modifiers operate on fields but ${name} is not a document`);
  }
  checkConflicts(u);
  return { isReplacement, apply: (old, context) => applyOperators(old, u, context) };
}

function replaceDoc(old: Doc, next: Doc): Doc {
  const { _id: wantedId, ...rest } = next;
  const oldId = old['_id'];
  if (wantedId !== undefined && oldId !== undefined && !equalValues(wantedId, oldId))
    throw new CommandError(
      66,
      "After applying the update, the (immutable) field '_id' was found to have been altered",
    );
  const id = oldId ?? wantedId;
  return cloneValue(id === undefined ? rest : { _id: id, ...rest });
}

function checkConflicts(u: Doc): void {
  const seen: string[] = [];
  const add = (path: string): void => {
    for (const other of seen)
      if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
        throw new CommandError(
          40,
          `Updating the path '${path}' would create a conflict at '${other.length < path.length ? other : path}'`,
        );
    seen.push(path);
  };
  for (const operator of Object.keys(u)) {
    const spec = u[operator];
    if (!isDoc(spec)) continue;
    for (const path of Object.keys(spec)) {
      splitUpdatePath(path);
      add(path);
      if (operator !== '$rename') continue;
      const to = spec[path];
      if (typeof to !== 'string')
        throw new CommandError(2, `The 'to' field for $rename must be a string: ${path}`);
      splitUpdatePath(to);
      add(to);
    }
  }
}

function applyOperators(old: Doc, u: Doc, context: UpdateContext): Doc {
  const doc = cloneValue(old);
  for (const operator of Object.keys(u)) {
    const spec = u[operator];
    if (!isDoc(spec)) continue;
    for (const path of Object.keys(spec).sort()) {
      const names = resolvePositional(splitUpdatePath(path), doc, context.filter);
      if (operator === '$rename') rename(doc, names, String(spec[path]).split('.'));
      else applyAt(doc, operator, names, spec[path], context);
    }
  }
  if (old['_id'] !== undefined && !equalValues(doc['_id'], old['_id']))
    throw new CommandError(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  return doc;
}

function applyAt(
  doc: Doc,
  name: string,
  names: readonly string[],
  operand: unknown,
  context: UpdateContext,
): void {
  const operator = updateOperators[name];
  if (operator === undefined || (name === '$setOnInsert' && !context.inserting)) return;
  const node = parentOf(doc, names, operator.creates);
  if (node !== null)
    operator.apply({
      node,
      name: names.at(-1) ?? '',
      operand,
      inserting: context.inserting,
      now: context.now,
    });
}

function rename(doc: Doc, from: readonly string[], to: readonly string[]): void {
  const source = parentOf(doc, from, false);
  const last = from.at(-1) ?? '';
  const value = source === null ? undefined : fieldOf(source, last);
  if (source === null || value === undefined) return;
  if (Array.isArray(source))
    throw new CommandError(2, 'The source field of $rename cannot be an array element');
  Reflect.deleteProperty(source, last);
  const target = parentOf(doc, to, true);
  if (target !== null) assign(target, to.at(-1) ?? '', value);
}

/** Puts the position of the matched element where the path says `$`. */
function resolvePositional(names: readonly string[], doc: Doc, filter: Doc): readonly string[] {
  const at = names.indexOf('$');
  if (at < 0) return names;
  if (names.indexOf('$', at + 1) >= 0)
    throw new CommandError(2, 'Too many positional (i.e. "$") elements found in path');
  const index = matchedPosition(names.slice(0, at), doc, filter);
  if (index < 0)
    throw new CommandError(2, 'The positional operator did not find the match needed from the query.');
  return [...names.slice(0, at), String(index), ...names.slice(at + 1)];
}

/** Position of the first element that meets every condition of the filter on this array. */
function matchedPosition(names: readonly string[], doc: Doc, filter: Doc): number {
  const array = names.reduce<unknown>((v, name) => fieldOf(v, name), doc);
  if (!Array.isArray(array)) return -1;
  const path = names.join('.');
  const tests = conditionsOn(path, filter).map(({ rest, condition }) => {
    if (rest !== '') {
      const test = compileFilter({ [rest]: condition });
      return (v: unknown) => isDoc(v) && test(encodeDoc(v), 0);
    }
    const match = isDoc(condition) ? condition['$elemMatch'] : undefined;
    if (match === undefined) {
      const test = compileFilter({ v: condition });
      return (v: unknown) => test(encodeDoc({ v }), 0);
    }
    const test = compileElementTest(match);
    return (v: unknown) => {
      const raw = encodeDoc({ v });
      return test(raw, raw[4] ?? 0, 7);
    };
  });
  return tests.length === 0 ? -1 : array.findIndex((v: unknown) => tests.every((t) => t(v)));
}

function conditionsOn(path: string, filter: Doc): { rest: string; condition: unknown }[] {
  return Object.keys(filter).flatMap((name) => {
    const v = filter[name];
    if (name === '$and' && Array.isArray(v))
      return v.flatMap((clause: unknown) => (isDoc(clause) ? conditionsOn(path, clause) : []));
    if (name === path) return [{ rest: '', condition: v }];
    return name.startsWith(`${path}.`) ? [{ rest: name.slice(path.length + 1), condition: v }] : [];
  });
}

/** The document that an upsert begins with: the fields that its filter fixes to one value. */
export function upsertBase(filter: Doc): Doc {
  const doc: Doc = {};
  const put = (path: string, value: unknown): void => {
    const names = splitUpdatePath(path);
    const node = parentOf(doc, names, true);
    const name = names.at(-1) ?? '';
    if (node === null) return;
    if (Array.isArray(node)) assign(node, name, cloneValue(value));
    else setField(node, name, cloneValue(value));
  };
  const walk = (f: Doc): void => {
    for (const name of Object.keys(f)) {
      const v = f[name];
      const clauses =
        (name === '$and' || (name === '$or' && Array.isArray(v) && v.length === 1)) && Array.isArray(v)
          ? v
          : [];
      for (const clause of clauses as unknown[]) if (isDoc(clause)) walk(clause);
      if (name.startsWith('$') || v instanceof BSONRegExp) continue;
      if (!isOperatorDoc(v)) put(name, v);
      else if (Object.hasOwn(v, '$eq')) put(name, v['$eq']);
      else if (Array.isArray(v['$in']) && v['$in'].length === 1) put(name, v['$in'][0]);
    }
  };
  walk(filter);
  return doc;
}
