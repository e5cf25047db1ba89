import { pick } from '../../numeric/pick.ts';

/** How much a disagreement counts: 1 always, the distance of the categories, or its square. */
export type KappaWeights = 'unweighted' | 'linear' | 'quadratic';

const disagreement: Readonly<Record<KappaWeights, (steps: number) => number>> = {
  unweighted: (steps) => Math.min(1, steps),
  linear: (steps) => steps,
  quadratic: (steps) => steps * steps,
};

/**
 * Cohen's kappa of two raters: 1 - observed disagreement / disagreement expected from their margins. Categories are those that either rater used, in ascending
 * order; distances count positions in that order, not the values.
 * Source: J. Cohen (1960), Educational and Psychological Measurement 20, 37–46; weighted (1968), Psychological Bulletin 70, 213–220.
 * @returns null for no pairs, or when both raters use one and the same category for everything
 */
export function cohenKappa(
  first: readonly number[],
  second: readonly number[],
  weights: KappaWeights = 'unweighted',
): number | null {
  const n = first.length;
  const categories = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const count = (test: (pair: readonly [number, number]) => boolean): number =>
    first.filter((a, i) => test([a, pick(second, i)])).length;
  let observed = 0;
  let expected = 0;
  for (const [i, a] of categories.entries()) {
    for (const [j, b] of categories.entries()) {
      const weight = disagreement[weights](Math.abs(i - j));
      observed += weight * count((pair) => pair[0] === a && pair[1] === b) * n;
      expected += weight * count((pair) => pair[0] === a) * count((pair) => pair[1] === b);
    }
  }
  return expected === 0 ? null : 1 - observed / expected;
}
