import { pick } from '../../numeric/pick.ts';
import { mean } from '../basics/mean.ts';

/**
 * Response-time effort: share of the items with a time whose time is at or above the threshold of the item; the others were answered too fast to be read.
 * Source: S. L. Wise, X. Kong (2005), Applied Measurement in Education 18, 163–183 (flag below 0.90).
 * @returns null when the person has no times
 */
export function responseTimeEffort(
  times: readonly (number | null)[],
  thresholds: readonly number[],
): number | null {
  const solved = times.flatMap((time, item) =>
    time === null ? [] : [time >= pick(thresholds, item) ? 1 : 0],
  );
  return solved.length === 0 ? null : mean(solved);
}
