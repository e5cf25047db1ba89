import { errorOfDifference } from '../scores/standard-error.ts';

export type Change = 'reliable-increase' | 'no-change' | 'reliable-decrease';

/**
 * Reliable change index (x2 - x1) / (s·sqrt(2(1-r))).
 * Source: N. S. Jacobson, P. Truax (1991), Journal of Consulting and Clinical Psychology 59, 12–19.
 * @param deviation of the first round, n - 1
 * @param reliability which one must be declared: alpha of the first round, or the retest correlation (smaller, so fewer reliable changes)
 */
export const reliableChange = (
  first: number,
  second: number,
  deviation: number,
  reliability: number,
): number => (second - first) / errorOfDifference(deviation, reliability);

/** What the index says: beyond the critical value, reliable. @param critical 1.96 for 95 % */
export function classifyChange(index: number, critical = 1.96): Change {
  if (index > critical) return 'reliable-increase';
  return index < -critical ? 'reliable-decrease' : 'no-change';
}
