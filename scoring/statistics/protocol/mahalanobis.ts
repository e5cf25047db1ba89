import { chiSquareQuantile } from '../../numeric/distributions-gamma.ts';
import { mean } from '../basics/mean.ts';
import { cholesky, solveLower } from '../basics/cholesky.ts';
import { covarianceMatrix } from '../basics/covariance-matrix.ts';
import { pick } from '../../numeric/pick.ts';
import { type Rows, transpose } from '../rows.ts';

/**
 * Squared Mahalanobis distance of each person from the mean of the sample, with the sample's covariance (n - 1).
 * Source: P. C. Mahalanobis (1936); as an index of careless answering A. W. Meade, S. B. Craig (2012), Psychological Methods 17, 437–455.
 * @returns null when the covariance cannot be inverted (an item is a sum of others, or no more persons than items)
 */
export function mahalanobisDistances(rows: Rows): number[] | null {
  const lower = cholesky(covarianceMatrix(rows));
  if (lower === null) return null;
  const centre = transpose(rows).map(mean);
  return rows.map((row) => {
    const y = solveLower(
      lower,
      row.map((value, item) => value - pick(centre, item)),
    );
    return y.reduce((total, value) => total + value * value, 0);
  });
}

/** Cutoff of the squared distance: quantile of chi-square with as many degrees as items; supposes normal answers, so in truth it flags more. */
export const mahalanobisCutoff = (items: number, level: number): number => chiSquareQuantile(level, items);
