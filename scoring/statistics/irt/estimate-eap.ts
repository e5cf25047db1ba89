import { at } from '../../numeric/at.ts';
import { exp, log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import { normalGrid, type Quadrature } from '../../numeric/quadrature.ts';
import type { Ability } from './ability.ts';
import { answeredItems, type Pattern } from './answered-items.ts';
import { type CalibratedItem, itemCurve } from './item-curve.ts';

/** The quadrature of this engine where none is declared: 161 points on -4…4, trapezoid rule, standard normal prior. */
export const usualQuadrature: Quadrature = normalGrid({ points: 161, low: -4, high: 4, rule: 'trapezoid' });

/** Scorer of one set of items: their probabilities are taken at every node once, so that many persons are scored fast. */
export type EapScorer = (pattern: Pattern) => Ability & {
  /** probability of the answers in the population of the prior */
  readonly marginal: number;
};

/**
 * Mean of the posterior distribution of ability (EAP); the error is its standard deviation. The quadrature holds the prior and is part of
 * what must be declared.
 * Source: R. D. Bock, R. J. Mislevy (1982), Applied Psychological Measurement 6, 431–444.
 * @throws RangeError (the scorer) as answeredItems does
 */
export function eapScorer(
  items: readonly CalibratedItem[],
  quadrature: Quadrature = usualQuadrature,
): EapScorer {
  const { nodes, weights } = quadrature;
  /** item, then category: log probability at every node */
  const tables = items.map((item) => {
    const curves = Array.from(nodes, (theta) => itemCurve(item, theta).p);
    return pick(curves, 0).map((_, h) => Float64Array.from(curves, (p) => log(pick(p, h))));
  });
  const prior = weights.map(log);

  return (pattern) => {
    const joint = Float64Array.from(prior);
    for (const { index, answer } of answeredItems(items, pattern)) {
      const table = pick(pick(tables, index), answer);
      for (let q = 0; q < joint.length; q++) joint[q] = at(joint, q) + at(table, q);
    }
    let largest = at(joint, 0);
    for (let q = 1; q < joint.length; q++) if (at(joint, q) > largest) largest = at(joint, q);
    let total = 0;
    let first = 0;
    let second = 0;
    for (let q = 0; q < joint.length; q++) {
      const mass = exp(at(joint, q) - largest);
      const node = at(nodes, q);
      total += mass;
      first += mass * node;
      second += mass * node * node;
    }
    const theta = first / total;
    const variance = Math.max(0, second / total - theta * theta);
    return { theta, error: Math.sqrt(variance), atLimit: false, marginal: total * exp(largest) };
  };
}

/** EAP of one person. @throws RangeError as answeredItems does */
export const estimateEap = (
  items: readonly CalibratedItem[],
  pattern: Pattern,
  quadrature: Quadrature = usualQuadrature,
): Ability => {
  const { theta, error, atLimit } = eapScorer(items, quadrature)(pattern);
  return { theta, error, atLimit };
};
