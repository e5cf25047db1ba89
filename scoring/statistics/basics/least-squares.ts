import { pick } from '../../numeric/pick.ts';
import { columnCount, type Rows, sum, transpose } from '../rows.ts';

export interface Regression {
  /** intercept first, then one for each predictor */
  readonly coefficients: readonly number[];
  readonly fitted: readonly number[];
  /** square root of the residual sum of squares over n - number of coefficients */
  readonly residualDeviation: number;
  readonly residualDegrees: number;
}

/**
 * Ordinary least squares of y on an intercept and the predictors, by modified Gram–Schmidt orthogonalisation (twice, which is as exact as
 * Householder's reflections).
 * Source: Å. Björck (1996), Numerical Methods for Least Squares Problems, section 2.4.
 * @param predictors persons × predictors
 * @returns null when predictors depend on each other linearly, or there are not more persons than coefficients
 */
export function leastSquares(predictors: Rows, y: readonly number[]): Regression | null {
  const degrees = y.length - columnCount(predictors) - 1;
  if (predictors.length !== y.length) throw new RangeError('lists of unequal length');
  if (degrees < 1) return null;
  const basis: number[][] = [];
  /** upper triangle: column j of the design in terms of the basis */
  const triangle: number[][] = [];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    sum(a.map((value, i) => value * pick(b, i)));
  const removeBasis = (vector: readonly number[], parts: number[]): number[] => {
    let rest = [...vector];
    for (const [m, direction] of basis.entries()) {
      const part = dot(direction, rest);
      parts[m] = pick(parts, m) + part;
      rest = rest.map((value, i) => value - part * pick(direction, i));
    }
    return rest;
  };

  for (const design of [y.map(() => 1), ...transpose(predictors)]) {
    const parts = basis.map(() => 0);
    const rest = removeBasis(removeBasis(design, parts), parts);
    const length = Math.sqrt(dot(rest, rest));
    if (!(length > 1e-10 * Math.sqrt(dot(design, design)))) return null;
    basis.push(rest.map((value) => value / length));
    triangle.push([...parts, length]);
  }

  const parts = basis.map(() => 0);
  const residuals = removeBasis(removeBasis(y, parts), parts);
  const coefficients = new Array<number>(basis.length).fill(0);
  for (let j = basis.length - 1; j >= 0; j--) {
    let value = pick(parts, j);
    for (let m = j + 1; m < basis.length; m++) value -= pick(pick(triangle, m), j) * pick(coefficients, m);
    coefficients[j] = value / pick(pick(triangle, j), j);
  }
  return {
    coefficients,
    fitted: y.map((value, i) => value - pick(residuals, i)),
    residualDeviation: Math.sqrt(dot(residuals, residuals) / degrees),
    residualDegrees: degrees,
  };
}
