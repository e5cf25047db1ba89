import { sum } from '../rows.ts';
import { diagonal, type SquareMatrix, totalVariance } from '../basics/covariance-matrix.ts';

/**
 * Cronbach's alpha, k/(k-1) · (1 - sum of item variances / variance of the total).
 * Source: L. J. Cronbach (1951), Psychometrika 16, 297–334. Items must be reversed beforehand; forgotten reversal can make it negative.
 * @param covariances of k items
 * @returns null for fewer than two items or a total that does not vary
 */
export function cronbachAlpha(covariances: SquareMatrix): number | null {
  const k = covariances.length;
  const total = totalVariance(covariances);
  return k < 2 || !(total > 0) ? null : (k / (k - 1)) * (1 - sum(diagonal(covariances)) / total);
}
