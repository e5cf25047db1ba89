import { percentileRank, type ScoreDistribution, scoreAtRank } from './score-distribution.ts';

/**
 * Equipercentile conversion of a score on form X to the scale of form Y, for equivalent groups, without smoothing: the score of Y with the
 * same percentile rank. Symmetric where both distributions have no gaps.
 * Source: Kolen & Brennan (2014), section 2.4.
 */
export const equipercentile = (x: ScoreDistribution, y: ScoreDistribution, score: number): number =>
  scoreAtRank(y, percentileRank(x, score));
