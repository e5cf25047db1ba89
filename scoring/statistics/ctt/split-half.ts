import { sum } from '../rows.ts';
import { diagonal, type SquareMatrix, withoutDust } from '../basics/covariance-matrix.ts';

export interface SplitHalf {
  /** correlation of the half with odd and the half with even items, counted from 1 */
  readonly oddEven: number;
  /** stepped up to full length: 2r / (1 + r) (Spearman 1910, Brown 1910); null for r = -1 */
  readonly spearmanBrown: number | null;
  /** 1 - var(odd - even) / var(total) (Rulon 1939, Flanagan); supposes nothing of equal halves; null when the total does not vary */
  readonly rulon: number | null;
}

/**
 * Odd–even split-half reliability. Spearman–Brown takes the halves for parallel, Rulon does not; where their variances differ so do the results.
 * @param covariances of the items
 * @returns null for fewer than two items or a half that does not vary
 */
export function splitHalf(covariances: SquareMatrix): SplitHalf | null {
  const block = (a: number, b: number): number =>
    sum(covariances.map((row, i) => (i % 2 === a ? sum(row.filter((_, j) => j % 2 === b)) : 0)));
  const items = sum(diagonal(covariances));
  const odd = withoutDust(block(0, 0), items);
  const even = withoutDust(block(1, 1), items);
  const between = block(0, 1);
  if (!(odd > 0 && even > 0)) return null;
  const r = between / Math.sqrt(odd * even);
  const total = withoutDust(odd + even + 2 * between, odd + even);
  return {
    oddEven: r,
    spearmanBrown: withoutDust(1 + r, 1) > 0 ? (2 * r) / (1 + r) : null,
    rulon: total > 0 ? 1 - (odd + even - 2 * between) / total : null,
  };
}
