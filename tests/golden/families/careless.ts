import { evenOddInconsistency } from '../../../scoring/statistics/protocol/even-odd.ts';
import { responseVariability } from '../../../scoring/statistics/protocol/intra-individual-variability.ts';
import { longestRun, meanRun } from '../../../scoring/statistics/protocol/long-string.ts';
import { mahalanobisCutoff, mahalanobisDistances } from '../../../scoring/statistics/protocol/mahalanobis.ts';
import {
  findSynonyms,
  synonymConsistency,
} from '../../../scoring/statistics/protocol/psychometric-synonyms.ts';
import { completeRows } from '../../../scoring/statistics/rows.ts';
import type { Got } from '../compare.ts';
import { digit, rowsWhere, stated, statedList } from '../conventions.ts';
import type { Compute, Family } from '../family.ts';
import type { Case, Check } from '../read-case.ts';
import { openRows } from '../read-table.ts';

const rows = (one: Case): (number | null)[][] => openRows(one.table('x'));

/** Sizes of the scales: factors=c(5,5,…), or rep(5,10). */
function scaleSizes(check: Check): number[] {
  const listed = statedList(check.how, /c\(([\d,\s]+)\)/);
  if (listed !== undefined) return listed;
  const [size, times] = statedList(check.how, /rep\((\d+\s*,\s*\d+)\)/) ?? [];
  if (size === undefined || times === undefined)
    throw new Error('the case does not say the sizes of the scales');
  return Array.from({ length: times }, () => size);
}

/** Distances at the rows that are complete, null at the others. */
function distances(one: Case): (number | null)[] {
  const found = mahalanobisDistances(completeRows(rows(one)));
  if (found === null) throw new Error('the covariance cannot be inverted');
  const left = [...found];
  return rows(one).map((row) => (row.includes(null) ? null : (left.shift() ?? null)));
}

const synonyms =
  (kind: 'synonyms' | 'antonyms'): Compute =>
  (one, check): Got => {
    const pairs = findSynonyms(rows(one), Math.abs(stated(check.how, /critval=(-?[\d.]+)/, 0.6)), kind);
    return rows(one).map((row) => synonymConsistency(row, pairs));
  };

export const family: Family = {
  checks: {
    longstring: (one) => rows(one).map(longestRun),
    avgLongstring: (one) => rows(one).map(meanRun),
    irv: (one) => rows(one).map(responseVariability),
    evenOdd: (one, check) => rows(one).map((row) => evenOddInconsistency(row, scaleSizes(check))),
    'mahalanobisD#': distances,
    'mahalanobisFlag#': (one, check) => {
      const cutoff = mahalanobisCutoff(
        one.table('x').columns.length,
        digit(check) / 10 ** String(digit(check)).length,
      );
      return rowsWhere(distances(one), (value) => value !== null && value > cutoff);
    },
    psychsyn: synonyms('synonyms'),
    psychant: synonyms('antonyms'),
  },
};
