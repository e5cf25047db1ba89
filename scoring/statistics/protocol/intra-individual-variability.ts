import { answered } from '../rows.ts';
import { standardDeviation } from '../basics/variance.ts';

/**
 * Intra-individual response variability: standard deviation (n - 1) of a person's own answers, before reversal. Low: one answer for everything;
 * very high: extremes or chance.
 * Source: A. M. Dunn, E. D. Heggestad, L. R. Shanock, N. Theilgard (2018), Journal of Business and Psychology 33, 105–121.
 * @returns null for fewer than two answers
 */
export function responseVariability(values: readonly (number | null)[]): number | null {
  const present = answered(values);
  return present.length < 2 ? null : standardDeviation(present);
}
