import { pick } from '../../numeric/pick.ts';

/** Ranks from 1, smallest first; equal values share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => pick(values, a) - pick(values, b));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    const value = pick(values, pick(order, start));
    let end = start;
    while (end < order.length && pick(values, pick(order, end)) === value) end += 1;
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
