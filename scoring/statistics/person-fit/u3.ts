import { pick } from '../../numeric/pick.ts';
import { logit } from '../irt/logistic.ts';

/**
 * U3: how far the log odds of the solved items lie from those of the easiest items, as a share of the way to the hardest; 0 perfect, 1 reversed.
 * An item that everybody, or nobody, of the sample solved counts with log odds 0.
 * Source: H. van der Flier (1980, 1982), Journal of Cross-Cultural Psychology 13, 267–298.
 * @param pattern 0 or 1 for each item
 * @param proportions share of the reference sample that solved each item
 * @returns null for none or all right, or items that are all equally hard
 */
export function u3(pattern: readonly number[], proportions: readonly number[]): number | null {
  const odds = proportions.map((p) => (p > 0 && p < 1 ? logit(p) : 0));
  const sorted = odds.toSorted((a, b) => b - a);
  const right = pattern.reduce((sum, value) => sum + value, 0);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const best = sum(sorted.slice(0, right));
  const worst = sum(sorted.slice(sorted.length - right));
  if (right === 0 || !(best > worst)) return null;
  return (best - pattern.reduce((total, value, j) => total + value * pick(odds, j), 0)) / (best - worst);
}
