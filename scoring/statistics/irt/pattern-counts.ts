import { pick } from '../../numeric/pick.ts';
import { columnCount, type OpenRows } from '../rows.ts';
import type { Pattern } from './answered-items.ts';

/** Persons with equal answers, counted. */
export interface PatternCount {
  readonly pattern: Pattern;
  readonly count: number;
}

/** Persons who were shown the same items. */
export interface ShownGroup {
  /** columns that were answered, ascending */
  readonly items: readonly number[];
  readonly patterns: readonly PatternCount[];
}

/**
 * Equal rows of answers counted, in the order of their first appearance. Calibration needs no more than this.
 * @throws RangeError for no rows, or rows of unequal length
 */
export function countPatterns(rows: OpenRows): PatternCount[] {
  columnCount(rows);
  const counts = new Map<string, { readonly pattern: Pattern; count: number }>();
  for (const pattern of rows) {
    const key = pattern.join();
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { pattern, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()];
}

/** The same, sorted as numbers, first item first; a missing answer comes before 0. */
export const sortedPatterns = (rows: OpenRows): PatternCount[] =>
  countPatterns(rows).sort(({ pattern: x }, { pattern: y }) => {
    const differing = x.findIndex((value, j) => value !== y[j]);
    return (pick(x, differing) ?? -1) - (pick(y, differing) ?? -1);
  });

/** Patterns by the items that were answered. */
export function shownGroups(rows: OpenRows): ShownGroup[] {
  const groups = new Map<string, { readonly items: number[]; readonly patterns: PatternCount[] }>();
  for (const entry of countPatterns(rows)) {
    const items = entry.pattern.flatMap((value, j) => (value === null ? [] : [j]));
    const key = items.join();
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { items, patterns: [entry] });
    else known.patterns.push(entry);
  }
  return [...groups.values()];
}
