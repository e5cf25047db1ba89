import { log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import { median } from '../basics/quantile.ts';

export interface BookmarkItem {
  /** discrimination, on the logistic scale times D */
  readonly a: number;
  /** difficulty */
  readonly b: number;
}

export interface Bookmark {
  /** items from the easiest page to the hardest, counted from 0 */
  readonly order: readonly number[];
  /** ability at which each item of the booklet is answered right with the response probability, in the order of pages */
  readonly locations: readonly number[];
  /** cut of each judge */
  readonly judgeCuts: readonly number[];
  readonly cut: number;
}

/**
 * Bookmark procedure: items ordered by the ability at which they are answered right with probability RP, θ = b + ln(RP/(1-RP))/(D a); a judge puts the mark on
 * the first page that a minimally competent person would not master, and the cut is the location of the page before it. Median over judges.
 * Source: H. C. Mitzel, D. M. Lewis, R. J. Patz, D. R. Green (2001), in Setting Performance Standards.
 * @param pages page of each judge's mark, 2…items+1
 * @param responseProbability usually 2/3 or 0.67
 * @throws RangeError for a page without one before it
 */
export function bookmark(
  items: readonly BookmarkItem[],
  pages: readonly number[],
  responseProbability = 0.67,
  scaling = 1,
): Bookmark {
  const reach = log(responseProbability / (1 - responseProbability));
  const sorted = items
    .map(({ a, b }, item) => ({ item, location: b + reach / (scaling * a) }))
    .sort((one, other) => one.location - other.location || one.item - other.item);
  const judgeCuts = pages.map((page) => pick(sorted, page - 2).location);
  return {
    order: sorted.map(({ item }) => item),
    locations: sorted.map(({ location }) => location),
    judgeCuts,
    cut: median(judgeCuts),
  };
}
