import { round } from '../../numeric/round.ts';
import { mean } from '../basics/mean.ts';
import { median } from '../basics/quantile.ts';
import { standardDeviation } from '../basics/variance.ts';
import { answered } from '../rows.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** How answers of one question are brought together. */
export interface SurveyRecode {
  readonly min: number;
  readonly max: number;
  /** label with the first and the last answer that count in it */
  readonly bins: readonly { readonly label: string; readonly from: number; readonly to: number }[];
}

export interface SurveyBin {
  readonly label: string;
  readonly count: number;
  /** of valid answers; null when there is none */
  readonly percent: number | null;
  /** half up, whole; not forced to add up to 100 */
  readonly percentRounded: number | null;
  /** Wilson, 95 %, in percent */
  readonly interval: readonly [number, number] | null;
}

export interface SurveyRow {
  /** valid answers: the base of all percentages */
  readonly n: number;
  readonly missing: number;
  /** outside the response scale: reported, never clipped, in no percentage */
  readonly invalid: number;
  readonly bins: readonly SurveyBin[];
  readonly mean: number | null;
  /** n - 1 */
  readonly deviation: number | null;
  readonly median: number | null;
}

/**
 * One question of a survey: counts and percentages per bin on the valid answers.
 * @throws RangeError when an answer of the response scale belongs to no bin or to two
 */
export function surveyRow(values: readonly (number | null)[], { min, max, bins }: SurveyRecode): SurveyRow {
  const present = answered(values);
  const valid = present.filter((value) => value >= min && value <= max);
  for (const value of valid)
    if (bins.filter(({ from, to }) => value >= from && value <= to).length !== 1)
      throw new RangeError(`answer ${value}: in no bin or in several`);
  const n = valid.length;
  return {
    n,
    missing: values.length - present.length,
    invalid: present.length - n,
    bins: bins.map(({ label, from, to }) => {
      const count = valid.filter((value) => value >= from && value <= to).length;
      if (n === 0) return { label, count, percent: null, percentRounded: null, interval: null };
      const percent = (100 * count) / n;
      const [low, high] = wilsonInterval(count, n);
      return { label, count, percent, percentRounded: round(percent, 0), interval: [100 * low, 100 * high] };
    }),
    mean: n === 0 ? null : mean(valid),
    deviation: n < 2 ? null : standardDeviation(valid),
    median: n === 0 ? null : median(valid),
  };
}
