import { pick } from '../../numeric/pick.ts';
import { column, columnCount, rowTotals, type Rows } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/**
 * Upper–lower discrimination index D: mean mark among the best 27 % of persons by total, minus that among the worst. Persons of equal totals at
 * the border all belong to the group (both groups may be larger than 27 %).
 * Source: T. L. Kelley (1939), Journal of Educational Psychology 30, 17–24.
 * @param share 0…0.5, of each group
 */
export function discriminationIndices(marks: Rows, share = 0.27): number[] {
  const totals = rowTotals(marks);
  const size = Math.max(1, Math.round(share * marks.length));
  const sorted = totals.toSorted((a, b) => a - b);
  const low = pick(sorted, size - 1);
  const high = pick(sorted, sorted.length - size);
  const worst = marks.filter((_, person) => pick(totals, person) <= low);
  const best = marks.filter((_, person) => pick(totals, person) >= high);
  return Array.from(
    { length: columnCount(marks) },
    (_, item) => mean(column(best, item)) - mean(column(worst, item)),
  );
}
