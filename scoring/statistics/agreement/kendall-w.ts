import { columnCount, type Rows, sum, transpose } from '../rows.ts';
import { midRanks } from '../basics/mid-ranks.ts';
import { sumOfSquares } from '../basics/variance.ts';

/** Sum of t³ - t over groups of t equal values. */
function tieTerm(values: readonly number[]): number {
  return sum(
    [...new Set(values)].map((value) => {
      const t = values.filter((other) => other === value).length;
      return t * t * t - t;
    }),
  );
}

/**
 * Kendall's coefficient of concordance, corrected for ties: 12 S / (m² (n³ - n) - m Σ(t³ - t)), m raters, n targets.
 * Source: M. G. Kendall, B. Babington Smith (1939), Annals of Mathematical Statistics 10, 275–287; ties: Kendall (1948), Rank Correlation Methods.
 * @param ratings targets × raters, complete
 * @returns null for fewer than two targets, or when no rater tells targets apart
 */
export function kendallW(ratings: Rows): number | null {
  const n = ratings.length;
  const m = columnCount(ratings);
  const raters = transpose(ratings);
  const rankSums = transpose(raters.map(midRanks)).map(sum);
  const scale = m * m * (n * n * n - n) - m * sum(raters.map(tieTerm));
  return scale === 0 ? null : (12 * sumOfSquares(rankSums)) / scale;
}
