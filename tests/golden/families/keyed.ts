import { formulaScore } from '../../../scoring/statistics/choices/formula-score.ts';
import {
  type MultipleResponseRule,
  scoreMultipleResponse,
} from '../../../scoring/statistics/choices/score-multiple-response.ts';
import { sum } from '../../../scoring/statistics/rows.ts';
import { digit, stated } from '../conventions.ts';
import type { Family } from '../family.ts';
import { textList } from '../json.ts';
import type { Case } from '../read-case.ts';
import { numbers, texts } from '../read-table.ts';

/** Letters of one cell. */
const letters = (cell: string): Set<string> => new Set(cell.trim());

/** "share of the 4 options treated right", "formulaScore4options". */
const optionCount = (one: Case): number =>
  stated(
    one.checks.map(({ how }) => how).join('\n'),
    /the (\d+) options/,
    stated(one.notes, /(\d+) options/, 4),
  );

/** Sum of the marks of each person. */
function totals(one: Case, rule: MultipleResponseRule): number[] {
  const table = one.table('answers');
  const key = textList(one.need('key').value).map(letters);
  const columns = table.columns.slice(0, key.length).map((name) => texts(table, name).map(letters));
  return table.rows.map((_, person) =>
    sum(
      key.map((right, item) =>
        scoreMultipleResponse(columns[item]?.[person] ?? new Set<string>(), right, optionCount(one), rule),
      ),
    ),
  );
}

export const family: Family = {
  given: { key: 'right options' },
  checks: {
    allOrNothing: (one) => totals(one, 'all-or-nothing'),
    partialPenalty: (one) => totals(one, 'partial-with-penalty'),
    perOption: (one) => totals(one, 'per-option'),
    'formulaScore#options': (one, check) => {
      const table = one.table('counts');
      const wrong = numbers(table, 'wrong');
      return numbers(table, 'right').map((right, person) =>
        formulaScore(right, wrong[person] ?? NaN, digit(check)),
      );
    },
  },
};
