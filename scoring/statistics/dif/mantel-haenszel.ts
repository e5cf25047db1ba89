import { chiSquareUpper } from '../../numeric/distributions-gamma.ts';
import { log } from '../../numeric/elementary.ts';
import type { Stratum } from './match-groups.ts';

/**
 * Continuity correction of the chi-square: `yates` takes off 0.5, but nothing where |Σ(A - E)| is below 0.5 (R's mantelhaen.test); `always`
 * takes off 0.5 in any case (difR), which turns a difference of nearly 0 into a larger one; `none`.
 */
export type Continuity = 'yates' | 'always' | 'none';

export interface MantelHaenszel {
  /** 1 degree of freedom */
  readonly chiSquare: number;
  readonly p: number;
  /** common odds ratio reference : focal; above 1 the item is easier for the reference group */
  readonly oddsRatio: number;
  /** -2.35 ln(odds ratio), on the delta scale of ETS; below 0 the item is harder for the focal group */
  readonly delta: number;
  readonly deltaError: number;
}

/**
 * Mantel–Haenszel comparison of two groups of equal matching score. Scores that only one person has are left out.
 * Source: P. W. Holland, D. T. Thayer (1988), in Wainer & Braun, Test Validity; error by A. Phillips, P. W. Holland (1987), Biometrics 43, 425–431.
 * @returns null where it is not defined: no score has both groups and both answers, or one product of the odds ratio is 0
 */
export function mantelHaenszel(
  strata: readonly Stratum[],
  continuity: Continuity = 'yates',
): MantelHaenszel | null {
  let difference = 0;
  let variance = 0;
  let up = 0;
  let down = 0;
  const parts: {
    readonly up: number;
    readonly down: number;
    readonly straight: number;
    readonly crossed: number;
  }[] = [];
  for (const { referenceRight: a, referenceWrong: b, focalRight: c, focalWrong: d } of strata) {
    const total = a + b + c + d;
    if (total < 2) continue;
    difference += a - ((a + b) * (a + c)) / total;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (total * total * (total - 1));
    up += (a * d) / total;
    down += (b * c) / total;
    parts.push({
      up: (a * d) / total,
      down: (b * c) / total,
      straight: (a + d) / total,
      crossed: (b + c) / total,
    });
  }
  if (!(variance > 0 && up > 0 && down > 0)) return null;
  const gap = Math.abs(difference);
  const correction = continuity === 'always' || (continuity === 'yates' && gap >= 0.5) ? 0.5 : 0;
  const chiSquare = ((gap - correction) * (gap - correction)) / variance;
  const oddsRatio = up / down;
  const spread = parts.reduce(
    (sum, part) => sum + (part.up + oddsRatio * part.down) * (part.straight + oddsRatio * part.crossed),
    0,
  );
  return {
    chiSquare,
    p: chiSquareUpper(chiSquare, 1),
    oddsRatio,
    delta: -2.35 * log(oddsRatio),
    deltaError: 2.35 * Math.sqrt(spread / (2 * up * up)),
  };
}

/**
 * Class of ETS: A negligible (not significant, p >= 0.05, or |delta| < 1); C large (|delta| >= 1.5 and significantly above 1, one-sided
 * 5 %); B between.
 * Source: R. Zwick (2012), ETS RR-12-08.
 */
export function etsClass({ p, delta, deltaError }: MantelHaenszel): 'A' | 'B' | 'C' {
  const size = Math.abs(delta);
  if (p >= 0.05 || size < 1) return 'A';
  return size >= 1.5 && (size - 1) / deltaError > 1.645 ? 'C' : 'B';
}
