import { sum } from '../rows.ts';
import { correlationMatrix, type SquareMatrix } from '../basics/covariance-matrix.ts';

/** Mean correlation between different items. @returns null for fewer than two items or an item that does not vary */
export function meanInterItemCorrelation(covariances: SquareMatrix): number | null {
  const k = covariances.length;
  const correlations = correlationMatrix(covariances);
  return k < 2 || correlations === null ? null : (sum(correlations.map(sum)) - k) / (k * (k - 1));
}

/** Alpha of standardised items: k r / (1 + (k-1) r), r the mean inter-item correlation (Spearman–Brown). */
export function standardizedAlpha(covariances: SquareMatrix): number | null {
  const r = meanInterItemCorrelation(covariances);
  return r === null ? null : (covariances.length * r) / (1 + (covariances.length - 1) * r);
}
