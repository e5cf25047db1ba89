import { normalQuantile } from '../../numeric/distributions-normal.ts';
import { midRankPercentile } from './percentile-rank.ts';

/**
 * Area transformation: the z that has the mid-rank percentile of the score, so that the norm group becomes normal. T = 50 + 10 z is then the
 * normalised T-score.
 * Source: W. A. McCall (1922), How to Measure in Education.
 */
export const normalisedZ = (atOrBelow: number, equal: number, n: number): number =>
  normalQuantile(midRankPercentile(atOrBelow, equal, n) / 100);

/** Upper ends of stanines 1…8 in percent: 4, 7, 12, 17, 20, 17, 12, 7, 4 % of persons. */
const stanineCuts = [4, 11, 23, 40, 60, 77, 89, 96];

/** Stanine by percentile: a mid-rank percentile equal to a cut belongs to the upper stanine. Compared in whole numbers, so without rounding. */
export const normalisedStanine = (atOrBelow: number, equal: number, n: number): number =>
  1 + stanineCuts.filter((cut) => 100 * (2 * atOrBelow - equal) >= cut * 2 * n).length;
