import type { Ability } from './ability.ts';
import { answeredItems, likelihoodSlope, type Pattern } from './answered-items.ts';
import { informationError } from './information.ts';
import type { CalibratedItem } from './item-curve.ts';
import { type AbilityRange, maximiseBySlope, usualRange } from './maximise-by-slope.ts';

/**
 * Warm's weighted likelihood ability: the slope of the log likelihood is corrected by J/(2I), which takes out the first-order bias of maximum
 * likelihood and leaves a finite estimate for perfect scores; error 1/sqrt(I).
 * Source: T. A. Warm (1989), Psychometrika 54, 427–450; for ordered categories M. von Davier (2016), ETS RR-16-23.
 * @throws RangeError as answeredItems does
 */
export function estimateWle(
  items: readonly CalibratedItem[],
  pattern: Pattern,
  range: AbilityRange = usualRange,
): Ability {
  const answered = answeredItems(items, pattern);
  const { theta, atLimit } = maximiseBySlope((t) => {
    const { slope, information, bias } = likelihoodSlope(answered, t);
    return slope + bias / (2 * information);
  }, range);
  return { theta, atLimit, error: informationError(likelihoodSlope(answered, theta).information) };
}
