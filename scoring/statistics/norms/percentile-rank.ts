/**
 * Mid-rank percentile 100 (cf - f/2)/n: the share below plus half of those with the same score. Never 0 or 100 for an observed score, so that the
 * normal quantile exists.
 * @param atOrBelow persons of the norm group with this score or less (cf)
 * @param equal persons with exactly this score (f)
 * @param n persons in the norm group
 */
export const midRankPercentile = (atOrBelow: number, equal: number, n: number): number =>
  (100 * (atOrBelow - equal / 2)) / n;

/** Percentile in the other usual sense, 100 cf/n: the share with this score or less. */
export const percentileAtOrBelow = (atOrBelow: number, n: number): number => (100 * atOrBelow) / n;
