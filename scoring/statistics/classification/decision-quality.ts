import { integrate } from '../../numeric/integrate.ts';
import { trueScoreDensity, type TrueScores } from './true-score-distribution.ts';

/** How well a threshold sorts a group of persons. Proportions of the group; statistics of a group, never of one person. */
export interface DecisionQuality {
  /** truly and observed below the threshold */
  readonly rightlyNotMet: number;
  readonly rightlyMet: number;
  /** observed below, truly at or above */
  readonly wronglyNotMet: number;
  readonly wronglyMet: number;
  /** rightly sorted */
  readonly accuracy: number;
  /** share of those truly below who are observed below */
  readonly sensitivity: number;
  /** share of those truly at or above who are observed so */
  readonly specificity: number;
  /** sorted alike by two independent administrations */
  readonly consistency: number;
  /** sorted alike by chance, given the shares */
  readonly chance: number;
  /** (consistency - chance)/(1 - chance) */
  readonly kappa: number;
}

/**
 * Accuracy and consistency of a threshold from a distribution of true scores and an error model.
 * Source: S. A. Livingston, C. Lewis (1995), Journal of Educational Measurement 32, 179–197; consistency as B. A. Hanson (1991).
 * @param trueThreshold as a share of the maximum
 * @param below chance of an observed score below the threshold at a true score
 * @param belowSecond the same at the second administration; the first one's unless given
 */
export function decisionQuality(
  distribution: TrueScores,
  trueThreshold: number,
  below: (trueScore: number) => number,
  belowSecond = below,
): DecisionQuality {
  const { lower, upper } = distribution;
  const cut = Math.min(upper, Math.max(lower, trueThreshold));
  const overBelow = (f: (trueScore: number) => number): number =>
    integrate(
      (fromLow, toHigh) =>
        f(lower + fromLow) * trueScoreDensity(fromLow, toHigh + (upper - cut), distribution),
      cut - lower,
    );
  const overAbove = (f: (trueScore: number) => number): number =>
    integrate(
      (fromLow, toHigh) => f(cut + fromLow) * trueScoreDensity(fromLow + (cut - lower), toHigh, distribution),
      upper - cut,
    );
  const overAll = (f: (trueScore: number) => number): number => overBelow(f) + overAbove(f);

  const rightlyNotMet = overBelow(below);
  const wronglyMet = overBelow((p) => 1 - below(p));
  const wronglyNotMet = overAbove(below);
  const rightlyMet = overAbove((p) => 1 - below(p));
  const second = overAll(belowSecond);
  const both = overAll((p) => below(p) * belowSecond(p));
  const first = rightlyNotMet + wronglyNotMet;
  const consistency = 1 - first - second + 2 * both;
  const chance = first * second + (1 - first) * (1 - second);
  return {
    rightlyNotMet,
    rightlyMet,
    wronglyNotMet,
    wronglyMet,
    accuracy: rightlyNotMet + rightlyMet,
    sensitivity: rightlyNotMet / (rightlyNotMet + wronglyMet),
    specificity: rightlyMet / (rightlyMet + wronglyNotMet),
    consistency,
    chance,
    kappa: (consistency - chance) / (1 - chance),
  };
}
