import { pick } from '../../numeric/pick.ts';
import { answered, type OpenRows, sum } from '../rows.ts';

/** What counts as a difference: any, the distance of ranks, or of values. */
export type KrippendorffMetric = 'nominal' | 'ordinal' | 'interval';

/** Squared difference of categories i and j, by their values and how often each was used. */
function difference(
  metric: KrippendorffMetric,
  values: readonly number[],
  totals: readonly number[],
  i: number,
  j: number,
): number {
  switch (metric) {
    case 'nominal':
      return i === j ? 0 : 1;
    case 'interval': {
      const d = pick(values, i) - pick(values, j);
      return d * d;
    }
    case 'ordinal': {
      const between = sum(totals.slice(Math.min(i, j), Math.max(i, j) + 1));
      const d = between - (pick(totals, i) + pick(totals, j)) / 2;
      return d * d;
    }
  }
}

/**
 * Krippendorff's alpha from the coincidence matrix; any number of raters, missing ratings allowed. A target rated once says nothing and is left out.
 * Source: K. Krippendorff (2004), Content Analysis, 2nd ed., chapter 11; (2011), Computing Krippendorff's Alpha-Reliability.
 * @param ratings targets × raters
 * @returns null when no target has two ratings, or all ratings are one value
 */
export function krippendorffAlpha(ratings: OpenRows, metric: KrippendorffMetric): number | null {
  const units = ratings.map(answered).filter((values) => values.length > 1);
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  const counts = units.map((unit) => values.map((value) => unit.filter((rating) => rating === value).length));
  const totals = values.map((_, i) => sum(counts.map((count) => pick(count, i))));
  const n = sum(totals);
  let observed = 0;
  let expected = 0;
  for (const i of values.keys()) {
    for (const j of values.keys()) {
      const d = difference(metric, values, totals, i, j);
      if (d === 0) continue;
      observed += d * sum(counts.map((count) => (pick(count, i) * pick(count, j)) / (sum(count) - 1)));
      expected += d * pick(totals, i) * pick(totals, j);
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}
