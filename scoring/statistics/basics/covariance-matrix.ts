import { at } from '../../numeric/at.ts';
import { pick } from '../../numeric/pick.ts';
import { column, columnCount, type Rows, sum } from '../rows.ts';
import { mean } from './mean.ts';

/** Symmetric matrix, items × items. */
export type SquareMatrix = readonly (readonly number[])[];

export const cell = (matrix: SquareMatrix, i: number, j: number): number => pick(pick(matrix, i), j);

function innerProduct(a: Float64Array, b: Float64Array): number {
  let products = 0;
  for (let n = 0; n < a.length; n++) products += at(a, n) * at(b, n);
  return products;
}

/**
 * Covariances of the items, divided by n - 1. Everything classical reliability needs is in this matrix.
 * @throws RangeError for fewer than two persons
 */
export function covarianceMatrix(rows: Rows): number[][] {
  if (rows.length < 2) throw new RangeError('covariance of fewer than two persons');
  const k = columnCount(rows);
  const centred = Array.from({ length: k }, (_, j) => {
    const values = column(rows, j);
    const centre = mean(values);
    return Float64Array.from(values, (value) => value - centre);
  });
  const matrix = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  for (const [i, a] of centred.entries()) {
    for (const [j, b] of centred.slice(0, i + 1).entries()) {
      const covariance = innerProduct(a, b) / (rows.length - 1);
      pick(matrix, i)[j] = covariance;
      pick(matrix, j)[i] = covariance;
    }
  }
  return matrix;
}

/** Variances: the diagonal. */
export const diagonal = (matrix: SquareMatrix): number[] => matrix.map((row, i) => pick(row, i));

/** A variance found as a difference of larger terms: what is below 10^-12 of them is the dust of arithmetic, and is 0. */
export const withoutDust = (variance: number, terms: number): number =>
  variance > 1e-12 * terms ? variance : 0;

/** Variance of the sum score: the sum of all elements. */
export const totalVariance = (covariances: SquareMatrix): number =>
  withoutDust(sum(covariances.map(sum)), sum(diagonal(covariances)));

/** Correlations from covariances. @returns null where an item does not vary */
export function correlationMatrix(covariances: SquareMatrix): number[][] | null {
  const variances = diagonal(covariances);
  if (variances.some((variance) => !(variance > 0))) return null;
  return covariances.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : value / Math.sqrt(pick(variances, i) * pick(variances, j)))),
  );
}
