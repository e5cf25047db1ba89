import { accelerate } from '../../numeric/accelerate.ts';
import { at } from '../../numeric/at.ts';
import { log } from '../../numeric/elementary.ts';
import { normalGrid, type Quadrature } from '../../numeric/quadrature.ts';
import type { OpenRows } from '../rows.ts';
import { logit } from './logistic.ts';
import type { LogisticItem } from './logistic-curve.ts';
import {
  type Expectation,
  itemDerivatives,
  type TwoParameterLikelihood,
  twoParameterLikelihood,
} from './two-parameter-likelihood.ts';

/** The quadrature of calibrations where none is declared: 61 points on -6…6, standard normal abilities. */
export const calibrationQuadrature: Quadrature = normalGrid({
  points: 61,
  low: -6,
  high: 6,
  rule: 'trapezoid',
});

/**
 * No slope or intercept goes beyond these while it is sought. Answers that an item orders perfectly have no finite slope; then the calibration ends
 * at the bound and is not called converged.
 */
export const bounds = { slope: 25, intercept: 200 };

export const inBounds = (a: number, intercepts: readonly number[]): boolean =>
  Math.abs(a) <= bounds.slope && intercepts.every((d) => Math.abs(d) <= bounds.intercept);

export const atBound = (a: number): boolean => Math.abs(a) >= bounds.slope;

/** A parameter moved by a step, at most 1 long and not beyond its bound. */
export const moveWithin = (bound: number, value: number, step: number): number =>
  Math.min(bound, Math.max(-bound, value + Math.min(1, Math.max(-1, step))));

/** Discriminations: one for each item (2PL), one for all (1PL), or given (Rasch with standard normal abilities: 1). */
export type SlopeRule = 'free' | 'common' | number;

export interface CalibrationOptions {
  readonly slopes: SlopeRule;
  /** holds the ability distribution; calibrationQuadrature when absent */
  readonly quadrature?: Quadrature;
  /** stop when no parameter moves more in one step of EM; 1e-6 when absent */
  readonly tolerance?: number;
  /** most steps; 2000 when absent */
  readonly limit?: number;
}

export interface Fit {
  readonly logLikelihood: number;
  /** number of free parameters */
  readonly parameters: number;
  /** Akaike: -2 log L + 2 parameters */
  readonly aic: number;
  /** Schwarz: -2 log L + parameters · log(persons) */
  readonly bic: number;
  readonly turns: number;
  readonly converged: boolean;
}

export interface TwoParameterCalibration extends Fit {
  readonly items: readonly (LogisticItem & {
    /** -a·b: the logit at ability 0 */
    readonly intercept: number;
  })[];
}

export const informationCriteria = (
  logLikelihood: number,
  parameters: number,
  persons: number,
): { readonly aic: number; readonly bic: number } => ({
  aic: -2 * logLikelihood + 2 * parameters,
  bic: -2 * logLikelihood + parameters * log(persons),
});

/**
 * 2PL, 1PL or Rasch parameters by marginal maximum likelihood: EM over the quadrature (Bock & Aitkin 1981), accelerated; one Newton step for
 * each item in a turn. Logits, abilities standard normal (or as the quadrature says).
 * @param rows persons × items of 0, 1, null (missing: not shown)
 * @throws RangeError as twoParameterLikelihood does
 */
export function calibrateTwoParameter(rows: OpenRows, options: CalibrationOptions): TwoParameterCalibration {
  const { slopes, quadrature = calibrationQuadrature, tolerance = 1e-6, limit = 2000 } = options;
  const likelihood = twoParameterLikelihood(rows, quadrature);
  const k = likelihood.itemCount;

  // slopes first, then intercepts
  const start = new Float64Array(2 * k);
  for (let j = 0; j < k; j++) {
    start[j] = typeof slopes === 'number' ? slopes : 1;
    start[k + j] = 1.2 * logit(at(likelihood.right, j) / at(likelihood.shown, j));
  }
  const { point, turns, converged } = accelerate(
    (parameters) => {
      const a = parameters.subarray(0, k);
      const d = parameters.subarray(k);
      // a leap of the acceleration may go anywhere
      if (!a.every((slope, j) => inBounds(slope, [at(d, j)]))) return { value: -Infinity, next: parameters };
      const expectation = likelihood.expect(a, d);
      return { value: expectation.logLikelihood, next: improve(likelihood, expectation, a, d, slopes) };
    },
    start,
    tolerance,
    limit,
  );

  const a = point.subarray(0, k);
  const d = point.subarray(k);
  const { logLikelihood } = likelihood.expect(a, d);
  const parameters = k + (slopes === 'free' ? k : slopes === 'common' ? 1 : 0);
  return {
    items: Array.from(a, (slope, j) => ({
      model: 'logistic',
      a: slope,
      b: -at(d, j) / slope,
      intercept: at(d, j),
    })),
    logLikelihood,
    parameters,
    ...informationCriteria(logLikelihood, parameters, likelihood.personCount),
    turns,
    converged: converged && !a.some(atBound),
  };
}

/** One Newton step of the maximisation. */
function improve(
  likelihood: TwoParameterLikelihood,
  expectation: Expectation,
  a: Float64Array,
  d: Float64Array,
  slopes: SlopeRule,
): Float64Array {
  const k = a.length;
  const next = new Float64Array(2 * k);
  // the intercepts are eliminated from the equations of the slopes, which may be one for all items
  const parts = Array.from(a, (slope, j) => {
    const { byA, byD, aa, ad, dd } = itemDerivatives(likelihood, expectation, j, slope, at(d, j));
    const share = ad / dd;
    return { byD, ad, dd, gain: byA - share * byD, curve: aa - share * ad };
  });
  const common =
    parts.reduce((sum, { gain }) => sum + gain, 0) / parts.reduce((sum, { curve }) => sum + curve, 0);
  parts.forEach(({ byD, ad, dd, gain, curve }, j) => {
    const step = slopes === 'free' ? gain / curve : slopes === 'common' ? common : 0;
    next[j] = moveWithin(bounds.slope, at(a, j), step);
    next[k + j] = moveWithin(bounds.intercept, at(d, j), (byD - ad * (at(next, j) - at(a, j))) / dd);
  });
  return next;
}
