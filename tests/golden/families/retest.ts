import { correlation } from '../../../scoring/statistics/basics/correlation.ts';
import { standardDeviation } from '../../../scoring/statistics/basics/variance.ts';
import { intraclassCorrelations } from '../../../scoring/statistics/agreement/intraclass-correlation.ts';
import {
  type PairedDifference,
  pairedDifference,
} from '../../../scoring/statistics/change/paired-difference.ts';
import {
  type Change,
  classifyChange,
  reliableChange,
} from '../../../scoring/statistics/change/reliable-change.ts';
import { column, completeRows } from '../../../scoring/statistics/rows.ts';
import { errorOfDifference, errorOfMeasurement } from '../../../scoring/statistics/scores/standard-error.ts';
import { firstOf, stated } from '../conventions.ts';
import type { Family } from '../family.ts';
import { number } from '../json.ts';
import type { Case } from '../read-case.ts';
import { openRows } from '../read-table.ts';
import { iccNames } from '../icc-names.ts';

/** Pairs of scores of those who were tested twice: the two columns besides an id. */
const pairs = (one: Case): number[][] => {
  const table = one.table('x');
  const columns = table.columns.filter((name) => !/^id$/i.test(name));
  return completeRows(openRows(table, columns.includes('t1') ? ['t1', 't2'] : columns.slice(0, 2)));
};
const first = (one: Case): number[] => column(pairs(one), 0);
const second = (one: Case): number[] => column(pairs(one), 1);
const reliability = (one: Case): number => number(one.need('reliabilityUsed').value);
const deviation = (one: Case): number => standardDeviation(first(one));

const changes = (one: Case): number[] =>
  pairs(one).map(([before = NaN, after = NaN]) =>
    reliableChange(before, after, deviation(one), reliability(one)),
  );

function difference(one: Case): PairedDifference {
  const found = pairedDifference(pairs(one).map(([before = NaN, after = NaN]) => after - before));
  if (found === null) throw new Error('the differences do not vary');
  return found;
}

export const family: Family = {
  given: { reliabilityUsed: 'reliability; the items are not in the case' },
  checks: {
    n: (one) => pairs(one).length,
    retestR: (one) => correlation(first(one), second(one)),
    'sdT#': (one, check) => standardDeviation(check.digits[0] === 2 ? second(one) : first(one)),
    'semT#': (one, check) =>
      errorOfMeasurement(
        check.digits[0] === 2 ? standardDeviation(second(one)) : deviation(one),
        reliability(one),
      ),
    sDiff: (one) => errorOfDifference(deviation(one), reliability(one)),
    'rciFirst#': (one, check) => firstOf(changes(one), check),
    counts: (one, check) => {
      const critical = stated(check.how, />\s*(\d+(?:\.\d+)?)/, 1.96);
      const count = (kind: Change): number =>
        changes(one).filter((index) => classifyChange(index, critical) === kind).length;
      return {
        reliableIncrease: count('reliable-increase'),
        noChange: count('no-change'),
        reliableDecrease: count('reliable-decrease'),
      };
    },
    icc: (one) => iccNames(intraclassCorrelations(pairs(one))),
    pairedT: (one) => {
      const { t, degrees, p } = difference(one);
      return { t, df: degrees, p };
    },
    cohenDz: (one) => difference(one).dz,
  },
};
