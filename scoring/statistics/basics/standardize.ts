import { mean } from './mean.ts';
import { standardDeviation } from './variance.ts';

/** z scores with the standard deviation of n - 1. @returns null when the values do not vary */
export function standardize(values: readonly number[]): number[] | null {
  const spread = standardDeviation(values);
  if (spread === 0) return null;
  const centre = mean(values);
  return values.map((value) => (value - centre) / spread);
}
