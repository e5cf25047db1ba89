import { invert, type Matrix, symmetricEigen } from '../../numeric/matrix.ts';
import { minimise } from '../../numeric/minimise.ts';
import { pick } from '../../numeric/pick.ts';
import { diagonal, type SquareMatrix } from '../basics/covariance-matrix.ts';
import { leastUniqueness } from './one-factor.ts';

export interface FactorSolution {
  /** items × factors */
  readonly loadings: Matrix;
  readonly uniquenesses: readonly number[];
  readonly converged: boolean;
}

/**
 * Orthogonal factors by least squares of the residual correlations outside the diagonal (minres), unrotated; uniquenesses 0.005…1.
 * Source: H. H. Harman, W. H. Jones (1966), Psychometrika 31, 351–368.
 * @param factors whole number 1…k - 1
 * @throws RangeError for another number of factors
 */
export function minimumResidual(correlations: SquareMatrix, factors: number): FactorSolution {
  if (!Number.isInteger(factors) || factors < 1 || factors >= correlations.length)
    throw new RangeError('factors: at least one, and fewer than items');
  const inverse = invert(correlations);

  const extract = (unique: readonly number[]): number[][] => {
    const reduced = correlations.map((row, i) => row.map((r, j) => (i === j ? r - pick(unique, i) : r)));
    const { values, vectors } = symmetricEigen(reduced);
    const main = values.slice(0, factors).map((value) => Math.sqrt(Math.max(0, value)));
    return correlations.map((_, i) => main.map((length, f) => length * pick(pick(vectors, f), i)));
  };
  const model = (loadings: Matrix, i: number, j: number): number =>
    pick(loadings, i).reduce((sum, x, f) => sum + x * pick(pick(loadings, j), f), 0);

  const { point, converged } = minimise(
    (unique) => {
      const loadings = extract(unique);
      let squares = 0;
      correlations.forEach((row, i) =>
        row.slice(0, i).forEach((r, j) => {
          const residual = r - model(loadings, i, j);
          squares += 2 * residual * residual;
        }),
      );
      return squares;
    },
    // what the other items leave of each; half where that cannot be found
    inverse === null ? correlations.map(() => 0.5) : diagonal(inverse).map((value) => 1 / value),
    { low: leastUniqueness, high: 1, tolerance: 1e-7 },
  );
  return { loadings: extract(point), uniquenesses: point, converged };
}
