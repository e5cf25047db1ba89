import { pick } from '../../numeric/pick.ts';
import { leastSquares } from '../basics/least-squares.ts';
import { type Rows, sum } from '../rows.ts';
import { zScore } from './standard-scores.ts';

export interface RegressionNorm {
  /** intercept first, then one for each variable */
  readonly coefficients: readonly number[];
  /** residual standard deviation, over n - number of coefficients */
  readonly deviation: number;
  readonly n: number;
  /** smallest and largest value of each variable in the norm group: outside of them there is no norm */
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
}

/**
 * Norms by regression: the score expected for a person's declared variables (such as age and sex coded 0/1), and the spread about it. Supposes a
 * linear effect and normal residuals of one variance.
 * Source: G. J. P. Van Breukelen, J. W. S. Vlaeyen (2005), Psychological Assessment 17, 336–344.
 * @param variables persons × variables
 * @returns null when the variables depend on each other linearly or persons are too few
 */
export function regressionNorm(variables: Rows, scores: readonly number[]): RegressionNorm | null {
  const fit = leastSquares(variables, scores);
  if (fit === null) return null;
  return {
    coefficients: fit.coefficients,
    deviation: fit.residualDeviation,
    n: scores.length,
    ranges: pick(variables, 0).map((_, j) => {
      const values = variables.map((row) => pick(row, j));
      return { min: Math.min(...values), max: Math.max(...values) };
    }),
  };
}

/**
 * z of a score against the persons of the same variables.
 * @returns null where a variable lies outside the norm group: nothing is extrapolated
 */
export function regressionZ(
  norm: RegressionNorm,
  variables: readonly number[],
  score: number,
): number | null {
  const outside = norm.ranges.some(({ min, max }, j) => pick(variables, j) < min || pick(variables, j) > max);
  if (outside) return null;
  const slopes = norm.coefficients.slice(1);
  const expected = pick(norm.coefficients, 0) + sum(slopes.map((slope, j) => slope * pick(variables, j)));
  return zScore(score, expected, norm.deviation);
}
