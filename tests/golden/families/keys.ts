import { pairwiseCorrelation } from '../../../scoring/statistics/basics/correlation.ts';
import { covarianceMatrix } from '../../../scoring/statistics/basics/covariance-matrix.ts';
import { cronbachAlpha } from '../../../scoring/statistics/ctt/cronbach-alpha.ts';
import { completeRows, rowTotals } from '../../../scoring/statistics/rows.ts';
import { imputeItemMedians } from '../../../scoring/statistics/scores/impute-median.ts';
import { reverseItems } from '../../../scoring/statistics/scores/reverse-items.ts';
import { scaleMean } from '../../../scoring/statistics/scores/scale-mean.ts';
import { byKey, digit, stated, words } from '../conventions.ts';
import type { Family } from '../family.ts';
import { numberList, object, textList } from '../json.ts';
import type { Case, Check } from '../read-case.ts';
import { openRows } from '../read-table.ts';

/** A scale of the case: "-A1" is a reversed item. */
interface Scale {
  readonly items: readonly string[];
  readonly reversed: readonly boolean[];
}

const scales = (one: Case): Map<string, Scale> =>
  new Map(
    Object.entries(object(one.need('keys').value)).map(([name, items]) => [
      name,
      {
        items: textList(items).map((item) => item.replace(/^-/, '')),
        reversed: textList(items).map((item) => item.startsWith('-')),
      },
    ]),
  );

/** "min=1,max=6", or "Likert 1..6". */
function responseRange(one: Case, check: Check): { min: number; max: number } {
  const said = words(one, check);
  const low = stated(said, /min=(-?\d+)/, stated(said, /(-?\d+)\.\.-?\d+/, NaN));
  const high = stated(said, /max=(-?\d+)/, stated(said, /-?\d+\.\.(-?\d+)/, NaN));
  if (Number.isNaN(low + high)) throw new Error('the case does not say the response range');
  return { min: low, max: high };
}

const each = <T>(one: Case, value: (scale: Scale) => T): Record<string, T> =>
  byKey([...scales(one).keys()], (name) => {
    const scale = scales(one).get(name);
    if (scale === undefined) throw new Error(`no scale ${name}`);
    return value(scale);
  });

const answers = (one: Case, check: Check, scale: Scale): (number | null)[][] =>
  reverseItems(openRows(one.table('x'), scale.items), scale.reversed, responseRange(one, check));

/** Scores of the rows that the case asks for, counted from 1. */
const atRows = <T>(one: Case, values: readonly T[]): T[] =>
  numberList(one.need('rows').value).flatMap((row) => values.slice(row - 1, row));

const alphaOf = (rows: readonly (readonly (number | null)[])[]): number | null =>
  cronbachAlpha(covarianceMatrix(completeRows(rows)));

export const family: Family = {
  given: { keys: 'scales', rows: 'rows to compare' },
  checks: {
    scaleMeanNoImpute: (one, check) =>
      each(one, (scale) =>
        atRows(
          one,
          answers(one, check, scale).map((row) => scaleMean(row, 0)),
        ),
      ),
    'scaleMeanProrate#': (one, check) =>
      each(one, (scale) =>
        atRows(
          one,
          answers(one, check, scale).map((row) => scaleMean(row, digit(check) / 100)),
        ),
      ),
    scaleTotalMedianImpute: (one, check) =>
      each(one, (scale) => {
        const imputed = imputeItemMedians(openRows(one.table('x'), scale.items));
        return atRows(
          one,
          rowTotals(completeRows(reverseItems(imputed, scale.reversed, responseRange(one, check)))),
        );
      }),
    nComplete: (one) => each(one, (scale) => completeRows(openRows(one.table('x'), scale.items)).length),
    alphaComplete: (one, check) => each(one, (scale) => alphaOf(answers(one, check, scale))),
    alphaWithoutReversal: (one) => each(one, (scale) => alphaOf(openRows(one.table('x'), scale.items))),
    scaleCorrelations: (one, check) => {
      const scores = [...scales(one).values()].map((scale) =>
        answers(one, check, scale).map((row) => scaleMean(row, 0)),
      );
      return scores.map((a) => scores.map((b) => pairwiseCorrelation(a, b)));
    },
  },
};
