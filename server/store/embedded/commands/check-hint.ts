import type { Collection } from '../catalog.ts';
import { CommandError } from '../command-error.ts';
import { encodeDoc, isDoc } from '../decode-bson.ts';

/** A hint does not change results, so it is only checked: it must name an index that exists. */
export function checkHint(c: Collection | undefined, hint: unknown): void {
  if (hint === undefined || hint === null) return;
  if (isDoc(hint) && Object.keys(hint).length === 0) return;
  const natural = hint === '$natural' || (isDoc(hint) && Object.hasOwn(hint, '$natural'));
  if (natural || c === undefined) return;
  const found = c.indexes.some(
    (i) => i.name === hint || (isDoc(hint) && encodeDoc({ k: i.spec['key'] }).equals(encodeDoc({ k: hint }))),
  );
  if (!found) throw new CommandError(2, 'hint provided does not correspond to an existing index');
}
