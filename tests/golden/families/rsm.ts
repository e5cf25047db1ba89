import { calibrateConditional } from '../../../scoring/statistics/irt/calibrate-conditional.ts';
import type { Family } from '../family.ts';
import { once } from '../once.ts';
import { abilitiesByRaw, thresholdTable } from '../raw-scores.ts';
import { openRows } from '../read-table.ts';

// sum0=TRUE of eRm
const fitOf = once((one) =>
  calibrateConditional(openRows(one.table('x')), { model: 'rating-scale', origin: 'first-thresholds' }),
);

export const family: Family = {
  checks: {
    conditionalLogLik: (one) => fitOf(one).logLikelihood,
    nParameters: (one) => fitOf(one).parameters,
    thresholdTable: (one) => thresholdTable(one.table('x').columns, fitOf(one).items),
    thetaByRawScore: (one, check) => abilitiesByRaw(fitOf(one).items, check, 'theta'),
  },
};
