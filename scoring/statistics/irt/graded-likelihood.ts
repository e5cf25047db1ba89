import { at } from '../../numeric/at.ts';
import { exp, log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import type { Quadrature } from '../../numeric/quadrature.ts';
import { column, columnCount, type OpenRows } from '../rows.ts';
import { logistic } from './logistic.ts';
import { countPatterns } from './pattern-counts.ts';

/** A graded item while it is calibrated: P(answer >= h) = 1/(1 + e^(-(aθ + d_h))), d_1 > d_2 > … */
export interface GradedIntercepts {
  readonly a: number;
  readonly intercepts: readonly number[];
}

export interface GradedExpectation {
  readonly logLikelihood: number;
  /** item, then category: persons expected at each node */
  readonly persons: readonly (readonly Float64Array[])[];
}

export interface GradedLikelihood {
  readonly quadrature: Quadrature;
  readonly personCount: number;
  /** item, then category: answers */
  readonly counts: readonly (readonly number[])[];
  readonly expect: (items: readonly GradedIntercepts[]) => GradedExpectation;
}

/** Probability of each category 0…m at one ability. */
export function gradedProbabilities({ a, intercepts }: GradedIntercepts, theta: number): number[] {
  const above = [1, ...intercepts.map((d) => logistic(a * theta + d)), 0];
  return above.slice(1).map((value, h) => pick(above, h) - value);
}

/**
 * Prepares graded answers for marginal maximum likelihood.
 * @param rows persons × items, categories 0…m, null missing (taken as not shown)
 * @throws RangeError when a value is no whole number >= 0, or an item has a category between 0 and its highest that nobody chose
 */
export function gradedLikelihood(rows: OpenRows, quadrature: Quadrature): GradedLikelihood {
  const { nodes, weights } = quadrature;
  const counts = Array.from({ length: columnCount(rows) }, (_, j) => categoryCounts(column(rows, j), j));
  const patterns = countPatterns(rows).map(({ pattern, count }) => ({
    count,
    answers: pattern.flatMap((answer, j) => (answer === null ? [] : [[j, answer] as const])),
  }));
  const logWeights = weights.map(log);
  const size = nodes.length;

  const expect = (items: readonly GradedIntercepts[]): GradedExpectation => {
    const tables = items.map((item, j) => {
      const probabilities = Array.from(nodes, (theta) => gradedProbabilities(item, theta));
      return pick(counts, j).map((_, h) =>
        Float64Array.from(probabilities, (p) => log(Math.max(pick(p, h), 1e-300))),
      );
    });
    const persons = counts.map((categories) => categories.map(() => new Float64Array(size)));
    let logLikelihood = 0;
    const mass = new Float64Array(size);
    for (const { count, answers } of patterns) {
      mass.set(logWeights);
      for (const [j, h] of answers) add(mass, pick(pick(tables, j), h));
      let largest = at(mass, 0);
      for (let q = 1; q < size; q++) if (at(mass, q) > largest) largest = at(mass, q);
      let total = 0;
      for (let q = 0; q < size; q++) {
        const value = exp(at(mass, q) - largest);
        mass[q] = value;
        total += value;
      }
      logLikelihood += count * (largest + log(total));
      for (let q = 0; q < size; q++) mass[q] = (at(mass, q) * count) / total;
      for (const [j, h] of answers) add(pick(pick(persons, j), h), mass);
    }
    return { logLikelihood, persons };
  };
  return { quadrature, personCount: rows.length, counts, expect };
}

function add(to: Float64Array, what: Float64Array): void {
  for (let q = 0; q < to.length; q++) to[q] = at(to, q) + at(what, q);
}

function categoryCounts(values: readonly (number | null)[], j: number): number[] {
  const given = values.filter((value) => value !== null);
  if (given.some((value) => !Number.isInteger(value) || value < 0))
    throw new RangeError(`item ${j + 1}: answers must be categories 0, 1, 2 …`);
  const counts = Array.from({ length: given.reduce((a, b) => Math.max(a, b), 0) + 1 }, () => 0);
  for (const value of given) counts[value] = pick(counts, value) + 1;
  if (counts.length < 2 || counts.includes(0))
    throw new RangeError(`item ${j + 1}: a category that nobody chose`);
  return counts;
}
