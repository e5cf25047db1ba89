import { mean } from '../../../scoring/statistics/basics/mean.ts';
import { quantile } from '../../../scoring/statistics/basics/quantile.ts';
import { standardDeviation } from '../../../scoring/statistics/basics/variance.ts';
import { inconsistency } from '../../../scoring/statistics/protocol/inconsistency.ts';
import { acquiescence, extremeShare } from '../../../scoring/statistics/protocol/response-style.ts';
import { answered } from '../../../scoring/statistics/rows.ts';
import { digit, firstOf, stated } from '../conventions.ts';
import type { Family } from '../family.ts';
import { list, object, text } from '../json.ts';
import type { Case } from '../read-case.ts';
import { openRows } from '../read-table.ts';

const rows = (one: Case): (number | null)[][] => openRows(one.table('x'));

/** Ends of the response scale: "share of answers 1 or 6", or "(7-x)" and 1. */
function responseRange(one: Case): { min: number; max: number } {
  const said = one.checks.map(({ how }) => how).join('\n');
  const min = stated(said, /answers (-?\d+) or -?\d+/, 1);
  return { min, max: stated(said, /answers -?\d+ or (-?\d+)/, stated(said, /(\d+) ?- ?x/, NaN) - min) };
}

function values(one: Case): (number | null)[] {
  const columns = one.table('x').columns;
  const pairs = list(one.need('pairs').value).map((pair) => {
    const { a, b, rev } = object(pair);
    return { a: columns.indexOf(text(a)), b: columns.indexOf(text(b)), reversed: rev === true };
  });
  return rows(one).map((row) => inconsistency(row, pairs, responseRange(one)));
}

export const family: Family = {
  given: { pairs: 'pairs of items' },
  checks: {
    'inconsistencyFirst#': (one, check) => firstOf(values(one), check),
    mean: (one) => mean(answered(values(one))),
    sd: (one) => standardDeviation(answered(values(one))),
    'p#': (one, check) => quantile(answered(values(one)), digit(check) / 100),
    'acquiescenceFirst#': (one, check) => firstOf(rows(one).map(acquiescence), check),
    'extremeShareFirst#': (one, check) =>
      firstOf(
        rows(one).map((row) => extremeShare(row, responseRange(one))),
        check,
      ),
  },
};
