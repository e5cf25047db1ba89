import { pick } from '../../numeric/pick.ts';
import { reverse } from '../../kinds/likert.ts';
import { sum } from '../rows.ts';

/** Two items that should be answered alike, or, with `reversed`, in opposite ways. Indices from 0. */
export interface InconsistencyPair {
  readonly a: number;
  readonly b: number;
  readonly reversed: boolean;
}

/**
 * Inconsistency: sum over pairs of |a - b|, b reversed where the pair is an opposite one (the idea of VRIN of the MMPI-2).
 * Source: J. N. Butcher et al. (1989), MMPI-2 Manual.
 * @param range ends of the response scale
 * @returns null when an answer of a pair is missing
 */
export function inconsistency(
  values: readonly (number | null)[],
  pairs: readonly InconsistencyPair[],
  range: { readonly min: number; readonly max: number },
): number | null {
  const differences: number[] = [];
  for (const pair of pairs) {
    const a = pick(values, pair.a);
    const b = pick(values, pair.b);
    if (a === null || b === null) return null;
    differences.push(Math.abs(a - (pair.reversed ? reverse(b, range) : b)));
  }
  return sum(differences);
}
