import { answered, type OpenRows, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/** Mean time of each item over those who have one. @returns null for an item without times */
export const itemMeanTimes = (times: OpenRows): (number | null)[] =>
  transpose(times).map((values) => {
    const present = answered(values);
    return present.length === 0 ? null : mean(present);
  });

/**
 * Normative threshold for rapid guessing, NT10: 10 % of the mean time of the item, at most 10 s. Not to be used below 100 persons.
 * Source: S. L. Wise, L. Ma (2012), Setting response time thresholds for a CAT item pool: the normative threshold method (NCME paper).
 * @param meanTime in the unit of `longest`
 */
export const normativeThreshold = (meanTime: number, share = 0.1, longest = 10): number =>
  Math.min(longest, share * meanTime);
