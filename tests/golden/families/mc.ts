import { covarianceMatrix } from '../../../scoring/statistics/basics/covariance-matrix.ts';
import { mean } from '../../../scoring/statistics/basics/mean.ts';
import { standardDeviation } from '../../../scoring/statistics/basics/variance.ts';
import { analyseOptions, type OptionAnalysis } from '../../../scoring/statistics/choices/analyse-options.ts';
import { scoreKey } from '../../../scoring/statistics/choices/score-key.ts';
import { cronbachAlpha } from '../../../scoring/statistics/ctt/cronbach-alpha.ts';
import { itemDifficulty } from '../../../scoring/statistics/ctt/item-difficulty.ts';
import { correctedItemTotals } from '../../../scoring/statistics/ctt/item-total.ts';
import { answered, column, rowTotals } from '../../../scoring/statistics/rows.ts';
import type { Got } from '../compare.ts';
import { firstOf, statedList, wholeRange } from '../conventions.ts';
import type { Family } from '../family.ts';
import { numberList } from '../json.ts';
import type { Case } from '../read-case.ts';
import { openRows } from '../read-table.ts';

const chosen = (one: Case): (number | null)[][] => openRows(one.table('raw', 'x'));
const key = (one: Case): number[] => numberList(one.need('key').value);

/** Marks with a missing answer counted wrong: nothing is missing any more. */
const marks = (one: Case): number[][] => scoreKey(chosen(one), key(one), 'wrong').map(answered);
const covariances = (one: Case): number[][] => covarianceMatrix(marks(one));

/** The options to count: "levels=0:8" in the case, else those that occur. */
function options(one: Case): number[] {
  const range = one.checks
    .map(({ how }) => statedList(how.replace(':', ','), /levels=(\d+,\d+)/))
    .find((found) => found !== undefined);
  const [first, last] = range ?? [];
  if (first !== undefined && last !== undefined) return wholeRange(first, last);
  return [...new Set(chosen(one).flatMap(answered))].sort((a, b) => a - b);
}

const perItem = (one: Case, value: (option: OptionAnalysis) => Got): Got =>
  key(one).map((_, item) =>
    Object.fromEntries(
      analyseOptions(column(chosen(one), item), rowTotals(marks(one)), options(one)).map((option) => [
        String(option.option),
        value(option),
      ]),
    ),
  );

export const family: Family = {
  given: { key: 'right options' },
  checks: {
    itemDifficultyMissingWrong: (one) => itemDifficulty(scoreKey(chosen(one), key(one), 'wrong')),
    itemDifficultyMissingExcluded: (one) =>
      itemDifficulty(scoreKey(chosen(one), key(one), 'excluded'), 'excluded'),
    'totalFirst#': (one, check) => firstOf(rowTotals(marks(one)), check),
    totalMean: (one) => mean(rowTotals(marks(one))),
    totalSD: (one) => standardDeviation(rowTotals(marks(one))),
    optionCounts: (one) => perItem(one, ({ count }) => count),
    optionMeanTotal: (one) => perItem(one, ({ meanTotal }) => meanTotal),
    correctedItemTotal: (one) => correctedItemTotals(covariances(one)),
    alpha: (one) => cronbachAlpha(covariances(one)),
  },
};
