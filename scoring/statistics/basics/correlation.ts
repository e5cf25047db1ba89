import { pick } from '../../numeric/pick.ts';
import { completePairs, sum } from '../rows.ts';
import { mean } from './mean.ts';
import { sumOfSquares } from './variance.ts';

/**
 * Pearson's product-moment correlation.
 * @returns null when either variable does not vary, or there are fewer than two pairs: not defined is not 0
 * @throws RangeError for lists of unequal length
 */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new RangeError('lists of unequal length');
  if (x.length < 2) return null;
  const spread = Math.sqrt(sumOfSquares(x) * sumOfSquares(y));
  if (spread === 0) return null;
  const mx = mean(x);
  const my = mean(y);
  const r = sum(x.map((value, i) => (value - mx) * (pick(y, i) - my))) / spread;
  return Math.max(-1, Math.min(1, r));
}

/** Correlation over the pairs in which both are present. */
export const pairwiseCorrelation = (
  x: readonly (number | null)[],
  y: readonly (number | null)[],
): number | null => correlation(...completePairs(x, y));
