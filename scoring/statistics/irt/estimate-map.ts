import { type Ability, type NormalPrior, standardNormal } from './ability.ts';
import { answeredItems, likelihoodSlope, type Pattern } from './answered-items.ts';
import { informationError } from './information.ts';
import type { CalibratedItem } from './item-curve.ts';
import { type AbilityRange, maximiseBySlope, usualRange } from './maximise-by-slope.ts';

/**
 * Mode of the posterior distribution of ability under a normal prior (MAP, "Bayes modal"); error 1/sqrt(I + 1/σ²).
 * Source: F. Samejima (1969), Psychometrika Monograph 17.
 * @throws RangeError as answeredItems does
 */
export function estimateMap(
  items: readonly CalibratedItem[],
  pattern: Pattern,
  { mean, deviation }: NormalPrior = standardNormal,
  range: AbilityRange = usualRange,
): Ability {
  const answered = answeredItems(items, pattern);
  const precision = 1 / (deviation * deviation);
  const { theta, atLimit } = maximiseBySlope(
    (t) => likelihoodSlope(answered, t).slope + (mean - t) * precision,
    range,
  );
  return {
    theta,
    atLimit,
    error: informationError(likelihoodSlope(answered, theta).information + precision),
  };
}
