import { pick } from '../../numeric/pick.ts';
import { mean } from '../basics/mean.ts';

export interface SchulteMeasures {
  /** mean time of a table, ms */
  readonly efficiencyMs: number;
  /** first table over the mean: below 1, worked in at once */
  readonly workingIn: number;
  /** last but one table over the mean: below 1, attention held to the end */
  readonly steadiness: number;
}

/**
 * Schulte tables (numbers 1…25 to be found in order, usually five tables): efficiency, working-in and steadiness from the time of each table.
 * Source: W. Schulte; indices as usual in Russian-language psychodiagnostics: T1/mean and T4/mean of five.
 * @param timesMs of the tables in order, at least two
 * @throws RangeError for fewer
 */
export function measureSchulte(timesMs: readonly number[]): SchulteMeasures {
  const efficiencyMs = mean(timesMs);
  return {
    efficiencyMs,
    workingIn: pick(timesMs, 0) / efficiencyMs,
    steadiness: pick(timesMs, timesMs.length - 2) / efficiencyMs,
  };
}
