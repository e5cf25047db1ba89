/** Walking to the place that an update operator changes. */
import { CommandError } from './command-error.ts';
import { fieldOf, isDoc, setField } from './decode-bson.ts';

export type Container = object;

/** A far index would fill the gap with nulls. */
const maxArrayIndex = 1_500_000;

/**
 * The document or array that holds the last name of the path.
 * @param create makes the documents on the way; otherwise null where the path ends early
 * @throws CommandError PathNotViable when a scalar stands in the way
 */
export function parentOf(doc: Container, names: readonly string[], create: boolean): Container | null {
  let node: Container = doc;
  for (let i = 0; i < names.length - 1; i++) {
    const name = names[i] ?? '';
    const next = fieldOf(node, name);
    if (Array.isArray(next) || isDoc(next)) {
      node = next;
      continue;
    }
    if (!create) return null;
    if (next !== undefined)
      throw new CommandError(
        28,
        `Cannot create field '${names[i + 1] ?? ''}' in element {${name}: ${typeof next}}`,
      );
    const made = {};
    assign(node, name, made);
    node = made;
  }
  return node;
}

/** Sets a field of a document or a position of an array; positions between are filled with null, as MongoDB does. */
export function assign(node: Container, name: string, value: unknown): void {
  if (!Array.isArray(node)) {
    setField(node, name, value);
    return;
  }
  if (!/^\d+$/.test(name)) throw new CommandError(28, `Cannot create field '${name}' in an array`);
  const index = Number(name);
  if (index > maxArrayIndex) throw new CommandError(2, `array index ${index} is too large`);
  while (node.length < index) node.push(null);
  node[index] = value;
}

/** @throws CommandError EmptyFieldName, BadValue for positional operators that the embedded store does not have */
export function splitUpdatePath(path: string): string[] {
  const names = path.split('.');
  if (names.includes(''))
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  if (names.length > 100) throw new CommandError(15, 'update path is too deep');
  if (names.some((n) => n.startsWith('$[')))
    throw new CommandError(2, `array filters and '$[]' are not supported by the embedded store: '${path}'`);
  if (names[0]?.startsWith('$') === true)
    throw new CommandError(52, `The dollar ($) prefixed field '${path}' is not allowed in an update.`);
  return names;
}
