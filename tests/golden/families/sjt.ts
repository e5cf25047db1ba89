import { bestWorstKey, scoreBestWorst } from '../../../scoring/statistics/judgement/best-worst.ts';
import { type ExpertKey, expertKey } from '../../../scoring/statistics/judgement/expert-key.ts';
import { type RatingScores, scoreRatings } from '../../../scoring/statistics/judgement/rating-distance.ts';
import type { Compute, Family } from '../family.ts';
import type { Case } from '../read-case.ts';
import { fullRows, numbers } from '../read-table.ts';

const key = (one: Case): ExpertKey => expertKey(fullRows(one.table('experts')));

const scored =
  (name: keyof RatingScores): Compute =>
  (one) =>
    fullRows(one.table('persons'), one.table('experts').columns).map(
      (row) => scoreRatings(row, key(one))[name],
    );

/** Options by item: columns i1o1, i1o2… of item 1. */
function items(one: Case): Map<number, { column: string; option: number; mean: number }[]> {
  const { means } = key(one);
  const found = new Map<number, { column: string; option: number; mean: number }[]>();
  for (const [i, column] of one.table('experts').columns.entries()) {
    const [, item, option] = /(\d+)\D+(\d+)$/.exec(column) ?? [];
    if (item === undefined || option === undefined) throw new Error(`column ${column}: not item and option`);
    const options = found.get(Number(item)) ?? [];
    found.set(Number(item), options);
    options.push({ column, option: Number(option), mean: means[i] ?? NaN });
  }
  return found;
}

const keyOf = (options: readonly { readonly mean: number }[]) =>
  bestWorstKey(options.map(({ mean }) => mean));

const keyOptions = (one: Case, which: 'best' | 'worst'): Record<string, number> =>
  Object.fromEntries(
    [...items(one).values()].flatMap((options) => {
      const found = options[keyOf(options)[which]];
      return found === undefined ? [] : [[found.column, found.option]];
    }),
  );

function bestWorst(one: Case): number[] {
  const table = one.table('bestworst');
  const [person, item, best, worst] = ['person', 'item', 'best', 'worst'].map((name) => numbers(table, name));
  const totals = new Map<number, number>();
  for (const [i, who] of (person ?? []).entries()) {
    const options = items(one).get(item?.[i] ?? NaN) ?? [];
    const place = (option: number | undefined): number => options.findIndex((one) => one.option === option);
    const marks = scoreBestWorst({ best: place(best?.[i]), worst: place(worst?.[i]) }, keyOf(options));
    totals.set(who, (totals.get(who) ?? 0) + marks.best + marks.worst);
  }
  return [...totals].sort(([a], [b]) => a - b).map(([, total]) => total);
}

export const family: Family = {
  checks: {
    expertMean: (one) => key(one).means,
    sumSquaredDistance: scored('squaredDistance'),
    sumAbsDistance: scored('absoluteDistance'),
    meanStandardizedDistance: scored('standardizedDistance'),
    shapeCorrelation: scored('shape'),
    withinPersonStandardizedSS: scored('standardizedSquares'),
    proportionConsensus: scored('consensus'),
    bestKey: (one) => keyOptions(one, 'best'),
    worstKey: (one) => keyOptions(one, 'worst'),
    bestWorstScore: bestWorst,
  },
};
