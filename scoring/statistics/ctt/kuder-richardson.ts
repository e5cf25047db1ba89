import { column, columnCount, rowTotals, type Rows, sum } from '../rows.ts';
import { mean } from '../basics/mean.ts';
import { variance } from '../basics/variance.ts';

/**
 * Kuder–Richardson formula 20 for 0/1 marks: k/(k-1) · (1 - sum pq / s_T²) with the variance of the total divided by n, so that it equals alpha
 * exactly (pq is the item variance divided by n).
 * Source: G. F. Kuder, M. W. Richardson (1937), Psychometrika 2, 151–160.
 * @returns null for one item or a total that does not vary
 */
export function kr20(marks: Rows): number | null {
  const k = columnCount(marks);
  const total = variance(rowTotals(marks), 'population');
  if (k < 2 || total === 0) return null;
  const items = sum(
    Array.from({ length: k }, (_, item) => {
      const p = mean(column(marks, item));
      return p * (1 - p);
    }),
  );
  return (k / (k - 1)) * (1 - items / total);
}

/**
 * Kuder–Richardson formula 21: KR-20 as if all items were equally difficult, k/(k-1) · (1 - M(k-M)/(k s_T²)); never above KR-20.
 * @param totals numbers of right answers
 * @param k items
 * @returns null for one item or totals that do not vary
 */
export function kr21(totals: readonly number[], k: number): number | null {
  const total = variance(totals, 'population');
  const m = mean(totals);
  return k < 2 || total === 0 ? null : (k / (k - 1)) * (1 - (m * (k - m)) / (k * total));
}
