import { pick } from '../../numeric/pick.ts';
import { sum } from '../rows.ts';
import { correlation } from '../basics/correlation.ts';
import { mean } from '../basics/mean.ts';
import { standardize } from '../basics/standardize.ts';
import type { ExpertKey } from './expert-key.ts';

/** Scores of one person's ratings of all options against the experts. In the distances, less is better. */
export interface RatingScores {
  /** Σ (r - m)² */
  readonly squaredDistance: number;
  /** Σ |r - m| */
  readonly absoluteDistance: number;
  /** mean of |r - m| / s over experts; null where the experts agree wholly on an option */
  readonly standardizedDistance: number | null;
  /** correlation with the experts' means: likes and dislikes alike, whatever the person's level and spread; null without variance */
  readonly shape: number | null;
  /** Σ (z - z_experts)², z within the person over all options; elevation and scatter do not count */
  readonly standardizedSquares: number | null;
  /** mean share of experts who gave the very rating of the person */
  readonly consensus: number;
}

/**
 * Ways to score a situational judgement test answered by ratings; the bank declares which one counts.
 * Source: M. A. McDaniel, J. Psotka, P. J. Legree, A. P. Yost, J. A. Weekley (2011), Journal of Applied Psychology 96, 327–336 (elevation, scatter, shape);
 * P. J. Legree et al. (2005), consensus based measurement.
 * @param ratings of the options, in the order of the key
 */
export function scoreRatings(ratings: readonly number[], key: ExpertKey): RatingScores {
  const gaps = ratings.map((rating, i) => rating - pick(key.means, i));
  const own = standardize(ratings);
  const experts = standardize(key.means);
  return {
    squaredDistance: sum(gaps.map((gap) => gap * gap)),
    absoluteDistance: sum(gaps.map(Math.abs)),
    standardizedDistance: key.deviations.some((deviation) => deviation === 0)
      ? null
      : mean(gaps.map((gap, i) => Math.abs(gap) / pick(key.deviations, i))),
    shape: correlation(ratings, key.means),
    standardizedSquares:
      own === null || experts === null
        ? null
        : sum(own.map((z, i) => (z - pick(experts, i)) * (z - pick(experts, i)))),
    consensus: mean(
      ratings.map((rating, i) => {
        const given = pick(key.ratings, i);
        return given.filter((one) => one === rating).length / given.length;
      }),
    ),
  };
}
