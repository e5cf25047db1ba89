import {
  correlationMatrix,
  covarianceMatrix,
  type SquareMatrix,
} from '../../../scoring/statistics/basics/covariance-matrix.ts';
import {
  fitOneFactorOfCovariances,
  omegaTotal,
  type OneFactorOfCovariances,
} from '../../../scoring/statistics/factor/one-factor.ts';
import { oneFactorFit } from '../../../scoring/statistics/factor/one-factor-fit.ts';
import { schmidLeiman } from '../../../scoring/statistics/factor/schmid-leiman.ts';
import { completeRows } from '../../../scoring/statistics/rows.ts';
import type { Family } from '../family.ts';
import { once } from '../once.ts';
import type { Case } from '../read-case.ts';
import { openRows } from '../read-table.ts';

const rowsOf = once((one) => completeRows(openRows(one.table('x'))));
const covariancesOf = once((one) => covarianceMatrix(rowsOf(one)));

const defined = <T>(value: T | null): T => {
  if (value === null) throw new Error('the engine finds no solution');
  return value;
};

const correlationsOf = (one: Case): SquareMatrix => defined(correlationMatrix(covariancesOf(one)));

const fitOf = once((one): OneFactorOfCovariances => defined(fitOneFactorOfCovariances(covariancesOf(one))));

/** nfactors=3 in the call */
const hierarchyOf = once((one) => {
  const words = one.checks.map(({ how }) => how).join(' ');
  return schmidLeiman(correlationsOf(one), Number(/nfactors\s*=\s*(\d+)/.exec(words)?.[1] ?? 3));
});

export const family: Family = {
  checks: {
    loadingsUnstandardized: (one) => fitOf(one).rawLoadings,
    residualVariances: (one) => fitOf(one).residualVariances,
    'omegaTotal#f': (one) => omegaTotal(fitOf(one).rawLoadings, fitOf(one).residualVariances),
    'omegaTotal#fStd': (one) => omegaTotal(fitOf(one).loadings, fitOf(one).uniquenesses),
    standardizedLoadings: (one) => fitOf(one).loadings.map(Math.abs),
    fit: (one) => {
      const { chiSquare, ...rest } = defined(
        oneFactorFit(correlationsOf(one), fitOf(one), rowsOf(one).length),
      );
      return { chisq: chiSquare, ...rest };
    },
    omegaHSchmidLeiman: (one) => hierarchyOf(one).omegaHierarchical,
    omegaTotSchmidLeiman: (one) => hierarchyOf(one).omegaTotal,
  },
};
