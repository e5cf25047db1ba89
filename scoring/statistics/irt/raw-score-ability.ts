import { findRoot } from '../../numeric/find-root.ts';
import { pick } from '../../numeric/pick.ts';
import { curveInformation, informationError } from './information.ts';
import { itemCurve } from './item-curve.ts';
import type { PartialCreditItem } from './partial-credit-curve.ts';

/** Ability of a raw score. */
export interface RawScoreAbility {
  readonly raw: number;
  readonly theta: number;
  /** 1/sqrt(information) */
  readonly error: number;
}

/** Raw score that is expected at an ability. */
export const expectedRaw = (items: readonly PartialCreditItem[], theta: number): number =>
  items.reduce((sum, item) => sum + itemCurve(item, theta).p.reduce((mean, p, h) => mean + h * p, 0), 0);

/**
 * Maximum-likelihood ability of a raw score under the Rasch, partial credit or rating scale model (all a = 1): where the expected raw score
 * is the observed one.
 * @returns null for the lowest and the highest raw score, which have no such ability; Warm's estimate may be reported there
 * @throws RangeError for a raw score that is no whole number from 0 to the highest
 */
export function rawScoreAbility(items: readonly PartialCreditItem[], raw: number): RawScoreAbility | null {
  const top = items.reduce((sum, { thresholds }) => sum + thresholds.length, 0);
  if (!Number.isInteger(raw) || raw < 0 || raw > top) throw new RangeError(`no raw score ${raw} of 0…${top}`);
  if (raw === 0 || raw === top) return null;
  const all = items.flatMap(({ thresholds }) => thresholds);
  const edge = all.length + 10;
  const theta = findRoot(
    (t) => expectedRaw(items, t) - raw,
    Math.min(...all) - edge,
    Math.max(...all) + edge,
  );
  const information = items.reduce((sum, item) => sum + curveInformation(itemCurve(item, theta)), 0);
  return { raw, theta, error: informationError(information) };
}

/** Raw score of the items that were answered, and those items. */
export function answeredPart(
  items: readonly PartialCreditItem[],
  pattern: readonly (number | null)[],
): { readonly shown: readonly PartialCreditItem[]; readonly raw: number } {
  const shown = items.filter((_, j) => pick(pattern, j) !== null);
  const raw = pattern.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return { shown, raw };
}
