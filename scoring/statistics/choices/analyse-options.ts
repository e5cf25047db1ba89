import { pick } from '../../numeric/pick.ts';
import { mean } from '../basics/mean.ts';

export interface OptionAnalysis {
  readonly option: number;
  /** persons who chose it */
  readonly count: number;
  /** mean total of these persons; null when nobody chose it */
  readonly meanTotal: number | null;
}

/**
 * Choices of one item: how many chose each option, and how good they were. A distractor that nobody chooses does no work; one whose choosers have a
 * higher mean total than those of the key points to a wrong key.
 * @param chosen option of each person, null where missing
 * @param totals of the same persons
 * @param options the options to count, in order
 */
export function analyseOptions(
  chosen: readonly (number | null)[],
  totals: readonly number[],
  options: readonly number[],
): OptionAnalysis[] {
  return options.map((option) => {
    const own = totals.filter((_, person) => pick(chosen, person) === option);
    return { option, count: own.length, meanTotal: own.length === 0 ? null : mean(own) };
  });
}
