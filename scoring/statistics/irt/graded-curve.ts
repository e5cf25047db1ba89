import { pick } from '../../numeric/pick.ts';
import type { Curve } from './item-curve.ts';
import { logistic } from './logistic.ts';

/** Item with ordered categories 0…m, graded response model. */
export interface GradedItem {
  readonly model: 'graded';
  readonly a: number;
  /** ascending: where P(answer >= h) is one half, h = 1…m */
  readonly thresholds: readonly number[];
}

/**
 * P(answer >= h) = 1 / (1 + e^(-a(θ - b_h))); a category has the difference of two neighbours.
 * Source: F. Samejima (1969), Psychometrika Monograph 17.
 */
export function gradedCurve({ a, thresholds }: GradedItem, theta: number): Curve {
  const z = thresholds.map((b) => a * (theta - b));
  const above = [1, ...z.map(logistic), 0];
  const below = [0, ...z.map((x) => logistic(-x)), 1];
  const slope = above.map((p, h) => a * p * pick(below, h));
  const bend = slope.map((s, h) => a * s * (pick(below, h) - pick(above, h)));
  const step = (values: readonly number[]): number[] =>
    values.slice(1).map((value, h) => pick(values, h) - value);
  return { p: step(above), dp: step(slope), d2p: step(bend) };
}
