import { fQuantile } from '../../numeric/distributions-beta.ts';

/**
 * Interval of alpha: 1 - (1 - a) F, F the quantiles (1 ± level)/2 with n-1 and (n-1)(k-1) degrees of freedom.
 * Source: L. S. Feldt, D. J. Woodruff, F. A. Salih (1987), Applied Psychological Measurement 11, 93–103.
 * @param n persons, from 2
 * @param k items, from 2
 */
export function feldtInterval(alpha: number, n: number, k: number, level = 0.95): readonly [number, number] {
  const at = (p: number): number => 1 - (1 - alpha) * fQuantile(p, n - 1, (n - 1) * (k - 1));
  return [at((1 + level) / 2), at((1 - level) / 2)];
}
