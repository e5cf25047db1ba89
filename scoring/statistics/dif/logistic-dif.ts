import { at } from '../../numeric/at.ts';
import { chiSquareUpper } from '../../numeric/distributions-gamma.ts';
import { exp, log1p } from '../../numeric/elementary.ts';
import { solveFor } from '../../numeric/matrix.ts';
import { pick } from '../../numeric/pick.ts';
import { logit } from '../irt/logistic.ts';
import type { Stratum } from './match-groups.ts';

export interface LikelihoodRatio {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

export interface LogisticDif {
  /** both kinds together: score against score, group and score × group; 2 df */
  readonly both: LikelihoodRatio;
  /** one group finds the item harder at every score; 1 df */
  readonly uniform: LikelihoodRatio;
  /** the difference changes with the score; 1 df */
  readonly nonuniform: LikelihoodRatio;
  /** gain of Nagelkerke's R² from score alone to the full model */
  readonly deltaR2: number;
}

/** Persons of equal score and group, cell by cell. */
interface Cells {
  /** cells × 4: 1, score, group, score × group */
  readonly x: Float64Array;
  readonly n: Float64Array;
  readonly right: Float64Array;
}

interface Best {
  readonly logLikelihood: number;
  readonly coefficients: readonly number[];
}

/**
 * Best logistic regression on the first predictors, by Newton's method from given coefficients. It ends when the likelihood stands still, also
 * where it grows towards a limit that no finite coefficients reach (a score that only one answer goes with).
 */
function best({ x, n, right }: Cells, start: readonly number[]): Best {
  const size = start.length;
  let coefficients = start;
  let reached: Best = { logLikelihood: -Infinity, coefficients };
  for (let turn = 0; turn < 60; turn++) {
    let logLikelihood = 0;
    const slope = new Float64Array(size);
    const information = new Float64Array(size * size);
    const b = Float64Array.from(coefficients);
    for (let cell = 0; cell < n.length; cell++) {
      let z = 0;
      for (let i = 0; i < size; i++) z += at(x, 4 * cell + i) * at(b, i);
      const e = exp(-Math.abs(z));
      const p = z > 0 ? 1 / (1 + e) : e / (1 + e);
      const residual = at(right, cell) - at(n, cell) * p;
      const weight = (at(n, cell) * e) / ((1 + e) * (1 + e));
      logLikelihood += at(right, cell) * z - at(n, cell) * (Math.max(0, z) + log1p(e));
      for (let i = 0; i < size; i++) {
        const xi = at(x, 4 * cell + i);
        slope[i] = at(slope, i) + residual * xi;
        const wx = weight * xi;
        for (let m = 0; m < size; m++)
          information[size * i + m] = at(information, size * i + m) + wx * at(x, 4 * cell + m);
      }
    }
    const gain = logLikelihood - reached.logLikelihood;
    if (Math.abs(gain) <= 1e-12 * Math.abs(logLikelihood)) return reached;
    if (gain < 0) {
      // the step went too far: half of it
      coefficients = coefficients.map((value, i) => (value + pick(reached.coefficients, i)) / 2);
      continue;
    }
    reached = { logLikelihood, coefficients };
    const rows = start.map((_, i) => [...information.subarray(size * i, size * i + size)]);
    // predictors that follow from each other (one group has one score only) would leave the step open: the least ridge closes it
    const ridge = 1e-10 * at(information, 0);
    const step = solveFor(
      rows.map((row, i) => row.with(i, pick(row, i) + ridge)),
      [...slope],
    );
    coefficients = coefficients.map((value, i) => value + pick(step, i));
  }
  return reached;
}

/** 1 - (L0/L)^(2/n), over its largest possible value 1 - L0^(2/n). */
const nagelkerke = (logLikelihood: number, empty: number, n: number): number =>
  (1 - exp((2 * (empty - logLikelihood)) / n)) / (1 - exp((2 * empty) / n));

const ratio = (small: number, large: number, df: number): LikelihoodRatio => {
  const statistic = Math.max(0, 2 * (large - small));
  return { statistic, df, p: chiSquareUpper(statistic, df) };
};

/**
 * Differential item functioning by logistic regression of the answer on matching score, group and their product.
 * Source: H. Swaminathan, H. J. Rogers (1990), Journal of Educational Measurement 27, 361–370; R²: N. J. D. Nagelkerke (1991), Biometrika 78,
 * 691–692.
 * @returns null when all answers are alike, all matching scores are alike, or one group has no answers
 */
export function logisticDif(strata: readonly Stratum[]): LogisticDif | null {
  const highest = Math.max(1, ...strata.map(({ score }) => score));
  const parts = strata
    .flatMap(({ score, referenceRight, referenceWrong, focalRight, focalWrong }) => [
      { score: score / highest, group: 0, n: referenceRight + referenceWrong, right: referenceRight },
      { score: score / highest, group: 1, n: focalRight + focalWrong, right: focalRight },
    ])
    .filter(({ n }) => n > 0);
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  const right = parts.reduce((sum, part) => sum + part.right, 0);
  const varies = (what: 'score' | 'group'): boolean => new Set(parts.map((part) => part[what])).size > 1;
  if (right === 0 || right === n || !varies('score') || !varies('group')) return null;

  const cells: Cells = {
    x: Float64Array.from(parts.flatMap(({ score: s, group: g }) => [1, s, g, s * g])),
    n: Float64Array.from(parts, (part) => part.n),
    right: Float64Array.from(parts, (part) => part.right),
  };
  // each model begins at the best of the smaller one
  const empty = best(cells, [logit(right / n)]);
  const score = best(cells, [...empty.coefficients, 0]);
  const group = best(cells, [...score.coefficients, 0]);
  const product = best(cells, [...group.coefficients, 0]);
  return {
    both: ratio(score.logLikelihood, product.logLikelihood, 2),
    uniform: ratio(score.logLikelihood, group.logLikelihood, 1),
    nonuniform: ratio(group.logLikelihood, product.logLikelihood, 1),
    deltaR2:
      nagelkerke(product.logLikelihood, empty.logLikelihood, n) -
      nagelkerke(score.logLikelihood, empty.logLikelihood, n),
  };
}

/**
 * Size of logistic DIF: A negligible (ΔR² < 0.035), B (< 0.070), C large.
 * Source: M. G. Jodoin, M. J. Gierl (2001), Applied Measurement in Education 14, 329–349.
 */
export const jodoinGierlClass = (deltaR2: number): 'A' | 'B' | 'C' =>
  deltaR2 < 0.035 ? 'A' : deltaR2 < 0.07 ? 'B' : 'C';
