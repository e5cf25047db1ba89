import { invert } from '../../numeric/matrix.ts';
import { pick } from '../../numeric/pick.ts';
import type { Quadrature } from '../../numeric/quadrature.ts';
import type { OpenRows } from '../rows.ts';
import { calibrationQuadrature } from './calibrate-two-parameter.ts';
import type { LogisticItem } from './logistic-curve.ts';
import { itemDerivatives, twoParameterLikelihood } from './two-parameter-likelihood.ts';

/** Standard errors of one calibrated item. */
export interface ItemErrors {
  readonly a: number;
  readonly b: number;
  readonly intercept: number;
}

/**
 * Standard errors of a 2PL calibration from the observed information: the second derivatives of the marginal log likelihood, as central
 * differences of its exact slopes; for difficulties by the delta method, b = -d/a.
 * Costs four turns of the calibration for each item.
 * Source: as ltm does; D. Rizopoulos (2006), Journal of Statistical Software 17(5).
 * @param items as calibrateTwoParameter gave them for the same rows and quadrature
 * @returns null when the information is singular: the answers do not fix the parameters
 * @throws RangeError as twoParameterLikelihood does
 */
export function twoParameterErrors(
  rows: OpenRows,
  items: readonly LogisticItem[],
  quadrature: Quadrature = calibrationQuadrature,
): ItemErrors[] | null {
  const likelihood = twoParameterLikelihood(rows, quadrature);
  const k = items.length;
  const point = [...items.map(({ a }) => a), ...items.map(({ a, b }) => -a * b)];

  const slopes = (at: readonly number[]): number[] => {
    const a = Float64Array.from(at.slice(0, k));
    const d = Float64Array.from(at.slice(k));
    const expectation = likelihood.expect(a, d);
    const parts = Array.from(a, (slope, j) =>
      itemDerivatives(likelihood, expectation, j, slope, pick(at, k + j)),
    );
    return [...parts.map(({ byA }) => byA), ...parts.map(({ byD }) => byD)];
  };
  const step = 1e-4;
  const differences = point.map((value, i) => {
    const up = slopes(point.with(i, value + step));
    const down = slopes(point.with(i, value - step));
    return up.map((g, m) => (pick(down, m) - g) / (2 * step));
  });
  const information = differences.map((row, i) =>
    row.map((value, m) => (value + pick(pick(differences, m), i)) / 2),
  );
  const covariances = invert(information);
  if (covariances === null || covariances.some((row, i) => !(pick(row, i) > 0))) return null;

  return items.map(({ a, b }, j) => {
    const varianceA = pick(pick(covariances, j), j);
    const varianceD = pick(pick(covariances, k + j), k + j);
    const together = pick(pick(covariances, j), k + j);
    // b = -d/a: ∂b/∂a = -b/a, ∂b/∂d = -1/a
    const varianceB = (b * b * varianceA + 2 * b * together + varianceD) / (a * a);
    return { a: Math.sqrt(varianceA), b: Math.sqrt(varianceB), intercept: Math.sqrt(varianceD) };
  });
}
