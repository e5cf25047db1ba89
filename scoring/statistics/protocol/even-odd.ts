import { answered, completePairs } from '../rows.ts';
import { correlation } from '../basics/correlation.ts';
import { mean } from '../basics/mean.ts';

const meanOf = (values: readonly (number | null)[]): number | null => {
  const present = answered(values);
  return present.length === 0 ? null : mean(present);
};

/**
 * Even–odd inconsistency: the correlation, within a person and over scales, of the means of the even and the odd items of each scale, stepped up by
 * Spearman–Brown and turned, so that high means careless: -max(-1, 2r/(1+r)). Between -1 and 1.
 * Source: J. A. Johnson (2005), Journal of Research in Personality 39, 103–129; after Jackson (1976).
 * @param values in the order of scales, after reversal
 * @param sizes number of items of each scale
 * @returns null where the means do not vary, or fewer than two scales can be used
 */
export function evenOddInconsistency(
  values: readonly (number | null)[],
  sizes: readonly number[],
): number | null {
  let start = 0;
  const halves = sizes.map((size) => {
    const items = values.slice(start, start + size);
    start += size;
    return [
      meanOf(items.filter((_, i) => i % 2 === 1)),
      meanOf(items.filter((_, i) => i % 2 === 0)),
    ] as const;
  });
  const r = correlation(
    ...completePairs(
      halves.map(([even]) => even),
      halves.map(([, odd]) => odd),
    ),
  );
  return r === null ? null : -Math.max(-1, (2 * r) / (1 + r));
}
