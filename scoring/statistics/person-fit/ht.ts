import { at } from '../../numeric/at.ts';
import { pick } from '../../numeric/pick.ts';
import { columnCount, rowTotals, type Rows } from '../rows.ts';

/**
 * HT: covariance of a person's answers with the sums of all others, over the largest it could be with the same numbers of right answers; near
 * 1 the person orders the items as others do, near 0 or below not.
 * Source: K. Sijtsma (1986), Kwantitatieve Methoden 22, 131–145; K. Sijtsma, R. R. Meijer (1992), Applied Psychological Measurement 16, 149–157.
 * @param rows persons × items, 0 and 1, the whole sample
 * @returns for each person; null for none or all right, who also do not count in the sums over persons
 */
export function htOfAll(rows: Rows): (number | null)[] {
  const k = columnCount(rows);
  const totals = rowTotals(rows);
  const varies = totals.map((total) => total > 0 && total < k);

  const easiness = new Float64Array(k);
  for (const row of rows) row.forEach((value, j) => (easiness[j] = at(easiness, j) + value));
  const meanEasiness = totals.reduce((sum, total) => sum + total, 0) / k;

  /** varying persons by number right */
  const counts = Array.from({ length: k + 1 }, () => 0);
  totals.forEach((total, i) => {
    if (pick(varies, i)) counts[total] = pick(counts, total) + 1;
  });
  /**
   * Σ over the other persons of the largest covariance two persons with these numbers right can have: the smaller share right times the larger
   * share wrong.
   */
  const largest = counts.map((_, right) => {
    const own = right / k;
    const sum = counts.reduce((total, count, other) => {
      const share = other / k;
      return total + count * (other < right ? share * (1 - own) : own * (1 - share));
    }, 0);
    // the person is not compared with himself or herself
    return sum - own * (1 - own);
  });

  return rows.map((row, i) => {
    const total = pick(totals, i);
    if (!pick(varies, i)) return null;
    const mean = total / k;
    // Σ (x - mean)(S - x - mean of S - x) / k over the items
    const covariance =
      row.reduce((sum, x, j) => sum + (x - mean) * (at(easiness, j) - x - (meanEasiness - mean)), 0) / k;
    const most = pick(largest, total);
    return most > 0 ? covariance / most : null;
  });
}
