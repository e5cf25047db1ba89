import { at } from '../../numeric/at.ts';
import { exp, log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import type { Quadrature } from '../../numeric/quadrature.ts';
import { columnCount, type OpenRows } from '../rows.ts';
import { logistic, softplus } from './logistic.ts';
import { shownGroups } from './pattern-counts.ts';

/** What is expected of the abilities when the parameters are given: all that 2PL calibration needs. */
export interface Expectation {
  /** marginal log likelihood */
  readonly logLikelihood: number;
  /** for each item Σ over persons of answer · expected ability */
  readonly rightByAbility: Float64Array;
  /** item after item: persons expected at each node among those who were shown the item */
  readonly persons: Float64Array;
}

/** Marginal likelihood of right/wrong answers, P = 1/(1 + e^(-(aθ + d))), as a function of slopes a and intercepts d. */
export interface TwoParameterLikelihood {
  readonly itemCount: number;
  readonly personCount: number;
  readonly quadrature: Quadrature;
  /** right answers to each item */
  readonly right: Float64Array;
  /** answers to each item */
  readonly shown: Float64Array;
  readonly expect: (a: Float64Array, d: Float64Array) => Expectation;
}

/**
 * Prepares rows of 0 and 1 (null: missing, taken as not shown) for marginal maximum likelihood.
 * The log likelihood of one person is linear in the ability but for a part that is the same for all who were shown the same items; so a turn
 * costs persons × (items + nodes) operations, not persons × items × nodes.
 * Source: R. D. Bock, M. Aitkin (1981), Psychometrika 46, 443–459.
 * @throws RangeError for values other than 0, 1 and null, or an item without right, or without wrong, answers
 */
export function twoParameterLikelihood(rows: OpenRows, quadrature: Quadrature): TwoParameterLikelihood {
  const itemCount = columnCount(rows);
  const { nodes, weights } = quadrature;
  const right = new Float64Array(itemCount);
  const shown = new Float64Array(itemCount);
  for (const row of rows) {
    row.forEach((value, j) => {
      if (value !== 0 && value !== 1 && value !== null)
        throw new RangeError('answers must be 0, 1 or missing');
      if (value === null) return;
      right[j] = at(right, j) + value;
      shown[j] = at(shown, j) + 1;
    });
  }
  right.forEach((count, j) => {
    if (count === 0 || count === at(shown, j))
      throw new RangeError(`item ${j + 1} has no right, or no wrong, answers`);
  });

  const groups = shownGroups(rows).map(({ items, patterns }) => ({
    items,
    /** the items each pattern has right */
    patterns: patterns.map(({ pattern, count }) => ({
      count,
      rights: items.filter((j) => pick(pattern, j) === 1),
    })),
  }));
  const logWeights = weights.map(log);
  const size = nodes.length;

  const expect = (a: Float64Array, d: Float64Array): Expectation => {
    let logLikelihood = 0;
    const rightByAbility = new Float64Array(itemCount);
    const persons = new Float64Array(itemCount * size);
    const mass = new Float64Array(size);
    for (const { items, patterns } of groups) {
      const base = logWeights.map((w, q) => {
        let sum = w;
        for (const j of items) sum -= softplus(at(a, j) * at(nodes, q) + at(d, j));
        return sum;
      });
      const groupPersons = new Float64Array(size);
      for (const { count, rights } of patterns) {
        let slope = 0;
        let level = 0;
        for (const j of rights) {
          slope += at(a, j);
          level += at(d, j);
        }
        let largest = at(base, 0) + slope * at(nodes, 0);
        for (let q = 0; q < size; q++) {
          const value = at(base, q) + slope * at(nodes, q);
          mass[q] = value;
          if (value > largest) largest = value;
        }
        let total = 0;
        let first = 0;
        for (let q = 0; q < size; q++) {
          const below = at(mass, q) - largest;
          // e^-50 of the largest is lost in the sum anyway
          const value = below > -50 ? exp(below) : 0;
          mass[q] = value;
          total += value;
          first += value * at(nodes, q);
        }
        logLikelihood += count * (largest + level + log(total));
        const share = count / total;
        for (let q = 0; q < size; q++) groupPersons[q] = at(groupPersons, q) + share * at(mass, q);
        const ability = share * first;
        for (const j of rights) rightByAbility[j] = at(rightByAbility, j) + ability;
      }
      for (const j of items)
        for (let q = 0; q < size; q++)
          persons[j * size + q] = at(persons, j * size + q) + at(groupPersons, q);
    }
    return { logLikelihood, rightByAbility, persons };
  };
  return { itemCount, personCount: rows.length, quadrature, right, shown, expect };
}

/** First and second derivatives of the expected log likelihood of one item by slope a and intercept d. */
export interface ItemDerivatives {
  readonly byA: number;
  readonly byD: number;
  /** negative second derivatives */
  readonly aa: number;
  readonly ad: number;
  readonly dd: number;
}

/**
 * Derivatives for item j at (a, d), the expectation given. At the parameters the expectation was taken at, the first derivatives are those of
 * the marginal log likelihood itself.
 */
export function itemDerivatives(
  { quadrature: { nodes }, right }: TwoParameterLikelihood,
  { rightByAbility, persons }: Expectation,
  j: number,
  a: number,
  d: number,
): ItemDerivatives {
  let byA = at(rightByAbility, j);
  let byD = at(right, j);
  let aa = 0;
  let ad = 0;
  let dd = 0;
  for (let q = 0; q < nodes.length; q++) {
    const theta = at(nodes, q);
    const n = at(persons, j * nodes.length + q);
    const p = logistic(a * theta + d);
    const w = n * p * logistic(-a * theta - d);
    byA -= n * p * theta;
    byD -= n * p;
    aa += w * theta * theta;
    ad += w * theta;
    dd += w;
  }
  return { byA, byD, aa, ad, dd };
}
