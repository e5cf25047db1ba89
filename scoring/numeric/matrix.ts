import { pick } from './pick.ts';

/** Matrix by rows. */
export type Matrix = readonly (readonly number[])[];

const dot = (a: readonly number[], b: readonly number[]): number => {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += pick(a, i) * pick(b, i);
  return total;
};

export const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_x, j) => (i === j ? 1 : 0)));

export const transposed = (matrix: Matrix): number[][] =>
  pick(matrix, 0).map((_, j) => matrix.map((row) => pick(row, j)));

/** Product of two matrices, or a RangeError when their sizes do not fit. */
export function multiply(a: Matrix, b: Matrix): number[][] {
  const columns = transposed(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** Matrix times column. */
export const apply = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => dot(row, vector));

/**
 * Solves matrix · x = b for several right sides at once, by elimination with row pivoting.
 * @param sides one row of right sides for each row of the matrix
 * @returns null when the matrix is singular to the precision of the machine
 */
export function solve(matrix: Matrix, sides: Matrix): number[][] | null {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...pick(sides, i)]);
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let i = column + 1; i < n; i++)
      if (Math.abs(pick(pick(rows, i), column)) > Math.abs(pick(pick(rows, best), column))) best = i;
    const pivotRow = pick(rows, best);
    rows[best] = pick(rows, column);
    rows[column] = pivotRow;
    const pivot = pick(pivotRow, column);
    const largest = Math.max(...pick(matrix, column).map(Math.abs));
    if (!(Math.abs(pivot) > 1e-14 * largest)) return null;
    for (let i = column + 1; i < n; i++) {
      const row = pick(rows, i);
      const factor = pick(row, column) / pivot;
      if (factor !== 0)
        for (let j = column; j < row.length; j++) row[j] = pick(row, j) - factor * pick(pivotRow, j);
    }
  }
  for (let column = n - 1; column >= 0; column--) {
    const row = pick(rows, column);
    for (let side = n; side < row.length; side++) {
      let value = pick(row, side);
      for (let j = column + 1; j < n; j++) value -= pick(row, j) * pick(pick(rows, j), side);
      row[side] = value / pick(row, column);
    }
  }
  return rows.map((row) => row.slice(n));
}

/** Inverse. @returns null for a singular matrix */
export const invert = (matrix: Matrix): number[][] | null => solve(matrix, identity(matrix.length));

/** Inverse of a matrix that has one by its making. @throws RangeError for a singular matrix */
export function inverseOf(matrix: Matrix): number[][] {
  const inverse = invert(matrix);
  if (inverse === null) throw new RangeError('singular matrix');
  return inverse;
}

/**
 * Solution of matrix · x = b, where the matrix has an inverse by its making.
 * @throws RangeError for a singular matrix
 */
export function solveFor(matrix: Matrix, b: readonly number[]): number[] {
  const solution = solve(
    matrix,
    b.map((value) => [value]),
  );
  if (solution === null) throw new RangeError('singular matrix');
  return solution.map((row) => pick(row, 0));
}

export interface Eigen {
  /** descending */
  readonly values: readonly number[];
  /** one for each value, of length 1 */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
 * Source: G. H. Golub, C. F. Van Loan (2013), Matrix Computations, section 8.5.
 */
export function symmetricEigen(matrix: Matrix): Eigen {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  /** rows are the eigenvectors */
  const v = identity(n);
  const rotate = (left: number[], right: number[], c: number, s: number): void => {
    for (let k = 0; k < n; k++) {
      const x = pick(left, k);
      const y = pick(right, k);
      left[k] = c * x - s * y;
      right[k] = s * x + c * y;
    }
  };
  const size = Math.max(...a.map((row) => Math.max(...row.map(Math.abs))));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const rowP = pick(a, p);
        const rowQ = pick(a, q);
        const apq = pick(rowP, q);
        off = Math.max(off, Math.abs(apq));
        if (apq === 0) continue;
        const ratio = (pick(rowQ, q) - pick(rowP, p)) / (2 * apq);
        const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(rowP, rowQ, c, t * c);
        for (const row of a) {
          const x = pick(row, p);
          const y = pick(row, q);
          row[p] = c * x - t * c * y;
          row[q] = t * c * x + c * y;
        }
        rotate(pick(v, p), pick(v, q), c, t * c);
      }
    }
    if (off <= 1e-15 * size) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => pick(pick(a, j), j) - pick(pick(a, i), i));
  return { values: order.map((i) => pick(pick(a, i), i)), vectors: order.map((i) => pick(v, i)) };
}
