import { limitsAround, normalHalfWidth } from '../../numeric/distributions-normal.ts';
import { errorOfEstimate, errorOfMeasurement, errorOfPrediction } from './standard-error.ts';

export interface ScoreIntervals {
  /** x ± z SEM: where the observed score would lie again, were x the true score */
  readonly observed: readonly [number, number];
  /** Kelley's regressed estimate of the true score, M + r(x - M) */
  readonly kelley: number;
  /** Kelley's estimate ± z SEE: the interval of the true score */
  readonly trueScore: readonly [number, number];
  /** Kelley's estimate ± z SEM: wider, and used by some test manuals */
  readonly trueScoreWithSem: readonly [number, number];
  /** M + r(x - M) ± z SEP: where a second observed score is to be expected */
  readonly prediction: readonly [number, number];
}

/**
 * Intervals of one observed score under classical test theory. They suppose a reference group to which the person belongs, and one error variance for
 * everybody; near the ends the conditional errors (Lord, Keats) say more.
 * Source: F. M. Lord, M. R. Novick (1968), Statistical Theories of Mental Test Scores, 3.7–3.8; T. L. Kelley (1947), Fundamentals of Statistics.
 * @param reference mean and standard deviation (n - 1) of the group
 * @param reliability 0…1
 * @param level of confidence, two-sided
 */
export function scoreIntervals(
  score: number,
  reference: { readonly mean: number; readonly deviation: number },
  reliability: number,
  level = 0.95,
): ScoreIntervals {
  const z = normalHalfWidth(level);
  const sem = errorOfMeasurement(reference.deviation, reliability);
  const kelley = reference.mean + reliability * (score - reference.mean);
  return {
    observed: limitsAround(score, z * sem),
    kelley,
    trueScore: limitsAround(kelley, z * errorOfEstimate(reference.deviation, reliability)),
    trueScoreWithSem: limitsAround(kelley, z * sem),
    prediction: limitsAround(kelley, z * errorOfPrediction(reference.deviation, reliability)),
  };
}
