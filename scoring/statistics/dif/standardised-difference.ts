import type { Stratum } from './match-groups.ts';

/**
 * Standardised difference of proportions right, focal minus reference, at equal matching score, weighted by the focal group (STD P-DIF).
 * Beyond ±0.10 an item is usually looked at.
 * Source: N. J. Dorans, E. Kulick (1986), Journal of Educational Measurement 23, 355–368.
 * @returns null when no score has both groups
 */
export function standardisedDifference(strata: readonly Stratum[]): number | null {
  let weights = 0;
  let differences = 0;
  for (const { referenceRight, referenceWrong, focalRight, focalWrong } of strata) {
    const reference = referenceRight + referenceWrong;
    const focal = focalRight + focalWrong;
    if (reference === 0 || focal === 0) continue;
    weights += focal;
    differences += focal * (focalRight / focal - referenceRight / reference);
  }
  return weights === 0 ? null : differences / weights;
}
