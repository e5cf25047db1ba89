import { pick } from '../../numeric/pick.ts';
import { sum } from '../rows.ts';
import { diagonal, type SquareMatrix, totalVariance, withoutDust } from '../basics/covariance-matrix.ts';

const ratio = (covariance: number, a: number, b: number): number | null =>
  a > 0 && b > 0 ? Math.max(-1, Math.min(1, covariance / Math.sqrt(a * b))) : null;

/**
 * Correlation of each item with the total that contains it; for 0/1 items the point-biserial correlation. It flatters short tests, since the
 * item is part of the total: decisions use the corrected one.
 * @param covariances of the items
 * @returns null for an item, or a total, that does not vary
 */
export function itemTotalCorrelations(covariances: SquareMatrix): (number | null)[] {
  const total = totalVariance(covariances);
  const variances = diagonal(covariances);
  return covariances.map((row, i) => ratio(sum(row), pick(variances, i), total));
}

/**
 * Corrected item–total correlation r(x_i, T - x_i), the discrimination of the item.
 *   cov(x_i, T - x_i) = c_i - s_i²,   var(T - x_i) = s_T² - 2 c_i + s_i²,   c_i = cov(x_i, T)
 * Source: S. Henrysson (1963), Psychometrika 28, 211–218.
 * @returns null for an item, or a rest, that does not vary; negative: look for a wrong key
 */
export function correctedItemTotals(covariances: SquareMatrix): (number | null)[] {
  const total = totalVariance(covariances);
  const variances = diagonal(covariances);
  return covariances.map((row, i) => {
    const own = pick(variances, i);
    const withTotal = sum(row);
    return ratio(withTotal - own, own, withoutDust(total - 2 * withTotal + own, total + own));
  });
}
