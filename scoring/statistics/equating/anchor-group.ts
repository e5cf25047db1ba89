import { pick } from '../../numeric/pick.ts';
import { mean } from '../basics/mean.ts';
import { sumOfSquares } from '../basics/variance.ts';
import { countScores, type ScoreDistribution } from './score-distribution.ts';

/** One of two non-equivalent groups that took different forms with a common anchor test. */
export interface AnchorGroup {
  readonly totals: readonly number[];
  /** anchor score of each person */
  readonly anchors: readonly number[];
}

export interface AnchorMoments {
  readonly n: number;
  readonly total: { readonly mean: number; readonly variance: number };
  readonly anchor: { readonly mean: number; readonly variance: number };
  readonly covariance: number;
}

/**
 * Means, variances and covariance of total and anchor, divided by n.
 * @throws RangeError for no persons, lists of unequal length, or an anchor that does not vary or does not go with the total
 */
export function anchorMoments({ totals, anchors }: AnchorGroup): AnchorMoments {
  if (totals.length !== anchors.length) throw new RangeError('as many anchor scores as totals');
  const n = totals.length;
  const [mt, ma] = [mean(totals), mean(anchors)];
  const covariance = totals.reduce((sum, t, i) => sum + (t - mt) * (pick(anchors, i) - ma), 0) / n;
  if (!(covariance > 0)) throw new RangeError('the anchor does not go with the total');
  return {
    n,
    total: { mean: mt, variance: sumOfSquares(totals) / n },
    anchor: { mean: ma, variance: sumOfSquares(anchors) / n },
    covariance,
  };
}

/** Scales of the scores; they begin at 0. */
export interface Scales {
  readonly highestTotal: number;
  readonly highestAnchor: number;
}

/**
 * Persons by total and anchor: one distribution of totals for each anchor score.
 * @throws RangeError for a score that is not on its scale
 */
export function totalsByAnchor(
  group: AnchorGroup,
  { highestTotal, highestAnchor }: Scales,
): ScoreDistribution[] {
  countScores(group.anchors, 0, highestAnchor);
  return Array.from({ length: highestAnchor + 1 }, (_, v) =>
    countScores(
      group.totals.filter((_t, i) => pick(group.anchors, i) === v),
      0,
      highestTotal,
    ),
  );
}
