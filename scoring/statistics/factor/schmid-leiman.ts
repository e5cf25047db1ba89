import type { Matrix } from '../../numeric/matrix.ts';
import { pick } from '../../numeric/pick.ts';
import type { SquareMatrix } from '../basics/covariance-matrix.ts';
import { minimumResidual } from './minimum-residual.ts';
import { oblimin, throughFactors, varimax } from './rotate-factors.ts';

export interface SchmidLeiman {
  /** of every item on the general factor */
  readonly general: readonly number[];
  /** loadings of the group factors on the general one */
  readonly ofFactors: readonly number[];
  /** variance of each item that the common factors do not explain */
  readonly uniquenesses: readonly number[];
  /** share of the variance of the sum that the general factor explains */
  readonly omegaHierarchical: number;
  /** share that all common factors explain */
  readonly omegaTotal: number;
}

/**
 * Omega hierarchical and total from an exploratory bifactor solution: minres factors, oblimin rotation, one general factor of the factors'
 * correlations, Schmid–Leiman transformation. Items that load negatively on the general factor are reversed. With two factors the general
 * factor is not identified; both are then given the same loading, the root of their correlation.
 * Source: J. Schmid, J. M. Leiman (1957), Psychometrika 22, 53–61; R. E. Zinbarg et al. (2005), Psychometrika 70, 123–133; steps as in psych::omega.
 * @param factors group factors, 2 or more
 * @throws RangeError for fewer than two factors, or no fewer than items
 */
export function schmidLeiman(correlations: SquareMatrix, factors: number): SchmidLeiman {
  if (factors < 2) throw new RangeError('factors: two or more');
  const solution = minimumResidual(correlations, factors);
  const { loadings, correlations: between } = oblimin(varimax(solution.loadings));
  const ofFactors = generalOfFactors(between);

  const signed = throughFactors(loadings, ofFactors);
  const signs = signed.map((loading) => (loading < 0 ? -1 : 1));
  const uniquenesses = solution.loadings.map((row) => 1 - row.reduce((sum, x) => sum + x * x, 0));
  const general = signed.map(Math.abs);
  const variance = correlations.reduce(
    (sum, row, i) => sum + row.reduce((part, r, j) => part + r * pick(signs, i) * pick(signs, j), 0),
    0,
  );
  const sum = general.reduce((total, loading) => total + loading, 0);
  const unique = uniquenesses.reduce((total, u) => total + u, 0);
  return {
    general,
    ofFactors,
    uniquenesses,
    omegaHierarchical: (sum * sum) / variance,
    omegaTotal: (variance - unique) / variance,
  };
}

/** Loadings of factors on one general factor, from their correlations; signs so that the sum is not negative. */
export function generalOfFactors(between: Matrix): number[] {
  if (between.length === 2) {
    const r = pick(pick(between, 0), 1);
    return [Math.sqrt(Math.abs(r)), (r < 0 ? -1 : 1) * Math.sqrt(Math.abs(r))];
  }
  const loadings = minimumResidual(between, 1).loadings.map((row) => pick(row, 0));
  const sign = loadings.reduce((sum, x) => sum + x, 0) < 0 ? -1 : 1;
  return loadings.map((x) => sign * x);
}
