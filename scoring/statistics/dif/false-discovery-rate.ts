import { pick } from '../../numeric/pick.ts';

/**
 * Adjusted p values of many tests: flagging those <= q keeps the expected share of false flags among all flags at q or below.
 * Source: Y. Benjamini, Y. Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300.
 * @param ps p values 0…1; null (not computed) stays null and is not counted as a test
 */
export function falseDiscoveryRate(ps: readonly (number | null)[]): (number | null)[] {
  const tests = ps.flatMap((p, place) => (p === null ? [] : [{ p, place }])).sort((x, y) => y.p - x.p);
  const adjusted: (number | null)[] = ps.map(() => null);
  let least = 1;
  tests.forEach(({ p, place }, fromTop) => {
    least = Math.min(least, p * (tests.length / (tests.length - fromTop)));
    adjusted[place] = least;
  });
  return adjusted;
}

/** Benjamini–Hochberg flags at rate q; what was not computed is not flagged. */
export const discoveries = (ps: readonly (number | null)[], q: number): boolean[] => {
  const adjusted = falseDiscoveryRate(ps);
  return ps.map((_, i) => {
    const p = pick(adjusted, i);
    return p !== null && p <= q;
  });
};
