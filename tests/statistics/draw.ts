import { normalQuantile } from '../../scoring/numeric/distributions-normal.ts';

/** Reproducible draws (mulberry32): the same seed, the same people. */
export function makeDraws(seed: number): { uniform: () => number; normal: () => number } {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return { uniform, normal: () => normalQuantile(uniform()) };
}
