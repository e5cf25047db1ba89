import { sum } from '../rows.ts';
import { mean } from './mean.ts';

/** What the sum of squares is divided by: `sample` n - 1 (the default of this engine), `population` n. */
export type Divisor = 'sample' | 'population';

/** Sum of squared deviations from the mean, in two passes; exactly 0 when all values are equal. */
export function sumOfSquares(values: readonly number[]): number {
  const first = values[0];
  if (values.every((value) => value === first)) return 0;
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) * (value - centre)));
}

/**
 * Variance, divided by n - 1 unless said otherwise.
 * @throws RangeError for fewer than two values (population: one)
 */
export function variance(values: readonly number[], divisor: Divisor = 'sample'): number {
  const n = divisor === 'sample' ? values.length - 1 : values.length;
  if (n < 1) throw new RangeError('variance of too few values');
  return sumOfSquares(values) / n;
}

/** Square root of the variance. @throws RangeError as variance does */
export const standardDeviation = (values: readonly number[], divisor: Divisor = 'sample'): number =>
  Math.sqrt(variance(values, divisor));
