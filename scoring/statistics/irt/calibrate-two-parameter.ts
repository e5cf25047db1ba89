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
    converged,
  };
}

/** One Newton step of the maximisation, no longer than 1 in any parameter. */
function improve(
  likelihood: TwoParameterLikelihood,
  expectation: Expectation,
  a: Float64Array,
  d: Float64Array,
  slopes: SlopeRule,
): Float64Array {
  const k = a.length;
  const next = new Float64Array(2 * k);
  const held = (step: number): number => Math.min(1, Math.max(-1, step));
  const parts = Array.from(a, (slope, j) => itemDerivatives(likelihood, expectation, j, slope, at(d, j)));

  // a common slope: the intercepts are eliminated from the equations
  let slopeGain = 0;
  let slopeCurve = 0;
  for (const { byA, byD, aa, ad, dd } of parts) {
    slopeGain += byA - (ad / dd) * byD;
    slopeCurve += aa - (ad / dd) * ad;
  }
  const commonStep = slopes === 'common' ? held(slopeGain / slopeCurve) : 0;

  parts.forEach(({ byA, byD, aa, ad, dd }, j) => {
    const stepA = slopes === 'free' ? held((byA - (ad / dd) * byD) / (aa - (ad / dd) * ad)) : commonStep;
    next[j] = at(a, j) + stepA;
    next[k + j] = at(d, j) + held((byD - ad * stepA) / dd);
  });
  return next;
}
