import { mean } from '../basics/mean.ts';

/** Lengths of the runs of one answer, in order of presentation and before reversal; a missing answer is a run of its own. */
function runs(values: readonly (number | null)[]): number[] {
  const lengths: number[] = [];
  let last: number | null = null;
  let length = 0;
  for (const value of values) {
    if (length > 0 && value !== null && value === last) length += 1;
    else {
      if (length > 0) lengths.push(length);
      length = 1;
    }
    last = value;
  }
  if (length > 0) lengths.push(length);
  return lengths;
}

/**
 * Longest run of one and the same answer to consecutive items.
 * Source: J. A. Johnson (2005), Journal of Research in Personality 39, 103–129. No cutoff holds for all questionnaires.
 */
export const longestRun = (values: readonly (number | null)[]): number => Math.max(0, ...runs(values));

/** Mean length of the runs. @throws RangeError for no values */
export const meanRun = (values: readonly (number | null)[]): number => mean(runs(values));
