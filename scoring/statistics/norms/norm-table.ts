import { mean } from '../basics/mean.ts';
import { standardDeviation } from '../basics/variance.ts';
import { normalisedStanine, normalisedZ } from './normalised-score.ts';
import { midRankPercentile, percentileAtOrBelow } from './percentile-rank.ts';
import { iqScore, stanine, sten, tScore, zScore } from './standard-scores.ts';

export interface NormRow {
  readonly raw: number;
  readonly frequency: number;
  readonly atOrBelow: number;
  readonly percentileMidRank: number;
  readonly percentileAtOrBelow: number;
  /** linear transformations */
  readonly z: number;
  readonly t: number;
  readonly iq: number;
  readonly sten: number;
  readonly stanine: number;
  /** area transformations */
  readonly normalisedZ: number;
  readonly normalisedT: number;
  readonly normalisedSten: number;
  readonly normalisedStanine: number;
}

export interface NormTable {
  readonly n: number;
  readonly mean: number;
  /** standard deviation, n - 1 */
  readonly deviation: number;
  /** observed raw scores, ascending */
  readonly rows: readonly NormRow[];
}

/** Fewest persons for which norms may be printed beside a person's score (design, rule 9). The arithmetic works from 2. */
export const fewestForNorms = 200;

/**
 * Norms of one group: every observed raw score in all usual metrics. No smoothing, and nothing for a raw score that nobody had: a table is not
 * extrapolated.
 * @returns null when the scores do not vary, or there are fewer than two
 */
export function normTable(scores: readonly number[]): NormTable | null {
  const n = scores.length;
  if (n < 2) return null;
  const centre = mean(scores);
  const deviation = standardDeviation(scores);
  if (deviation === 0) return null;
  const frequencies = new Map<number, number>();
  for (const score of scores) frequencies.set(score, (frequencies.get(score) ?? 0) + 1);
  let atOrBelow = 0;
  const rows = [...frequencies]
    .sort(([a], [b]) => a - b)
    .map(([raw, frequency]): NormRow => {
      atOrBelow += frequency;
      const z = zScore(raw, centre, deviation);
      const normalised = normalisedZ(atOrBelow, frequency, n);
      return {
        raw,
        frequency,
        atOrBelow,
        percentileMidRank: midRankPercentile(atOrBelow, frequency, n),
        percentileAtOrBelow: percentileAtOrBelow(atOrBelow, n),
        z,
        t: tScore(z),
        iq: iqScore(z),
        sten: sten(z),
        stanine: stanine(z),
        normalisedZ: normalised,
        normalisedT: tScore(normalised),
        normalisedSten: sten(normalised),
        normalisedStanine: normalisedStanine(atOrBelow, frequency, n),
      };
    });
  return { n, mean: centre, deviation, rows };
}
