import { pick } from '../../numeric/pick.ts';
import { failRatePercent } from './angoff.ts';

/** What the panel holds acceptable: cuts in marks, fail rates in percent. */
export interface HofsteeBounds {
  readonly minCut: number;
  readonly maxCut: number;
  readonly minFail: number;
  readonly maxFail: number;
}

/**
 * Hofstee's compromise: where the line from (lowest cut, highest fail rate) to (highest cut, lowest fail rate) meets the curve of fail rates of the group.
 * The curve is F(c) = percent of scores below c at whole c, straight between them.
 * Source: W. K. B. Hofstee (1983), in On Educational Testing.
 * @param scores whole marks of the group
 * @returns null when line and curve do not meet between the cuts: the panel's bounds do not fit this group
 */
export function hofstee(
  scores: readonly number[],
  { minCut, maxCut, minFail, maxFail }: HofsteeBounds,
): number | null {
  const slope = (minFail - maxFail) / (maxCut - minCut);
  const wholes = Array.from(
    { length: Math.ceil(maxCut) - Math.floor(minCut) + 1 },
    (_, i) => Math.floor(minCut) + i,
  );
  const rates = wholes.map((cut) => failRatePercent(scores, cut));
  for (const [i, start] of wholes.slice(0, -1).entries()) {
    const low = pick(rates, i);
    const rise = pick(rates, i + 1) - low;
    // curve minus line is linear here and does not fall
    const gap = low - (maxFail + slope * (start - minCut));
    const cut = start - gap / (rise - slope);
    if (cut >= Math.max(start, minCut) && cut <= Math.min(start + 1, maxCut)) return cut;
  }
  return null;
}
