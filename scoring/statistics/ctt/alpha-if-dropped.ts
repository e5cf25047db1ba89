import { pick } from '../../numeric/pick.ts';
import { sum } from '../rows.ts';
import { diagonal, type SquareMatrix, totalVariance, withoutDust } from '../basics/covariance-matrix.ts';

/**
 * Alpha of the test without each item in turn. From the covariances: the total loses 2 c_i - s_i², c_i = cov(x_i, T).
 * @returns null where fewer than two items, or no variance, would be left
 */
export function alphaIfDropped(covariances: SquareMatrix): (number | null)[] {
  const k = covariances.length - 1;
  const total = totalVariance(covariances);
  const variances = diagonal(covariances);
  const items = sum(variances);
  return covariances.map((row, i) => {
    const own = pick(variances, i);
    const rest = withoutDust(total - 2 * sum(row) + own, total + own);
    return k < 2 || !(rest > 0) ? null : (k / (k - 1)) * (1 - (items - own) / rest);
  });
}
