import { pick } from '../../numeric/pick.ts';

/**
 * Guttman errors: pairs in which an easier item was failed and a harder one solved.
 * Source: L. Guttman (1944), American Sociological Review 9, 139–150; as a person-fit index H. van der Flier (1977).
 * @param pattern 0 or 1 for each item
 * @param proportions share of the reference sample that solved each item; of equally hard items the one that stands first counts as easier
 * @throws RangeError for lists of unequal length
 */
export function guttmanErrors(pattern: readonly number[], proportions: readonly number[]): number {
  if (pattern.length !== proportions.length) throw new RangeError('as many answers as proportions');
  const order = proportions.map((_, j) => j).sort((i, j) => pick(proportions, j) - pick(proportions, i));
  let failed = 0;
  let errors = 0;
  for (const j of order) {
    if (pick(pattern, j) === 0) failed += 1;
    else errors += failed;
  }
  return errors;
}

/**
 * Guttman errors over their largest possible number r(k - r), r right of k: 0 perfect order, 1 reversed order. 0 where there is one possible
 * order only (none or all right).
 * Source: H. van der Flier (1977); R. R. Meijer (1994), Applied Psychological Measurement 18, 311–314.
 */
export function normedGuttmanErrors(pattern: readonly number[], proportions: readonly number[]): number {
  const right = pattern.reduce((sum, value) => sum + value, 0);
  const most = right * (pattern.length - right);
  return most === 0 ? 0 : guttmanErrors(pattern, proportions) / most;
}
