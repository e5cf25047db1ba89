import { findRoot } from './find-root.ts';

/**
 * Quantile of a distribution on 0…end from its two tails: the root is sought in the tail that is smaller, so that extreme quantiles keep
 * their relative precision.
 * @param tails lower P(X <= x) and upper P(X > x)
 * @param p probability up to the quantile
 * @param q probability above it, 1 - p, given apart so that a small one keeps its precision
 * @param end right end of the support, may be Infinity
 * @throws RangeError for p outside 0…1
 */
export function findQuantile(
  tails: (x: number) => { readonly lower: number; readonly upper: number },
  p: number,
  q: number,
  end: number,
): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('p: a number 0…1');
  if (p === 0) return 0;
  if (q === 0) return end;
  const miss = p <= q ? (x: number) => tails(x).lower - p : (x: number) => q - tails(x).upper;
  let low = 0;
  let high = Math.min(1, end);
  while (miss(high) < 0) {
    low = high;
    high = Math.min(2 * high, end);
  }
  while (low === 0 && high > 1e-300 && miss(high / 1024) > 0) high /= 1024;
  return findRoot(miss, low, high);
}
