import { pick } from '../../numeric/pick.ts';
import { mean } from '../basics/mean.ts';

export interface TraceGroup {
  /** persons in the group */
  readonly n: number;
  readonly meanTotal: number;
  /** share of the group that chose each option, in the order asked for; omissions are the rest */
  readonly shares: readonly number[];
}

/**
 * Option trace: the share of each option in groups of persons from the lowest totals to the highest, as equal in size as ties allow (persons of
 * one total are never parted). The key should rise, distractors fall.
 * Source: H. Wainer (1989), Journal of Educational Measurement 26, 191–208 (trace lines).
 * @param groups at least 1; fewer come out where totals are few
 */
export function traceOptions(
  chosen: readonly (number | null)[],
  totals: readonly number[],
  options: readonly number[],
  groups: number,
): TraceGroup[] {
  const n = totals.length;
  const counts = new Map<number, number>();
  for (const total of totals) counts.set(total, (counts.get(total) ?? 0) + 1);
  const groupOf = new Map<number, number>();
  let before = 0;
  for (const [total, count] of [...counts].sort(([a], [b]) => a - b)) {
    // the group in which the middle person of this total falls
    groupOf.set(total, Math.min(groups - 1, Math.floor(((before + count / 2) * groups) / n)));
    before += count;
  }
  return Array.from({ length: groups }, (_, group) =>
    totals.flatMap((total, person) => (groupOf.get(total) === group ? [person] : [])),
  )
    .filter((persons) => persons.length > 0)
    .map((persons) => ({
      n: persons.length,
      meanTotal: mean(persons.map((person) => pick(totals, person))),
      shares: options.map((option) =>
        mean(persons.map((person) => (pick(chosen, person) === option ? 1 : 0))),
      ),
    }));
}
