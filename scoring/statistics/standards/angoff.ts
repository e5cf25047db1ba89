import { round } from '../../numeric/round.ts';
import { rowTotals, type Rows, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';
import { standardDeviation } from '../basics/variance.ts';

export interface Angoff {
  /** sum of each judge's ratings */
  readonly judgeCuts: readonly number[];
  /** their mean */
  readonly cut: number;
  /** standard deviation (n - 1) over the square root of the number of judges */
  readonly standardError: number;
  /** disagreement on each item: standard deviation (n - 1) over judges */
  readonly itemDeviations: readonly number[];
  /** smallest whole score that is not below the cut */
  readonly passScore: number;
}

/**
 * Modified Angoff procedure: each judge says for each item what share of minimally competent persons would answer it right.
 * Source: W. H. Angoff (1971), in Educational Measurement; G. J. Cizek, M. B. Bunch (2007), Standard Setting.
 * @param ratings judges × items, 0…1
 * @throws RangeError for fewer than two judges
 */
export function angoff(ratings: Rows): Angoff {
  const judgeCuts = rowTotals(ratings);
  const cut = mean(judgeCuts);
  return {
    judgeCuts,
    cut,
    standardError: standardDeviation(judgeCuts) / Math.sqrt(judgeCuts.length),
    itemDeviations: transpose(ratings).map((values) => standardDeviation(values)),
    // a sum of tenths may be a hair above the whole number it stands for
    passScore: Math.ceil(round(cut, 6)),
  };
}

/** Percent of scores below the pass score: what the standard would have done to a group. @throws RangeError for no scores */
export const failRatePercent = (scores: readonly number[], passScore: number): number =>
  100 * mean(scores.map((score) => (score < passScore ? 1 : 0)));
