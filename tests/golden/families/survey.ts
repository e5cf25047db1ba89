import {
  surveyRow,
  type SurveyRecode,
  type SurveyRow,
} from '../../../scoring/statistics/survey/survey-table.ts';
import type { Got } from '../compare.ts';
import type { Family } from '../family.ts';
import { number, numberList, object } from '../json.ts';
import type { Case } from '../read-case.ts';
import { open } from '../read-table.ts';

function recodes(one: Case): Map<string, SurveyRecode> {
  return new Map(
    Object.entries(object(one.need('bins').value)).map(([question, recode]) => {
      const { min, max, bins } = object(recode);
      return [
        question,
        {
          min: number(min),
          max: number(max),
          bins: Object.entries(object(bins)).map(([label, ends]) => {
            const [from = NaN, to = from] = numberList(ends);
            return { label, from, to };
          }),
        },
      ];
    }),
  );
}

const rows = (one: Case): Map<string, SurveyRow> =>
  new Map(
    [...recodes(one)].map(([question, recode]) => [
      question,
      surveyRow(open(one.table('responses'), question), recode),
    ]),
  );

const names = (row: SurveyRow): Got => ({
  n: row.n,
  missing: row.missing,
  invalid: row.invalid,
  counts: Object.fromEntries(row.bins.map(({ label, count }) => [label, count])),
  percentValid: Object.fromEntries(row.bins.map(({ label, percent }) => [label, percent])),
  percentRounded: Object.fromEntries(row.bins.map(({ label, percentRounded }) => [label, percentRounded])),
  wilsonCI95: row.bins.map(({ interval }) => interval),
  mean: row.mean,
  sd: row.deviation,
  median: row.median,
});

export const family: Family = {
  given: { bins: 'ranges of the recode' },
  checks: {
    printedCounts: (one) =>
      Object.fromEntries(
        [...rows(one)].map(([question, row]) => [question, row.bins.map(({ count }) => count)]),
      ),
    table: (one) => Object.fromEntries([...rows(one)].map(([question, row]) => [question, names(row)])),
    // the percentage of the first bin of the question that the text names
    'anchor#': (one, check) => rows(one).get(`q${/question (\d+)/.exec(check.how)?.[1]}`)?.bins[0]?.percent,
  },
};
