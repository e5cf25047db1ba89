import { normalCdf, normalQuantile } from '../../numeric/distributions-normal.ts';
import { pick } from '../../numeric/pick.ts';
import { type Rows, sum, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';

const square = (x: number): number => x * x;

export interface ThurstoneScale {
  /** least preferred 0 */
  readonly values: readonly number[];
  /** 1 - Σ(model - data)² / Σ data² */
  readonly fit: number;
}

/**
 * Paired comparisons, Thurstone's case V: means over rivals of the normal quantiles of the shares.
 * Source: L. L. Thurstone (1927), Psychological Review 34, 273–286; least squares: F. Mosteller (1951), Psychometrika 16, 3–9.
 * @param preferred share of persons who preferred the column to the row; 0.5 in the diagonal
 * @throws RangeError for a share of 0 or 1: unanimity has no finite distance
 */
export function thurstoneScale(preferred: Rows): ThurstoneScale {
  if (preferred.some((row) => row.some((share) => !(share > 0 && share < 1))))
    throw new RangeError('shares between 0 and 1');
  const means = transpose(preferred).map((shares) => mean(shares.map(normalQuantile)));
  const least = Math.min(...means);
  const values = means.map((value) => value - least);
  const misses = preferred.map((row, i) =>
    sum(row.map((share, j) => square(normalCdf(pick(values, j) - pick(values, i)) - share))),
  );
  return { values, fit: 1 - sum(misses) / sum(preferred.flat().map(square)) };
}
