import { answered } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/**
 * Acquiescence: mean of the answers before reversal. Says something only where half of the items are keyed the other way.
 * Source: D. L. Paulhus (1991), in Measures of Personality and Social Psychological Attitudes.
 * @returns null for no answers
 */
export function acquiescence(values: readonly (number | null)[]): number | null {
  const present = answered(values);
  return present.length === 0 ? null : mean(present);
}

/** Share of answers at either end of the response scale. @returns null for no answers */
export function extremeShare(
  values: readonly (number | null)[],
  range: { readonly min: number; readonly max: number },
): number | null {
  const present = answered(values);
  return present.length === 0
    ? null
    : present.filter((value) => value === range.min || value === range.max).length / present.length;
}

/** Share of items without an answer. @throws RangeError for no items */
export const missingShare = (values: readonly (number | null)[]): number =>
  mean(values.map((value) => (value === null ? 1 : 0)));
