import { pick } from '../../numeric/pick.ts';

/** Frequencies of the scores from `lowest` on, in steps of 1; they may be weighted and need not be whole. */
export interface ScoreDistribution {
  readonly lowest: number;
  readonly frequencies: readonly number[];
}

/** Number, mean and standard deviation of a distribution of scores; deviations are divided by n. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Counts scores on a scale.
 * @throws RangeError for a score that is no whole number of the scale
 */
export function countScores(scores: readonly number[], lowest: number, highest: number): ScoreDistribution {
  const frequencies = Array.from({ length: highest - lowest + 1 }, () => 0);
  for (const score of scores) {
    if (!Number.isInteger(score) || score < lowest || score > highest)
      throw new RangeError(`score ${score} is not on the scale ${lowest}…${highest}`);
    frequencies[score - lowest] = pick(frequencies, score - lowest) + 1;
  }
  return { lowest, frequencies };
}

/** Moments of a distribution. @throws RangeError when it is empty */
export function moments({ lowest, frequencies }: ScoreDistribution): Moments {
  const n = frequencies.reduce((sum, f) => sum + f, 0);
  if (!(n > 0)) throw new RangeError('a distribution without persons');
  const mean = frequencies.reduce((sum, f, i) => sum + f * (lowest + i), 0) / n;
  const squares = frequencies.reduce((sum, f, i) => sum + f * (lowest + i - mean) * (lowest + i - mean), 0);
  return { n, mean, deviation: Math.sqrt(squares / n) };
}

/** Differences of probabilities below this are noise of binary arithmetic. */
const noise = 1e-10;

/**
 * Share of persons below a score, half of those at it (percentile rank / 100): within half a point of a whole score persons are taken to be
 * spread evenly.
 * Source: M. J. Kolen, R. L. Brennan (2014), Test Equating, Scaling, and Linking, section 2.4.
 * @param x any number; below the scale 0, above it 1
 */
export function percentileRank({ lowest, frequencies }: ScoreDistribution, x: number): number {
  const n = frequencies.reduce((sum, f) => sum + f, 0);
  const whole = Math.floor(x + 0.5);
  if (whole < lowest) return 0;
  if (whole >= lowest + frequencies.length) return 1;
  const below = frequencies.slice(0, whole - lowest).reduce((sum, f) => sum + f, 0);
  return (below + (x - (whole - 0.5)) * pick(frequencies, whole - lowest)) / n;
}

/**
 * Score with a given percentile rank, the inverse of percentileRank. Where scores that nobody has make it a stretch of scores, the middle of
 * the stretch; at 0 the lower end of the scale, at 1 its upper end, half a point beyond the last scores (as equate does, Albano 2016,
 * J. Stat. Softw. 74(8)).
 * @param p 0…1
 */
export function scoreAtRank({ lowest, frequencies }: ScoreDistribution, p: number): number {
  const n = frequencies.reduce((sum, f) => sum + f, 0);
  if (p <= noise) return lowest - 0.5;
  if (p >= 1 - noise) return lowest + frequencies.length - 0.5;
  let cumulated = 0;
  /** the two ends of the stretch; the same for most ranks */
  let low = NaN;
  let high = NaN;
  frequencies.forEach((f, i) => {
    const before = cumulated;
    cumulated += f / n;
    const within = lowest + i - 0.5 + (p - before) / (cumulated - before);
    if (Number.isNaN(low) && cumulated >= p - noise) low = within;
    if (Number.isNaN(high) && cumulated > p + noise) high = within;
  });
  return (low + high) / 2;
}
