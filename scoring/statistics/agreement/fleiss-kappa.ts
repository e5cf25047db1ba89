import { columnCount, type Rows, sum, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/**
 * Fleiss' kappa: agreement of a fixed number of raters, who need not be the same persons for every target, on categories without order.
 * Source: J. L. Fleiss (1971), Psychological Bulletin 76, 378–382.
 * @param ratings targets × raters, complete
 * @returns null for fewer than two raters, or when only one category was used
 */
export function fleissKappa(ratings: Rows): number | null {
  const k = columnCount(ratings);
  if (k < 2) return null;
  const categories = [...new Set(ratings.flat())];
  const counts = ratings.map((row) =>
    categories.map((category) => row.filter((rating) => rating === category).length),
  );
  const agreement = mean(counts.map((row) => sum(row.map((count) => count * (count - 1))) / (k * (k - 1))));
  const shares = transpose(counts).map((column) => mean(column) / k);
  const chance = sum(shares.map((share) => share * share));
  return categories.length === 1 ? null : (agreement - chance) / (1 - chance);
}
