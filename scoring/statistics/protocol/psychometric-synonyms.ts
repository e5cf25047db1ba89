import { pick } from '../../numeric/pick.ts';
import { columnCount, column, completePairs, type OpenRows } from '../rows.ts';
import { correlation, pairwiseCorrelation } from '../basics/correlation.ts';

/** Pairs of items, later item first. */
export type ItemPair = readonly [number, number];

/**
 * Psychometric synonyms: pairs of items that correlate above the critical value in the sample (antonyms: below its negative).
 * Source: A. W. Meade, S. B. Craig (2012), Psychological Methods 17, 437–455.
 */
export function findSynonyms(
  rows: OpenRows,
  critical: number,
  kind: 'synonyms' | 'antonyms' = 'synonyms',
): ItemPair[] {
  const items = Array.from({ length: columnCount(rows) }, (_, item) => column(rows, item));
  const sign = kind === 'synonyms' ? 1 : -1;
  return items.flatMap((first, i) =>
    items.slice(0, i).flatMap((second, j): ItemPair[] => {
      const r = pairwiseCorrelation(first, second);
      return r !== null && sign * r > critical ? [[i, j]] : [];
    }),
  );
}

/**
 * Consistency of one person over the pairs: the within-person correlation of the two sides. Near 0 or below: chance answers. The sides of a pair have an
 * order (the later item first), since the correlation depends on it.
 * @returns null for fewer than three usable pairs or no variance
 */
export function synonymConsistency(
  values: readonly (number | null)[],
  pairs: readonly ItemPair[],
): number | null {
  const [x, y] = completePairs(
    pairs.map(([first]) => pick(values, first)),
    pairs.map(([, second]) => pick(values, second)),
  );
  return x.length < 3 ? null : correlation(x, y);
}
