import { betaDensity } from '../../numeric/distributions-beta.ts';
import { pick } from '../../numeric/pick.ts';
import { mean } from '../basics/mean.ts';

/** Beta distribution of true scores, as shares of the maximum, between two bounds. */
export interface TrueScores {
  readonly alpha: number;
  readonly beta: number;
  /** 0 ≤ lower < upper ≤ 1 */
  readonly lower: number;
  readonly upper: number;
}

/** Which bounds: `2P` fixed (0 and 1 unless given), `4P` estimated from the third and fourth moment. */
export type TrueScoreModel = '2P' | '4P';

/** Density at a distance from both bounds. */
export function trueScoreDensity(
  fromLower: number,
  toUpper: number,
  { alpha, beta, lower, upper }: TrueScores,
): number {
  const width = upper - lower;
  return betaDensity(fromLower / width, toUpper / width, alpha, beta) / width;
}

/** x(x-1)…(x-r+1), and 0 where x < r: for whole x it is so by itself, for effective (broken) scores it is taken so. */
function fallingFactorial(x: number, r: number): number {
  if (x < r) return 0;
  let product = 1;
  for (let i = 0; i < r; i++) product *= x - i;
  return product;
}

/**
 * First four raw moments of the true scores from observed scores on n items with Lord's k of the two-term error model (0: binomial).
 * Source: F. M. Lord (1965), Psychometrika 30, 239–270, equation 37; B. A. Hanson (1991), ACT Research Report 91-5.
 * @param scores 0…n, may be broken
 */
export function trueScoreMoments(scores: readonly number[], n: number, k: number): readonly number[] {
  const moments = [1, mean(scores) / n];
  for (let r = 2; r <= 4; r++) {
    const observed =
      mean(scores.map((score) => fallingFactorial(score, r))) /
      (r === 2 ? 1 : fallingFactorial(n - 2, r - 2));
    const weight = k * fallingFactorial(r, 2);
    moments.push((observed + weight * pick(moments, r - 1)) / (fallingFactorial(n, 2) + weight));
  }
  return moments;
}

/** Beta distribution with given bounds, mean and variance. */
function fitTwo(average: number, variance: number, lower: number, upper: number): TrueScores {
  const width = upper - lower;
  const m = (average - lower) / width;
  const sum = (m * (1 - m) * width * width) / variance - 1;
  return { alpha: m * sum, beta: (1 - m) * sum, lower, upper };
}

/** Beta distribution with given mean, variance, skewness and kurtosis: Hanson (1991), after Lord (1965). */
function fitFour(average: number, variance: number, skewness: number, kurtosis: number): TrueScores {
  const r = (6 * (kurtosis - skewness * skewness - 1)) / (6 + 3 * skewness * skewness - 2 * kurtosis);
  const spread = Math.sqrt(1 - (24 * (r + 1)) / ((r + 2) * (r + 3) * kurtosis - 3 * (r - 6) * (r + 1)));
  const large = (r / 2) * (1 + spread);
  const small = (r / 2) * (1 - spread);
  const [alpha, beta] = skewness < 0 ? [large, small] : [small, large];
  const unit = Math.sqrt((variance * (alpha + beta + 1)) / (alpha * beta));
  return { alpha, beta, lower: average - alpha * unit, upper: average + beta * unit };
}

const permissible = ({ alpha, beta, lower, upper }: TrueScores): boolean =>
  alpha > 0 && beta > 0 && lower >= 0 && lower < upper && upper <= 1;

export interface TrueScoreFit extends TrueScores {
  /** the model that was used: 2P where 4P had no permissible solution */
  readonly model: TrueScoreModel;
}

/**
 * Method of moments. The four-parameter fit often has no permissible solution (a bound outside 0…1): then the two-parameter one is used, and the result
 * says so.
 * @param bounds of the two-parameter model
 * @returns null when that has none either (true variance not positive: reliability too low for these scores)
 */
export function fitTrueScores(
  moments: readonly number[],
  model: TrueScoreModel,
  bounds: { readonly lower: number; readonly upper: number } = { lower: 0, upper: 1 },
): TrueScoreFit | null {
  const m1 = pick(moments, 1);
  const m2 = pick(moments, 2);
  const m3 = pick(moments, 3);
  const variance = m2 - m1 * m1;
  if (model === '4P') {
    const deviation = Math.sqrt(variance);
    const third = m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1;
    const fourth = pick(moments, 4) - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 * m1 * m1 * m1;
    const four = fitFour(m1, variance, third / (variance * deviation), fourth / (variance * variance));
    if (permissible(four)) return { ...four, model: '4P' };
  }
  const two = fitTwo(m1, variance, bounds.lower, bounds.upper);
  return permissible(two) ? { ...two, model: '2P' } : null;
}
