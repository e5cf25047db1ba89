import { at } from '../../numeric/at.ts';
import { pick } from '../../numeric/pick.ts';
import type { SquareMatrix } from './covariance-matrix.ts';

/** Lower triangle: row i has i + 1 numbers. */
export type Triangle = readonly Float64Array[];

/** Sum of products of the first n numbers. */
function product(a: Float64Array, b: Float64Array, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += at(a, i) * at(b, i);
  return total;
}

/**
 * Lower triangle L with L·Lᵀ = the matrix.
 * @returns null when the matrix is not positive definite to the precision of the machine (an item is a sum of others, or too few persons)
 */
export function cholesky(matrix: SquareMatrix): Triangle | null {
  const lower: Float64Array[] = [];
  for (const [i, row] of matrix.entries()) {
    const own = new Float64Array(i + 1);
    for (const [j, above] of lower.entries()) own[j] = (pick(row, j) - product(own, above, j)) / at(above, j);
    const rest = pick(row, i) - product(own, own, i);
    if (!(rest > 1e-12 * pick(row, i))) return null;
    own[i] = Math.sqrt(rest);
    lower.push(own);
  }
  return lower;
}

/** Solves L·y = b. */
export function solveLower(lower: Triangle, b: readonly number[]): Float64Array {
  const y = new Float64Array(lower.length);
  for (const [i, row] of lower.entries()) y[i] = (pick(b, i) - product(row, y, i)) / at(row, i);
  return y;
}
