import { sum } from '../rows.ts';
import { diagonal, type SquareMatrix, totalVariance } from '../basics/covariance-matrix.ts';

/**
 * Guttman's lambda 2, a lower bound of reliability never below alpha:
 *   (s_T² - sum s_i² + sqrt(k/(k-1) · sum of squared covariances of different items)) / s_T².
 * Source: L. Guttman (1945), Psychometrika 10, 255–282. On covariances, as Guttman has it; some programs take correlations instead.
 * @returns null for fewer than two items or a total that does not vary
 */
export function guttmanLambda2(covariances: SquareMatrix): number | null {
  const k = covariances.length;
  const total = totalVariance(covariances);
  if (k < 2 || !(total > 0)) return null;
  const squares = sum(covariances.map((row, i) => sum(row.map((value, j) => (i === j ? 0 : value * value)))));
  return (total - sum(diagonal(covariances)) + Math.sqrt((k / (k - 1)) * squares)) / total;
}
