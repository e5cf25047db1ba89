import type { Scale } from '../question-banks/schema.ts';
import type { ScaleScore } from './score-sheet.ts';
import type { MarkedStatement } from './kinds/mark-item.ts';
import { reverse } from './kinds/likert.ts';
import { round } from './numeric/round.ts';
import { withinPersonInterval } from './precision/within-person.ts';

/** An item of a scale, whether or not it was on the form. */
export interface ScaleItem {
  readonly reversed: boolean;
  readonly min: number;
  readonly max: number;
  /** before reversal; null: not answered, or not on the form */
  readonly value: number | null;
}

/**
 * Sum of the items, each reversed where the scale says so (r' = min + max - r). Missing answers: with at least the scale's floor of its
 * items answered (an item that was not on the form counts as missing), the sum is prorated,
 *   raw = minimum + (maximum - minimum) · sum(r' - min) / sum(max - min) over the answered items,
 * which for items of one range is (mean of the answered) · (number of items). Below the floor there is no score.
 * raw: 2 decimals; percent of maximum and interval: 1.
 */
export function scoreScale(scale: Pick<Scale, 'id' | 'missing'>, items: readonly ScaleItem[]): ScaleScore {
  const minimum = items.reduce((total, one) => total + one.min, 0);
  const maximum = items.reduce((total, one) => total + one.max, 0);
  let above = 0;
  let range = 0;
  const shares: number[] = [];
  for (const { value, reversed, min, max } of items) {
    if (value === null) continue;
    const mark = reversed ? reverse(value, { min, max }) : value;
    above += mark - min;
    range += max - min;
    shares.push((mark - min) / (max - min));
  }
  const counted = { scale: scale.id, items: items.length, answered: shares.length, minimum, maximum };
  if (shares.length === 0 || shares.length < scale.missing.floor * items.length)
    return { ...counted, raw: null, percentOfMaximum: null, interval: null };

  const oneRange = items.every((one) => one.max - one.min === (items[0]?.max ?? 0) - (items[0]?.min ?? 0));
  return {
    ...counted,
    raw: round(minimum + ((maximum - minimum) * above) / range, 2),
    percentOfMaximum: round((100 * above) / range, 1),
    // items of unlike ranges weigh unlike in the sum: the mean of shares is then not the percent of maximum
    interval: oneRange ? withinPersonInterval(shares) : null,
  };
}

/** The items of a scale with what was answered on the form. */
export const answersOfScale = (
  scale: Scale,
  rangeOf: (item: string) => { readonly min: number; readonly max: number },
  onForm: ReadonlyMap<string, MarkedStatement>,
): ScaleItem[] =>
  scale.items.map(({ item, reversed }) => ({
    reversed,
    ...rangeOf(item),
    value: onForm.get(item)?.mark ?? null,
  }));
