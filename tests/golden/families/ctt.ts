import {
  covarianceMatrix,
  diagonal,
  totalVariance,
} from '../../../scoring/statistics/basics/covariance-matrix.ts';
import { mean } from '../../../scoring/statistics/basics/mean.ts';
import { standardDeviation } from '../../../scoring/statistics/basics/variance.ts';
import { alphaIfDropped } from '../../../scoring/statistics/ctt/alpha-if-dropped.ts';
import { cronbachAlpha } from '../../../scoring/statistics/ctt/cronbach-alpha.ts';
import { feldtInterval } from '../../../scoring/statistics/ctt/feldt-interval.ts';
import { guttmanLambda2 } from '../../../scoring/statistics/ctt/guttman-lambda2.ts';
import { itemDifficulty } from '../../../scoring/statistics/ctt/item-difficulty.ts';
import { correctedItemTotals, itemTotalCorrelations } from '../../../scoring/statistics/ctt/item-total.ts';
import { keatsSem } from '../../../scoring/statistics/ctt/keats-sem.ts';
import { kr20, kr21 } from '../../../scoring/statistics/ctt/kuder-richardson.ts';
import { splitHalf } from '../../../scoring/statistics/ctt/split-half.ts';
import {
  meanInterItemCorrelation,
  standardizedAlpha,
} from '../../../scoring/statistics/ctt/standardized-alpha.ts';
import { lordSem } from '../../../scoring/precision/lord.ts';
import { completeRows, rowTotals } from '../../../scoring/statistics/rows.ts';
import { errorOfMeasurement } from '../../../scoring/statistics/scores/standard-error.ts';
import { digit, wholeRange } from '../conventions.ts';
import type { Family } from '../family.ts';
import type { Case } from '../read-case.ts';
import { openRows } from '../read-table.ts';

const marks = (one: Case): number[][] => completeRows(openRows(one.table('x')));
const covariances = (one: Case): number[][] => covarianceMatrix(marks(one));
const items = (one: Case): number => one.table('x').columns.length;
const alpha = (one: Case): number => cronbachAlpha(covariances(one)) ?? NaN;
const kr20Of = (one: Case): number => kr20(marks(one)) ?? NaN;
const kr21Of = (one: Case): number => kr21(rowTotals(marks(one)), items(one)) ?? NaN;
const totalDeviation = (one: Case): number => Math.sqrt(totalVariance(covariances(one)));

export const family: Family = {
  checks: {
    n: (one) => marks(one).length,
    k: items,
    itemMean: (one) => itemDifficulty(marks(one)),
    itemVariance: (one) => diagonal(covariances(one)),
    itemTotal: (one) => itemTotalCorrelations(covariances(one)),
    correctedItemTotal: (one) => correctedItemTotals(covariances(one)),
    alpha,
    alphaStandardized: (one) => standardizedAlpha(covariances(one)),
    meanInterItemR: (one) => meanInterItemCorrelation(covariances(one)),
    alphaIfDropped: (one) => alphaIfDropped(covariances(one)),
    'guttmanLambda#': (one, check) => {
      if (digit(check) !== 2) throw new Error('of Guttman’s coefficients there is lambda 2');
      return guttmanLambda2(covariances(one));
    },
    oddEvenR: (one) => splitHalf(covariances(one))?.oddEven,
    spearmanBrown: (one) => splitHalf(covariances(one))?.spearmanBrown,
    rulonFlanagan: (one) => splitHalf(covariances(one))?.rulon,
    totalMean: (one) => mean(rowTotals(marks(one))),
    totalSD: (one) => standardDeviation(rowTotals(marks(one))),
    sem: (one) => errorOfMeasurement(totalDeviation(one), alpha(one)),
    'alphaCI#Feldt': (one, check) =>
      feldtInterval(alpha(one), marks(one).length, items(one), digit(check) / 100),
    kr20: kr20Of,
    kr21: kr21Of,
    condSemLord: (one) => wholeRange(0, items(one)).map((x) => lordSem(x, items(one))),
    condSemKeats: (one) =>
      wholeRange(0, items(one)).map((x) => keatsSem(x, items(one), kr20Of(one), kr21Of(one))),
  },
};
