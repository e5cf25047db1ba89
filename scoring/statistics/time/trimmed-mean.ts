import { mean } from '../basics/mean.ts';
import { standardDeviation } from '../basics/variance.ts';

/**
 * Mean after dropping floor(n · share) values from each end.
 * @param share 0…0.5, from each end
 * @throws RangeError for no values, or a share of 0.5 and more
 */
export function trimmedMean(values: readonly number[], share: number): number {
  if (!(share >= 0 && share < 0.5)) throw new RangeError('share: a number 0…0.5');
  const drop = Math.floor(values.length * share);
  return mean(values.toSorted((a, b) => a - b).slice(drop, values.length - drop));
}

/** The values within so many standard deviations (n - 1) of their mean, in one pass. Fewer than two values are kept as they are. */
export function withinDeviations(values: readonly number[], deviations: number): number[] {
  if (values.length < 2) return [...values];
  const centre = mean(values);
  const limit = deviations * standardDeviation(values);
  return values.filter((value) => Math.abs(value - centre) <= limit);
}
