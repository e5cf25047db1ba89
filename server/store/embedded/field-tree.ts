/** Paths of a projection as a tree of names. */
import { CommandError } from './command-error.ts';
import { isDoc, setField, type Doc } from './decode-bson.ts';

/** True at the end of a path. Made without a prototype, so that every name is only a name. */
export interface FieldTree {
  [name: string]: FieldTree | true;
}

/** @throws CommandError for a path that is, or is below, one of the others, and for empty names and operators */
export function treeOf(paths: readonly string[]): FieldTree {
  const root = emptyTree();
  for (const path of paths) addPath(root, path);
  return root;
}

export function emptyTree(): FieldTree {
  return Object.create(null) as FieldTree;
}

export function addPath(tree: FieldTree, path: string): void {
  const names = path.split('.');
  let node = tree;
  for (const [i, name] of names.entries()) {
    if (name === '' || name.startsWith('$')) throw new CommandError(2, `'${path}' is not a field path`);
    const found = node[name];
    const last = i === names.length - 1;
    if (found === true)
      throw new CommandError(
        31249,
        `Path collision at ${path} remaining portion ${names.slice(i + 1).join('.')}`,
      );
    if (last && found !== undefined) throw new CommandError(31250, `Path collision at ${path}`);
    if (last) node[name] = true;
    else node = node[name] = found ?? emptyTree();
  }
}

/** The fields of the tree only, or all fields but those of the tree; through arrays, each document of them. */
export function pickFields(doc: Doc, tree: FieldTree, including: boolean): Doc {
  const out: Doc = {};
  for (const name of Object.keys(doc)) {
    const below = tree[name];
    const v = doc[name];
    if (below === undefined) {
      if (!including) setField(out, name, v);
    } else if (below === true) {
      if (including) setField(out, name, v);
    } else if (isDoc(v) || Array.isArray(v)) setField(out, name, pickBelow(v, below, including));
    else if (!including) setField(out, name, v);
  }
  return out;
}

function pickBelow(v: unknown, tree: FieldTree, including: boolean): unknown {
  if (!Array.isArray(v)) return isDoc(v) ? pickFields(v, tree, including) : v;
  const kept = including ? v.filter((x: unknown) => isDoc(x) || Array.isArray(x)) : v;
  return kept.map((x: unknown) => pickBelow(x, tree, including));
}
