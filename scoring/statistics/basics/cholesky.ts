import { pick } from '../../numeric/pick.ts';
import { cell, type SquareMatrix } from './covariance-matrix.ts';

/**
 * Lower triangle L with L·Lᵀ = the matrix.
 * @returns null when the matrix is not positive definite to the precision of the machine (an item is a sum of others, or too few persons)
 */
export function cholesky(matrix: SquareMatrix): number[][] | null {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    for (const [j, above] of [...lower, own].entries()) {
      let value = pick(row, j);
      for (let m = 0; m < j; m++) value -= pick(own, m) * pick(above, m);
      if (i !== j) own.push(value / pick(above, j));
      else if (value > 1e-12 * pick(row, i)) own.push(Math.sqrt(value));
      else return null;
    }
    lower.push(own);
  }
  return lower;
}

/** Solves L·y = b. */
export function solveLower(lower: SquareMatrix, b: readonly number[]): number[] {
  const y: number[] = [];
  for (const [i, value] of b.entries()) {
    let rest = value;
    for (let j = 0; j < i; j++) rest -= cell(lower, i, j) * pick(y, j);
    y.push(rest / cell(lower, i, i));
  }
  return y;
}
