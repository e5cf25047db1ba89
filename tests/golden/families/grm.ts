import { gaussHermite } from '../../../scoring/numeric/quadrature.ts';
import { calibrateGraded } from '../../../scoring/statistics/irt/calibrate-graded.ts';
import { eapScorer } from '../../../scoring/statistics/irt/estimate-eap.ts';
import type { Family } from '../family.ts';
import { list, numberList, object } from '../json.ts';
import { once } from '../once.ts';
import { readQuadrature } from '../read-quadrature.ts';
import { openRows } from '../read-table.ts';

const quadratureOf = once(
  (one) => readQuadrature(...one.checks.map(({ how }) => how), one.notes) ?? gaussHermite(41),
);

/** Categories from 0: the values that occur in a column, in their order, whatever the case counts them from. */
const rowsOf = once((one) => {
  const rows = openRows(one.table('x'));
  const levels = one
    .table('x')
    .columns.map((_, j) => [...new Set(rows.flatMap((row) => row[j] ?? []))].toSorted((a, b) => a - b));
  return rows.map((row) => row.map((value, j) => (value === null ? null : (levels[j] ?? []).indexOf(value))));
});

const free = once((one) => calibrateGraded(rowsOf(one), { slopes: 'free', quadrature: quadratureOf(one) }));

export const family: Family = {
  checks: {
    logLik: (one) => free(one).logLikelihood,
    logLikConstrained: (one) =>
      calibrateGraded(rowsOf(one), { slopes: 'common', quadrature: quadratureOf(one) }).logLikelihood,
    coef: (one) =>
      free(one).items.map(({ a, thresholds }, j) => ({
        item: one.table('x').columns[j] ?? null,
        thresholds,
        discrimination: a,
      })),
    patternEAP: (one, { value }) => {
      const scorer = eapScorer(free(one).items, quadratureOf(one));
      return list(value).map((entry) => {
        const pattern = numberList(object(entry)['pattern']);
        // the case counts categories from 1
        const { theta, error } = scorer(pattern.map((category) => category - 1));
        return { pattern, theta, se: error };
      });
    },
  },
};
