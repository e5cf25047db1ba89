import { pick } from '../../numeric/pick.ts';

/**
 * Quantile by linear interpolation between order statistics: position 1 + (n - 1)p, type 7 of Hyndman & Fan (1996), American Statistician
 * 50, 361–365 (the default of R).
 * @param p 0…1
 * @throws RangeError for an empty list or p outside 0…1
 */
export function quantile(values: readonly number[], p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('p: a number 0…1');
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = pick(sorted, below);
  const high = pick(sorted, Math.min(below + 1, sorted.length - 1));
  return low + (position - below) * (high - low);
}

/** Middle value; the mean of the middle two of an even number. @throws RangeError for an empty list */
export const median = (values: readonly number[]): number => quantile(values, 0.5);
