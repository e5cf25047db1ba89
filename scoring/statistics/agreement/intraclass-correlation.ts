import { columnCount, type Rows, sum, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';
import { sumOfSquares } from '../basics/variance.ts';

/** The six forms of Shrout & Fleiss. Single rating, then mean of all raters. */
export interface IntraclassCorrelations {
  /** one-way random: every target has other raters */
  readonly icc1: number;
  /** two-way random, absolute agreement: raters are a sample, their severity counts */
  readonly icc2: number;
  /** two-way mixed, consistency: these raters only, severity does not count */
  readonly icc3: number;
  readonly icc1k: number;
  readonly icc2k: number;
  readonly icc3k: number;
}

/**
 * Intraclass correlations from the two-way analysis of variance. May be negative; they are not cut at 0.
 * Source: P. E. Shrout, J. L. Fleiss (1979), Psychological Bulletin 86, 420–428.
 * @param ratings targets × raters, complete
 * @returns null for fewer than two targets or raters, or when targets do not differ at all
 */
export function intraclassCorrelations(ratings: Rows): IntraclassCorrelations | null {
  const n = ratings.length;
  if (n < 2) return null;
  const k = columnCount(ratings);
  if (k < 2) return null;
  const between = k * sumOfSquares(ratings.map(mean));
  if (between === 0) return null;
  const judges = n * sumOfSquares(transpose(ratings).map(mean));
  const within = sum(ratings.map(sumOfSquares));
  const msb = between / (n - 1);
  const msj = judges / (k - 1);
  const msw = within / (n * (k - 1));
  const mse = (within - judges) / ((n - 1) * (k - 1));
  return {
    icc1: (msb - msw) / (msb + (k - 1) * msw),
    icc2: (msb - mse) / (msb + (k - 1) * mse + (k * (msj - mse)) / n),
    icc3: (msb - mse) / (msb + (k - 1) * mse),
    icc1k: (msb - msw) / msb,
    icc2k: (msb - mse) / (msb + (msj - mse) / n),
    icc3k: (msb - mse) / msb,
  };
}
