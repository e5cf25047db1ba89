import type { Ability } from './ability.ts';
import { answeredItems, likelihoodSlope, type Pattern } from './answered-items.ts';
import { informationError } from './information.ts';
import type { CalibratedItem } from './item-curve.ts';
import { type AbilityRange, maximiseBySlope, usualRange } from './maximise-by-slope.ts';

/**
 * Maximum-likelihood ability, the highest maximum in the range; error 1/sqrt(I). It does not exist for answers that are all lowest or all
 * highest: then `atLimit`, and WLE or EAP is to be reported instead.
 * Source: F. M. Lord (1980), Applications of Item Response Theory, chapter 4.
 * @throws RangeError as answeredItems does
 */
export function estimateMl(
  items: readonly CalibratedItem[],
  pattern: Pattern,
  range: AbilityRange = usualRange,
): Ability {
  const answered = answeredItems(items, pattern);
  const { theta, atLimit } = maximiseBySlope((t) => likelihoodSlope(answered, t).slope, range);
  return { theta, atLimit, error: informationError(likelihoodSlope(answered, theta).information) };
}
