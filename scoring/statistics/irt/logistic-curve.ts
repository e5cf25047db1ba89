import type { Curve } from './item-curve.ts';
import { logistic } from './logistic.ts';

/**
 * Item with right and wrong, 1 to 4 parameters; logits without the factor 1.7. 1PL and 2PL: c = 0, d = 1; Rasch: a = 1 as well.
 */
export interface LogisticItem {
  readonly model: 'logistic';
  /** discrimination */
  readonly a: number;
  /** difficulty: where half of the way from c to d is gone */
  readonly b: number;
  /** probability of the lowest ability, guessing; 0 when absent */
  readonly c?: number;
  /** probability of the highest ability; 1 when absent */
  readonly d?: number;
}

/**
 * P = c + (d - c) / (1 + e^(-a(θ - b))) for category 1, the rest for category 0.
 * Source: A. Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores, ch. 17; with d: M. A. Barton, F. M. Lord (1981),
 * ETS Research Report 81-20.
 */
export function logisticCurve({ a, b, c = 0, d = 1 }: LogisticItem, theta: number): Curve {
  const up = logistic(a * (theta - b));
  const down = logistic(-a * (theta - b));
  const slope = (d - c) * a * up * down;
  const bend = slope * a * (down - up);
  return { p: [1 - d + (d - c) * down, c + (d - c) * up], dp: [-slope, slope], d2p: [-bend, bend] };
}
