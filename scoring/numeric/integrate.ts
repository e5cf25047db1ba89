import { exp } from './elementary.ts';

interface Node {
  /** distance from the nearer end, as a share of the interval */
  readonly near: number;
  readonly weight: number;
}

/** Nodes of the tanh-sinh rule with step 1/32 up to t = 5; the mirror nodes are taken with them. */
const nodes: readonly Node[] = Array.from({ length: 161 }, (_, i) => {
  const t = i / 32;
  const up = exp(t);
  const u = (Math.PI / 2) * ((up - 1 / up) / 2);
  const decay = exp(-2 * u);
  return {
    near: decay / (1 + decay),
    weight: ((Math.PI / 2) * ((up + 1 / up) / 2) * decay * 2) / ((1 + decay) * (1 + decay)) / 32,
  };
});

/**
 * Integral over an interval by the tanh-sinh rule, 321 nodes: about 1e-13 for smooth functions, and good for those that are infinite at an
 * end like x^(-0.7). f gets the distances from both ends, exact to the last digit near them.
 * Source: H. Takahasi, M. Mori (1974), Publ. RIMS Kyoto Univ. 9, 721–741.
 */
export function integrate(f: (fromLow: number, toHigh: number) => number, length: number): number {
  if (length <= 0) return 0;
  let sum = 0;
  for (const [i, { near, weight }] of nodes.entries()) {
    const short = near * length;
    const long = (1 - near) * length;
    sum += weight * (f(long, short) + (i === 0 ? 0 : f(short, long)));
  }
  return sum * length;
}
