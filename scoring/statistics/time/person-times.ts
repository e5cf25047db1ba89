import { log } from '../../numeric/elementary.ts';
import { mean } from '../basics/mean.ts';
import { median } from '../basics/quantile.ts';
import { standardDeviation } from '../basics/variance.ts';
import { trimmedMean, withinDeviations } from './trimmed-mean.ts';

export interface PersonTimes {
  readonly median: number;
  readonly mean: number;
  /** n - 1; null for one time */
  readonly deviation: number | null;
  /** mean without the lowest and highest share */
  readonly trimmedMean: number;
  /** mean of log(max(t, floor)) */
  readonly meanLog: number;
  /** deviation over mean */
  readonly variation: number | null;
  /** mean of the times near the person's own mean */
  readonly meanWithin: number;
}

/** What to cut: share from each end, deviations for `meanWithin`, least time for the logarithm (unit of the times). */
export interface TimeCuts {
  readonly share: number;
  readonly deviations: number;
  readonly floor: number;
}

/**
 * Usual summaries of one person's times.
 * Source: R. Ratcliff (1993), Methods for dealing with reaction time outliers, Psychological Bulletin 114, 510–532.
 * @returns null for no times
 */
export function personTimes(
  times: readonly number[],
  { share, deviations, floor }: TimeCuts = { share: 0.1, deviations: 2.5, floor: 0.5 },
): PersonTimes | null {
  if (times.length === 0) return null;
  const centre = mean(times);
  const deviation = times.length < 2 ? null : standardDeviation(times);
  return {
    median: median(times),
    mean: centre,
    deviation,
    trimmedMean: trimmedMean(times, share),
    meanLog: mean(times.map((time) => log(Math.max(time, floor)))),
    variation: deviation === null ? null : deviation / centre,
    meanWithin: mean(withinDeviations(times, deviations)),
  };
}

/**
 * Inverse efficiency score: mean time over the share of right answers. Of use only where errors are few.
 * Source: J. T. Townsend, F. G. Ashby (1983), The Stochastic Modeling of Elementary Psychological Processes.
 * @returns null when nothing was right
 */
export const inverseEfficiency = (meanTime: number, right: number): number | null =>
  right > 0 ? meanTime / right : null;
