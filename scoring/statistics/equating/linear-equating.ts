import type { Moments } from './score-distribution.ts';

/** A straight conversion of form X to the scale of form Y: y = intercept + slope · x. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

export const convert = ({ slope, intercept }: Line, x: number): number => intercept + slope * x;

/** Conversion by equal means: forms that differ in difficulty alone, by a constant. */
export const meanLine = (x: Pick<Moments, 'mean'>, y: Pick<Moments, 'mean'>): Line => ({
  slope: 1,
  intercept: y.mean - x.mean,
});

/**
 * Conversion by equal means and standard deviations. It is symmetric: the line from Y to X is its inverse.
 * Source: Kolen & Brennan (2014), section 2.3.
 * @throws RangeError when the scores of X do not vary
 */
export function deviationLine(x: Omit<Moments, 'n'>, y: Omit<Moments, 'n'>): Line {
  if (!(x.deviation > 0)) throw new RangeError('the scores of form X do not vary');
  const slope = y.deviation / x.deviation;
  return { slope, intercept: y.mean - slope * x.mean };
}
