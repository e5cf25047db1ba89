import { chiSquareUpper } from '../../numeric/distributions-gamma.ts';
import { log } from '../../numeric/elementary.ts';
import { symmetricEigen } from '../../numeric/matrix.ts';
import { pick } from '../../numeric/pick.ts';
import type { SquareMatrix } from '../basics/covariance-matrix.ts';
import type { OneFactor } from './one-factor.ts';

export interface FactorFit {
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
  /** comparative fit index, against items that do not go together */
  readonly cfi: number;
  /** Tucker–Lewis index */
  readonly tli: number;
  /** root mean square error of approximation */
  readonly rmsea: number;
  /** standardised root mean square residual */
  readonly srmr: number;
}

/**
 * How well one factor reproduces the correlations. All indices use n - 1 (covariances divided by n - 1, Wishart likelihood).
 * Source: P. M. Bentler (1990), Psychological Bulletin 107, 238–246; J. H. Steiger (1990), Multivariate Behavioral Research 25, 173–180.
 * @param n persons
 * @returns null for three items, which leave no degrees of freedom
 */
export function oneFactorFit(
  correlations: SquareMatrix,
  { loadings, discrepancy }: OneFactor,
  n: number,
): FactorFit | null {
  const k = correlations.length;
  const df = (k * (k - 3)) / 2;
  if (df < 1) return null;
  const chiSquare = (n - 1) * discrepancy;
  const emptyDf = (k * (k - 1)) / 2;
  const emptyChiSquare =
    -(n - 1) * symmetricEigen(correlations).values.reduce((sum, root) => sum + log(root), 0);
  const excess = Math.max(0, chiSquare - df);
  const emptyExcess = Math.max(excess, emptyChiSquare - emptyDf);
  let squares = 0;
  correlations.forEach((row, i) =>
    row.slice(0, i).forEach((r, j) => {
      const residual = r - pick(loadings, i) * pick(loadings, j);
      squares += residual * residual;
    }),
  );
  return {
    chiSquare,
    df,
    p: chiSquareUpper(chiSquare, df),
    cfi: emptyExcess === 0 ? 1 : 1 - excess / emptyExcess,
    tli: (emptyChiSquare / emptyDf - chiSquare / df) / (emptyChiSquare / emptyDf - 1),
    rmsea: Math.sqrt(excess / (df * (n - 1))),
    srmr: Math.sqrt(squares / ((k * (k + 1)) / 2)),
  };
}
