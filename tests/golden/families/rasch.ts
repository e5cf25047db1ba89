import { aboveMedian, andersenTest } from '../../../scoring/statistics/irt/andersen-test.ts';
import { calibrateConditional } from '../../../scoring/statistics/irt/calibrate-conditional.ts';
import { itemFit, separationReliability } from '../../../scoring/statistics/irt/item-fit.ts';
import type { Family } from '../family.ts';
import { once } from '../once.ts';
import { abilitiesByRaw, difficulties } from '../raw-scores.ts';
import { openRows } from '../read-table.ts';

const rowsOf = once((one) => openRows(one.table('x')));
const fitOf = once((one) => calibrateConditional(rowsOf(one), { model: 'partial-credit' }));
const itemFitOf = once((one) => itemFit(rowsOf(one), fitOf(one).items));

export const family: Family = {
  checks: {
    conditionalLogLik: (one) => fitOf(one).logLikelihood,
    nParameters: (one) => fitOf(one).parameters,
    difficulty: (one) => difficulties(fitOf(one).items),
    difficultySE: (one) => fitOf(one).errors.map(([error]) => error),
    thetaByRawScore: (one, check) => abilitiesByRaw(fitOf(one).items, check, 'theta'),
    thetaSEByRawScore: (one, check) => abilitiesByRaw(fitOf(one).items, check, 'se'),
    infitMSQ: (one) => itemFitOf(one).map((fit) => fit?.infit),
    outfitMSQ: (one) => itemFitOf(one).map((fit) => fit?.outfit),
    andersenLR: (one) => {
      const test = andersenTest(rowsOf(one), aboveMedian(rowsOf(one)), { model: 'partial-credit' });
      return test === null ? null : { LR: test.statistic, df: test.df, p: test.p };
    },
    separationReliability: (one) => separationReliability(rowsOf(one), fitOf(one).items),
  },
};
