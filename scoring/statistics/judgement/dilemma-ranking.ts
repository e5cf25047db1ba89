import { pick } from '../../numeric/pick.ts';
import { sum } from '../rows.ts';

/**
 * Points by kind of argument in dilemmas where the person ranks the most important considerations: rank 1 gets the first weight, and so on; points are added
 * over stories by the kind that the key gives to the ranked item.
 * The arithmetic of J. R. Rest (1979), Development in Judging Moral Issues. Items, key and the N2 index of that test belong to its owner and are no part of this.
 * @param ranked for each story the kinds of the ranked items, most important first
 * @param weights points of the ranks, such as 4, 3, 2, 1
 * @param kinds all kinds, in order
 */
export function rankingPoints(
  ranked: readonly (readonly string[])[],
  weights: readonly number[],
  kinds: readonly string[],
): Map<string, number> {
  return new Map(
    kinds.map((kind) => [
      kind,
      sum(ranked.map((story) => sum(story.map((one, rank) => (one === kind ? pick(weights, rank) : 0))))),
    ]),
  );
}

/** Share of the attainable points that some kinds got, in percent: 100 · points / (stories · sum of weights). */
export function rankingPercent(
  points: ReadonlyMap<string, number>,
  kinds: readonly string[],
  stories: number,
  weights: readonly number[],
): number {
  const own = sum([...points].map(([kind, value]) => (kinds.includes(kind) ? value : 0)));
  return (100 * own) / (stories * sum(weights));
}
