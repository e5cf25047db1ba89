import { pick } from '../../numeric/pick.ts';
import type { OpenRows } from '../rows.ts';

/**
 * Marks of single-choice answers: 1 for the keyed option, 0 for another. A missing answer is 0 (`wrong`) or stays missing (`excluded`).
 * @param chosen persons × items, option numbers
 * @param key option number for each item
 */
export function scoreKey(
  chosen: OpenRows,
  key: readonly number[],
  missing: 'wrong' | 'excluded',
): (number | null)[][] {
  return chosen.map((row) =>
    row.map((option, item) => {
      if (option === null) return missing === 'wrong' ? 0 : null;
      return option === pick(key, item) ? 1 : 0;
    }),
  );
}
