import { pick } from '../../numeric/pick.ts';
import {
  type AnchorGroup,
  type AnchorMoments,
  anchorMoments,
  type Scales,
  totalsByAnchor,
} from './anchor-group.ts';
import { deviationLine, type Line, meanLine } from './linear-equating.ts';
import { equipercentile } from './equipercentile.ts';
import type { ScoreDistribution } from './score-distribution.ts';

/**
 * How the total goes with the anchor, for the part of the population that did not take the form:
 * - `tucker`: linear regression of total on anchor, the same in both groups;
 * - `levine-internal`, `levine-external`: true scores of total and anchor measure the same (classical congeneric model); the anchor is counted
 *   in the total (internal), or is not.
 * Source: Kolen & Brennan (2014), sections 4.1 to 4.3.
 */
export type AnchorMethod = 'tucker' | 'levine-internal' | 'levine-external';

function gamma({ total, anchor, covariance }: AnchorMoments, method: AnchorMethod): number {
  switch (method) {
    case 'tucker':
      return covariance / anchor.variance;
    case 'levine-internal':
      return total.variance / covariance;
    case 'levine-external':
      return (total.variance + covariance) / (anchor.variance + covariance);
  }
}

export interface SyntheticMoments {
  readonly x: { readonly mean: number; readonly deviation: number };
  readonly y: { readonly mean: number; readonly deviation: number };
}

/**
 * Moments of both forms in the synthetic population: group X with weight `weightX`, group Y with the rest.
 * @param weightX 0…1; the share of group X among all persons when absent
 * @throws RangeError as anchorMoments does
 */
export function syntheticMoments(
  groupX: AnchorGroup,
  groupY: AnchorGroup,
  method: AnchorMethod,
  weightX: number = groupX.totals.length / (groupX.totals.length + groupY.totals.length),
): SyntheticMoments {
  const x = anchorMoments(groupX);
  const y = anchorMoments(groupY);
  const weightY = 1 - weightX;
  const gap = x.anchor.mean - y.anchor.mean;
  const spread = x.anchor.variance - y.anchor.variance;
  const [gx, gy] = [gamma(x, method), gamma(y, method)];
  const between = weightX * weightY * gap * gap;
  return {
    x: {
      mean: x.total.mean - weightY * gx * gap,
      deviation: Math.sqrt(x.total.variance - weightY * gx * gx * spread + between * gx * gx),
    },
    y: {
      mean: y.total.mean + weightX * gy * gap,
      deviation: Math.sqrt(y.total.variance + weightX * gy * gy * spread + between * gy * gy),
    },
  };
}

/** Conversion of X to Y by the moments of the synthetic population: means alone, or means and deviations. */
export function syntheticLine(
  groupX: AnchorGroup,
  groupY: AnchorGroup,
  method: AnchorMethod,
  kind: 'mean' | 'linear',
  weightX?: number,
): Line {
  const { x, y } = syntheticMoments(groupX, groupY, method, weightX);
  return kind === 'mean' ? meanLine(x, y) : deviationLine(x, y);
}

/**
 * Distribution of the totals of one form in the synthetic population: the totals at each anchor score are taken to be distributed alike in
 * both groups. Anchor scores that only the other group has cannot be filled in and add nothing.
 */
function syntheticDistribution(
  own: readonly ScoreDistribution[],
  other: readonly ScoreDistribution[],
  ownWeight: number,
): ScoreDistribution {
  const size = (one: ScoreDistribution): number => one.frequencies.reduce((sum, f) => sum + f, 0);
  const ownCount = own.reduce((sum, one) => sum + size(one), 0);
  const otherCount = other.reduce((sum, one) => sum + size(one), 0);
  const frequencies = pick(own, 0).frequencies.map(() => 0);
  own.forEach((one, v) => {
    const here = size(one);
    if (here === 0) return;
    const share = ownWeight / ownCount + ((1 - ownWeight) * size(pick(other, v))) / (here * otherCount);
    one.frequencies.forEach((f, i) => (frequencies[i] = pick(frequencies, i) + f * share));
  });
  return { lowest: 0, frequencies };
}

/**
 * Frequency estimation: equipercentile conversion in the synthetic population.
 * Source: Kolen & Brennan (2014), section 5.1.
 * @param weightX as in syntheticMoments
 * @param weightOf what the weights belong to: `groups`, as Kolen & Brennan define it and as in syntheticMoments; `persons`: each person of
 *   group X counts weightX and each of group Y the rest, so that a larger group weighs more (equate 2.0.9 does this)
 * @returns the conversion of a total of X
 * @throws RangeError for scores that are not on their scales
 */
export function frequencyEstimation(
  groupX: AnchorGroup,
  groupY: AnchorGroup,
  scales: Scales,
  weightX: number = groupX.totals.length / (groupX.totals.length + groupY.totals.length),
  weightOf: 'groups' | 'persons' = 'groups',
): (score: number) => number {
  const partX = weightX * (weightOf === 'persons' ? groupX.totals.length : 1);
  const partY = (1 - weightX) * (weightOf === 'persons' ? groupY.totals.length : 1);
  const shareX = partX / (partX + partY);
  const x = totalsByAnchor(groupX, scales);
  const y = totalsByAnchor(groupY, scales);
  const synthX = syntheticDistribution(x, y, shareX);
  const synthY = syntheticDistribution(y, x, 1 - shareX);
  return (score) => equipercentile(synthX, synthY, score);
}
