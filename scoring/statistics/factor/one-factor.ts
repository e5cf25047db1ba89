import { log } from '../../numeric/elementary.ts';
import { invert, symmetricEigen } from '../../numeric/matrix.ts';
import { minimise } from '../../numeric/minimise.ts';
import { pick } from '../../numeric/pick.ts';
import { correlationMatrix, diagonal, type SquareMatrix } from '../basics/covariance-matrix.ts';

/** One common factor in standardised items: r_ij = λ_i λ_j. */
export interface OneFactor {
  /** sign: their sum is not negative */
  readonly loadings: readonly number[];
  /** 1 - λ², at least 0.005 */
  readonly uniquenesses: readonly number[];
  /** discrepancy of maximum likelihood: log|Σ| + tr(SΣ⁻¹) - log|S| - k; 0 for a perfect fit */
  readonly discrepancy: number;
  readonly converged: boolean;
}

/** Uniquenesses may not fall below this; a solution at the bound (Heywood case) should not be interpreted. */
export const leastUniqueness = 0.005;

/**
 * One-factor model of a correlation matrix by maximum likelihood. The loadings of given uniquenesses are known in closed form, so the
 * discrepancy is made smallest over the uniquenesses alone.
 * Source: K. G. Jöreskog (1967), Psychometrika 32, 443–482; D. N. Lawley, A. E. Maxwell (1971), Factor Analysis as a Statistical Method, ch. 4.
 * @param correlations k × k, k >= 3
 * @returns null for a singular matrix, or fewer than three items
 */
export function fitOneFactor(correlations: SquareMatrix): OneFactor | null {
  const k = correlations.length;
  const inverse = k < 3 ? null : invert(correlations);
  if (inverse === null) return null;

  /** eigenvalues and first loadings of the matrix scaled by the uniquenesses */
  const scaled = (unique: readonly number[]) => {
    const roots = unique.map(Math.sqrt);
    const { values, vectors } = symmetricEigen(
      correlations.map((row, i) => row.map((r, j) => r / (pick(roots, i) * pick(roots, j)))),
    );
    const first = Math.sqrt(Math.max(0, pick(values, 0) - 1));
    return { values, loadings: pick(vectors, 0).map((v, i) => v * first * pick(roots, i)) };
  };
  const { point, value, converged } = minimise(
    (unique) =>
      scaled(unique)
        .values.slice(1)
        .reduce((sum, root) => sum + root - log(root) - 1, 0),
    diagonal(inverse).map((value) => 0.5 / value),
    {
      low: leastUniqueness,
      high: 1,
      tolerance: 1e-8,
      gradient: (unique) => {
        const { loadings } = scaled(unique);
        return unique.map((psi, i) => {
          const loading = pick(loadings, i);
          return (loading * loading + psi - 1) / (psi * psi);
        });
      },
    },
  );
  const { loadings } = scaled(point);
  const sign = loadings.reduce((sum, loading) => sum + loading, 0) < 0 ? -1 : 1;
  return {
    loadings: loadings.map((loading) => sign * loading),
    uniquenesses: point,
    discrepancy: value,
    converged,
  };
}

/** The same in the metric of the items. */
export interface OneFactorOfCovariances extends OneFactor {
  /** loadings and residual variances of the items as they are */
  readonly rawLoadings: readonly number[];
  readonly residualVariances: readonly number[];
}

/**
 * One-factor model of a covariance matrix. Maximum likelihood does not depend on the scale of the items, so it is the solution of the correlations,
 * taken back to the items' standard deviations.
 * @returns null as fitOneFactor does, and for an item that does not vary
 */
export function fitOneFactorOfCovariances(covariances: SquareMatrix): OneFactorOfCovariances | null {
  const correlations = correlationMatrix(covariances);
  const fit = correlations && fitOneFactor(correlations);
  if (fit === null) return null;
  const variances = diagonal(covariances);
  return {
    ...fit,
    rawLoadings: fit.loadings.map((loading, i) => loading * Math.sqrt(pick(variances, i))),
    residualVariances: fit.uniquenesses.map((unique, i) => unique * pick(variances, i)),
  };
}

/**
 * McDonald's omega total of a one-factor scale: (Σ λ)² / ((Σ λ)² + Σ θ), the share of the variance of the sum that the factor explains.
 * Source: R. P. McDonald (1999), Test Theory: A Unified Treatment, chapter 6.
 * @param loadings and residual variances, both of the items as they are, or both standardised
 */
export function omegaTotal(loadings: readonly number[], residualVariances: readonly number[]): number {
  const sum = loadings.reduce((total, loading) => total + loading, 0);
  const residual = residualVariances.reduce((total, theta) => total + theta, 0);
  return (sum * sum) / (sum * sum + residual);
}
