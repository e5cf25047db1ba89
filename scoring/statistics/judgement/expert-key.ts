import { type Rows, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';
import { standardDeviation } from '../basics/variance.ts';

/** What a panel of experts thinks of each option of a situational judgement test. */
export interface ExpertKey {
  readonly means: readonly number[];
  /** standard deviation over experts, n - 1 */
  readonly deviations: readonly number[];
  /** ratings of the experts for each option */
  readonly ratings: readonly (readonly number[])[];
}

/**
 * @param ratings experts × options
 * @throws RangeError for fewer than two experts
 */
export function expertKey(ratings: Rows): ExpertKey {
  const options = transpose(ratings);
  return {
    means: options.map(mean),
    deviations: options.map((values) => standardDeviation(values)),
    ratings: options,
  };
}
