import { pick } from '../../numeric/pick.ts';
import { reverse } from '../../kinds/likert.ts';
import type { OpenRows } from '../rows.ts';

/** Reverses whole columns, r' = min + max - r. @param reversed one for each column */
export const reverseItems = (
  rows: OpenRows,
  reversed: readonly boolean[],
  range: { readonly min: number; readonly max: number },
): (number | null)[][] =>
  rows.map((row) =>
    row.map((value, item) => (value !== null && pick(reversed, item) ? reverse(value, range) : value)),
  );
