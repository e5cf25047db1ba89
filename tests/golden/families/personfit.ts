import { pick } from '../../../scoring/numeric/pick.ts';
import { estimateWle } from '../../../scoring/statistics/irt/estimate-wle.ts';
import { guttmanErrors, normedGuttmanErrors } from '../../../scoring/statistics/person-fit/guttman-errors.ts';
import { htOfAll } from '../../../scoring/statistics/person-fit/ht.ts';
import { lz, lzStar } from '../../../scoring/statistics/person-fit/lz.ts';
import { u3 } from '../../../scoring/statistics/person-fit/u3.ts';
import type { Got } from '../compare.ts';
import type { Family } from '../family.ts';
import { list, number, numberList } from '../json.ts';
import { once } from '../once.ts';
import type { Case } from '../read-case.ts';
import { readBank } from '../read-bank.ts';
import { fullRows } from '../read-table.ts';

const rowsOf = once((one) => fullRows(one.table('x')));
const bankOf = once((one) => readBank(one.table('bank')));

/** Share right of each item, from all rows. */
const proportionsOf = once((one) => {
  const rows = rowsOf(one);
  return pick(rows, 0).map((_, j) => rows.reduce((sum, row) => sum + pick(row, j), 0) / rows.length);
});

/** Values are given for the first rows only. */
const firstOf = (one: Case): readonly (readonly number[])[] => {
  const given = one.find('rows');
  return given === undefined ? rowsOf(one) : rowsOf(one).slice(0, number(given.value));
};

const perPerson = (
  one: Case,
  compute: (pattern: readonly number[], proportions: readonly number[]) => Got,
): Got => firstOf(one).map((pattern) => compute(pattern, proportionsOf(one)));

/** The thetas that the case lists, which the two statistics are to be fed with; else those of the engine. */
const thetaOf = once((one) => {
  const listed = one.find('thetaWLE');
  if (listed !== undefined && list(listed.value).every((value) => value !== null))
    return numberList(listed.value);
  return firstOf(one).map((pattern) => estimateWle(bankOf(one), pattern).theta);
});

export const family: Family = {
  given: { rows: 'how many persons the values are for' },
  checks: {
    itemP: proportionsOf,
    guttmanErrors: (one) => perPerson(one, guttmanErrors),
    guttmanNormed: (one) => perPerson(one, normedGuttmanErrors),
    'U#': (one) => perPerson(one, u3),
    HT: (one) => htOfAll(rowsOf(one)).slice(0, firstOf(one).length),
    thetaWLE: (one) => perPerson(one, (pattern) => estimateWle(bankOf(one), pattern).theta),
    lz: (one) => firstOf(one).map((pattern, i) => lz(bankOf(one), pattern, pick(thetaOf(one), i))),
    lzstar: (one) =>
      firstOf(one).map((pattern, i) => lzStar(bankOf(one), pattern, pick(thetaOf(one), i), 'WLE')),
  },
};
