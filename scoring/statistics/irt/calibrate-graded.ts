import { accelerate } from '../../numeric/accelerate.ts';
import { at } from '../../numeric/at.ts';
import { solveFor } from '../../numeric/matrix.ts';
import { pick } from '../../numeric/pick.ts';
import type { Quadrature } from '../../numeric/quadrature.ts';
import type { OpenRows } from '../rows.ts';
import {
  atBound,
  bounds,
  calibrationQuadrature,
  type Fit,
  inBounds,
  informationCriteria,
  moveWithin,
} from './calibrate-two-parameter.ts';
import type { GradedItem } from './graded-curve.ts';
import { gradedLikelihood, gradedProbabilities, type GradedIntercepts } from './graded-likelihood.ts';
import { logistic, logit } from './logistic.ts';

export interface GradedOptions {
  /** one discrimination for each item, or one for all */
  readonly slopes: 'free' | 'common';
  /** calibrationQuadrature when absent */
  readonly quadrature?: Quadrature;
  /** stop when no parameter moves more in one step of EM; 1e-6 when absent */
  readonly tolerance?: number;
  /** most steps; 2000 when absent */
  readonly limit?: number;
}

export interface GradedCalibration extends Fit {
  readonly items: readonly GradedItem[];
}

/** Slope and information of one item's expected log likelihood, by a and then by each intercept. */
interface Scoring {
  readonly slope: readonly number[];
  readonly information: readonly (readonly number[])[];
}

/**
 * Graded response model by marginal maximum likelihood: EM over the quadrature, accelerated; one step of Fisher scoring for each item in a
 * turn. Logits, abilities standard normal (or as the quadrature says).
 * Source: F. Samejima (1969), Psychometrika Monograph 17; R. D. Bock, M. Aitkin (1981), Psychometrika 46, 443–459.
 * @param rows persons × items, categories 0…m, null missing
 * @throws RangeError as gradedLikelihood does
 */
export function calibrateGraded(rows: OpenRows, options: GradedOptions): GradedCalibration {
  const { slopes, quadrature = calibrationQuadrature, tolerance = 1e-6, limit = 2000 } = options;
  const likelihood = gradedLikelihood(rows, quadrature);
  const { counts } = likelihood;

  const start = counts.map((categories) => {
    const total = categories.reduce((sum, count) => sum + count, 0);
    let above = total;
    return {
      a: 1,
      intercepts: categories.slice(1).map((_, h) => 1.2 * logit((above -= pick(categories, h)) / total)),
    };
  });
  const pack = (items: readonly GradedIntercepts[]): Float64Array =>
    Float64Array.from(items.flatMap(({ a, intercepts }) => [a, ...intercepts]));
  const unpack = (point: Float64Array): GradedIntercepts[] => {
    let from = 0;
    return counts.map((categories) => {
      const a = at(point, from);
      const intercepts = [...point.subarray(from + 1, (from += categories.length))];
      return { a, intercepts };
    });
  };

  const { point, turns, converged } = accelerate(
    (parameters) => {
      const items = unpack(parameters);
      // a leap of the acceleration may go anywhere, also to thresholds out of order
      if (!items.every((item) => inOrder(item) && inBounds(item.a, item.intercepts)))
        return { value: -Infinity, next: parameters };
      const { logLikelihood, persons } = likelihood.expect(items);
      const scorings = items.map((item, j) => scoreItem(item, pick(persons, j), quadrature.nodes));
      return { value: logLikelihood, next: pack(improve(items, scorings, slopes === 'common')) };
    },
    pack(start),
    tolerance,
    limit,
  );

  const items = unpack(point);
  const { logLikelihood } = likelihood.expect(items);
  const thresholds = counts.reduce((sum, categories) => sum + categories.length - 1, 0);
  const parameters = thresholds + (slopes === 'free' ? counts.length : 1);
  return {
    items: items.map(({ a, intercepts }) => ({
      model: 'graded',
      a,
      thresholds: intercepts.map((d) => -d / a),
    })),
    logLikelihood,
    parameters,
    ...informationCriteria(logLikelihood, parameters, likelihood.personCount),
    turns,
    converged: converged && !items.some(({ a }) => atBound(a)),
  };
}

const inOrder = ({ intercepts }: GradedIntercepts): boolean =>
  intercepts.every((d, h) => h === 0 || d < pick(intercepts, h - 1));

function scoreItem(item: GradedIntercepts, persons: readonly Float64Array[], nodes: Float64Array): Scoring {
  const size = item.intercepts.length + 1;
  const slope = Array.from({ length: size }, () => 0);
  const information = slope.map(() => slope.map(() => 0));
  nodes.forEach((theta, q) => {
    const p = gradedProbabilities(item, theta);
    const edge = [0, ...item.intercepts.map((d) => spread(item.a * theta + d)), 0];
    const shown = persons.reduce((sum, category) => sum + at(category, q), 0);
    persons.forEach((category, h) => {
      const probability = pick(p, h);
      if (!(probability > 0)) return;
      // derivatives of this category by a, by the intercept below it and by the one above it
      const parts: readonly (readonly [index: number, derivative: number])[] = [
        [0, theta * (pick(edge, h) - pick(edge, h + 1))],
        ...(h > 0 ? [[h, pick(edge, h)] as const] : []),
        ...(h + 1 < size ? [[h + 1, -pick(edge, h + 1)] as const] : []),
      ];
      for (const [i, x] of parts) {
        slope[i] = pick(slope, i) + (at(category, q) / probability) * x;
        const row = pick(information, i);
        for (const [m, y] of parts) row[m] = pick(row, m) + (shown * x * y) / probability;
      }
    });
  });
  return { slope, information };
}

const spread = (z: number): number => logistic(z) * logistic(-z);

/**
 * One step of scoring for all items. The intercepts are eliminated from the equations of the slope, so that a common slope (`common`) can be
 * found from the sums over items.
 */
function improve(
  items: readonly GradedIntercepts[],
  scorings: readonly Scoring[],
  common: boolean,
): GradedIntercepts[] {
  const parts = scorings.map(({ slope, information }) => {
    const cross = pick(information, 0).slice(1);
    // the ridge keeps categories that no ability has any more from leaving the step open
    const block = information.slice(1).map((row, h) => row.slice(1).map((x, g) => (g === h ? x + 1e-8 : x)));
    const gains = solveFor(block, slope.slice(1));
    const shifts = solveFor(block, cross);
    const along = (values: readonly number[]): number =>
      cross.reduce((sum, c, h) => sum + c * pick(values, h), 0);
    return {
      gains,
      shifts,
      gain: pick(slope, 0) - along(gains),
      curve: pick(pick(information, 0), 0) - along(shifts),
    };
  });
  const total = (what: 'gain' | 'curve'): number => parts.reduce((sum, part) => sum + part[what], 0);
  return items.map((item, j) => {
    const { gains, shifts, gain, curve } = pick(parts, j);
    const stepA = common ? total('gain') / total('curve') : gain / curve;
    return moved(
      item,
      stepA,
      gains.map((g, h) => g - stepA * pick(shifts, h)),
    );
  });
}

/**
 * The item moved by a step; by half, a quarter … of it (in the end by nothing) where the thresholds would lose
 * their order.
 */
function moved(item: GradedIntercepts, stepA: number, steps: readonly number[]): GradedIntercepts {
  let share = 1;
  for (;;) {
    const next = {
      a: moveWithin(bounds.slope, item.a, share * stepA),
      intercepts: item.intercepts.map((d, h) => moveWithin(bounds.intercept, d, share * pick(steps, h))),
    };
    if (inOrder(next)) return next;
    share /= 2;
  }
}
