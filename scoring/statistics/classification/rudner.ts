import { normalCdf } from '../../numeric/distributions-normal.ts';
import { mean } from '../basics/mean.ts';

export interface Rudner {
  /** mean chance that a person's true ability is on the side of the cut where the estimate is */
  readonly accuracy: number;
  /** mean chance that two estimates fall on one side, p² + (1-p)² */
  readonly consistency: number;
}

/** Chance, by a normal error about the estimate, of being on the side of the cut where the estimate is. For the group statistics only. */
export const sideProbability = (theta: number, standardError: number, cut: number): number =>
  normalCdf(Math.abs(theta - cut) / standardError);

/**
 * Accuracy and consistency of a cut on the ability scale from estimates and their standard errors.
 * Source: L. M. Rudner (2001, 2005), Practical Assessment, Research & Evaluation 7(14), 10(13). A statistic of the group: the chances of one person are not
 * reported to anybody.
 * @throws RangeError for no persons
 */
export function rudner(
  persons: readonly { readonly theta: number; readonly standardError: number }[],
  cut: number,
): Rudner {
  const sides = persons.map(({ theta, standardError }) => sideProbability(theta, standardError, cut));
  return { accuracy: mean(sides), consistency: mean(sides.map((p) => p * p + (1 - p) * (1 - p))) };
}
