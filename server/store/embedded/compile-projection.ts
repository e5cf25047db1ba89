/** Projections of find and findAndModify: which fields of a document the client receives. */
import { CommandError } from './command-error.ts';
import { compileElementTest } from './compile-filter.ts';
import { decodeDoc, encodeDoc, isDoc, type Doc } from './decode-bson.ts';
import { addPath, emptyTree, pickFields, type FieldTree } from './field-tree.ts';
import { findElement, someElement, valueEnd } from './raw-bson.ts';

export type Projection = (raw: Uint8Array) => Uint8Array;

/** @throws CommandError for mixed inclusion and exclusion, path collisions, expressions and the positional projection */
export function compileProjection(spec: Doc): Projection {
  const tree = emptyTree();
  const changes: ((doc: Doc) => void)[] = [];
  let including: boolean | null = null;
  let id: boolean | null = null;
  const setMode = (mode: boolean, path: string): void => {
    if (including !== null && including !== mode)
      throw new CommandError(
        mode ? 31253 : 31254,
        `Cannot do ${mode ? 'inclusion' : 'exclusion'} on field ${path} in the other kind of projection`,
      );
    including = mode;
  };
  const walk = (s: Doc, prefix: string): void => {
    for (const name of Object.keys(s)) {
      const path = prefix + name;
      const v = s[name];
      if (path.split('.').some((n) => n === '' || n.startsWith('$')))
        throw new CommandError(2, `projection of '${path}' is not supported`);
      if (isDoc(v)) {
        const operator = Object.keys(v)[0];
        if (operator === undefined)
          throw new CommandError(51270, 'An empty sub-projection is not a valid value');
        if (!operator.startsWith('$')) {
          walk(v, `${path}.`);
          continue;
        }
        if (operator === '$slice') changes.push(sliceAt(path, v['$slice']));
        else if (operator === '$elemMatch') {
          changes.push(elementAt(path, v['$elemMatch']));
          setMode(true, path);
          addPath(tree, path);
        } else
          throw new CommandError(2, `projection operator ${operator} is not supported by the embedded store`);
        continue;
      }
      if (typeof v !== 'boolean' && typeof v !== 'number' && typeof v !== 'bigint')
        throw new CommandError(2, `projection values must be 0 or 1: '${path}'`);
      const on = Number(v) !== 0;
      if (path === '_id') id = on;
      else {
        setMode(on, path);
        addPath(tree, path);
      }
    }
  };
  walk(spec, '');
  const mode: boolean = including ?? (id === true && changes.length === 0);
  if (mode ? id !== false : id === false) addPath(tree, '_id');
  const flat = Object.values(tree).every((t) => t === true);
  if (flat && changes.length === 0) return projectTopLevel(tree, mode);
  return (raw) => {
    const doc = pickFields(decodeDoc(raw), tree, mode);
    for (const change of changes) change(doc);
    return encodeDoc(doc);
  };
}

/** Copies whole elements of the raw document, without decoding what is left out. */
function projectTopLevel(tree: FieldTree, including: boolean): Projection {
  if (including) {
    const names = Object.keys(tree).map((n) => Buffer.from(n));
    return (raw) => {
      const found = names.flatMap((name) => {
        const at = findElement(raw, 0, name);
        return at < 0 ? [] : [{ at, end: valueEnd(raw, raw[at] ?? 0, at + name.length + 2) }];
      });
      found.sort((a, b) => a.at - b.at);
      return assemble(found.map((f) => raw.subarray(f.at, f.end)));
    };
  }
  const excluded = new Set(Object.keys(tree));
  return (raw) => {
    const parts: Uint8Array[] = [];
    someElement(raw, 0, (type, nameAt, valueAt, at) => {
      const name = Buffer.from(raw.buffer, raw.byteOffset + nameAt, valueAt - nameAt - 1).toString();
      if (!excluded.has(name)) parts.push(raw.subarray(at, valueEnd(raw, type, valueAt)));
      return false;
    });
    return assemble(parts);
  };
}

function assemble(parts: readonly Uint8Array[]): Buffer {
  const out = Buffer.alloc(parts.reduce((n, p) => n + p.length, 5));
  out.writeInt32LE(out.length, 0);
  let at = 4;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

function changeAt(doc: unknown, names: readonly string[], change: (holder: Doc, name: string) => void): void {
  if (Array.isArray(doc)) {
    for (const x of doc as unknown[]) changeAt(x, names, change);
    return;
  }
  const [name, ...rest] = names;
  if (!isDoc(doc) || name === undefined || !Object.hasOwn(doc, name)) return;
  if (rest.length === 0) change(doc, name);
  else changeAt(doc[name], rest, change);
}

function sliceAt(path: string, spec: unknown): (doc: Doc) => void {
  const numbers = (Array.isArray(spec) ? (spec as unknown[]) : [spec]).map(Number);
  const [a, b] = numbers;
  if (a === undefined || numbers.length > 2 || !numbers.every(Number.isInteger))
    throw new CommandError(28667, '$slice takes one or two whole numbers');
  const names = path.split('.');
  return (doc) =>
    changeAt(doc, names, (holder, name) => {
      const v = holder[name];
      if (!Array.isArray(v)) return;
      const start = a < 0 ? Math.max(0, v.length + a) : a;
      if (b === undefined) holder[name] = a < 0 ? v.slice(a) : v.slice(0, a);
      else holder[name] = v.slice(start, start + b);
    });
}

function elementAt(path: string, condition: unknown): (doc: Doc) => void {
  const test = compileElementTest(condition);
  return (doc) =>
    changeAt(doc, path.split('.'), (holder, name) => {
      const v = holder[name];
      const hit: unknown = Array.isArray(v)
        ? v.find((x: unknown) => {
            const raw = encodeDoc({ v: x });
            return test(raw, raw[4] ?? 0, 7);
          })
        : undefined;
      if (hit === undefined) Reflect.deleteProperty(holder, name);
      else holder[name] = [hit];
    });
}
