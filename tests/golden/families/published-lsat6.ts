import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gaussHermite } from '../../../scoring/numeric/quadrature.ts';
import { calibrateTwoParameter } from '../../../scoring/statistics/irt/calibrate-two-parameter.ts';
import { twoParameterErrors } from '../../../scoring/statistics/irt/two-parameter-errors.ts';
import type { Family } from '../family.ts';
import type { Case } from '../read-case.ts';
import { readQuadrature } from '../read-quadrature.ts';
import { openRows, readTable, type Table } from '../read-table.ts';

/** The table of the case, or the one of another case that its notes name ("uses irt-lsat6.x.csv"). */
function tableOf(one: Case): Table {
  if (one.has('x')) return one.table('x');
  const name = /uses (\S+\.csv)/.exec(one.notes)?.[1];
  if (name === undefined) throw new Error('the case names no table');
  return readTable(readFileSync(join(dirname(one.file), name), 'utf8'));
}

export const family: Family = {
  checks: {
    'ltm#PL': (one, { how }) => {
      const quadrature = readQuadrature(how, one.notes) ?? gaussHermite(21);
      const rows = openRows(tableOf(one));
      const fit = calibrateTwoParameter(rows, { slopes: 'free', quadrature });
      const errors = twoParameterErrors(rows, fit.items, quadrature) ?? [];
      return {
        logLik: fit.logLikelihood,
        AIC: fit.aic,
        BIC: fit.bic,
        difficulty: fit.items.map(({ b }) => b),
        discrimination: fit.items.map(({ a }) => a),
        seDifficulty: errors.map(({ b }) => b),
        seDiscrimination: errors.map(({ a }) => a),
      };
    },
  },
};
