import { log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import { type LogisticItem, logisticCurve } from '../irt/logistic-curve.ts';

/** Answers of one person to items with known parameters, at his or her ability. */
interface Terms {
  /** log(P/Q) */
  readonly weight: number;
  readonly p: number;
  readonly q: number;
  readonly slope: number;
  readonly bend: number;
  readonly answer: number;
}

function terms(items: readonly LogisticItem[], pattern: readonly number[], theta: number): Terms[] {
  if (items.length !== pattern.length) throw new RangeError('as many answers as items');
  return items.map((item, j) => {
    const { p, dp, d2p } = logisticCurve(item, theta);
    const [q, right] = [pick(p, 0), pick(p, 1)];
    return {
      weight: log(right / q),
      p: right,
      q,
      slope: pick(dp, 1),
      bend: pick(d2p, 1),
      answer: pick(pattern, j),
    };
  });
}

const sum = (list: readonly Terms[], f: (term: Terms) => number): number =>
  list.reduce((total, term) => total + f(term), 0);

/**
 * Standardised log likelihood of the answers; low (about < -1.645) means that they fit the model badly. With an estimated ability it varies less
 * than a standard normal number, so it flags too seldom: see lzStar.
 * Source: F. Drasgow, M. V. Levine, E. A. Williams (1985), British Journal of Mathematical and Statistical Psychology 38, 67–86.
 * @param pattern 0 or 1 for each item
 * @returns null when nothing can vary (all log odds 0)
 * @throws RangeError for lists of unequal length
 */
export function lz(items: readonly LogisticItem[], pattern: readonly number[], theta: number): number | null {
  const list = terms(items, pattern, theta);
  // log likelihood minus its expectation: Σ (x - P) log(P/Q)
  const deviation = sum(list, ({ answer, p, weight }) => (answer - p) * weight);
  const variance = sum(list, ({ p, q, weight }) => p * q * weight * weight);
  return variance > 0 ? deviation / Math.sqrt(variance) : null;
}

/**
 * How the ability was estimated: maximum likelihood, Warm's weighted likelihood, or the mode of the posterior under a normal prior.
 */
export type AbilityEstimator =
  'ML' | 'WLE' | { readonly prior: { readonly mean: number; readonly deviation: number } };

function correctionSlope(list: readonly Terms[], theta: number, estimator: AbilityEstimator): number {
  if (estimator === 'ML') return 0;
  if (estimator === 'WLE') {
    const bias = sum(list, ({ slope, bend, p, q }) => (slope * bend) / (p * q));
    return bias / (2 * sum(list, ({ slope, p, q }) => (slope * slope) / (p * q)));
  }
  const { mean, deviation } = estimator.prior;
  return (mean - theta) / (deviation * deviation);
}

/**
 * lz corrected for the estimation of the ability from the same answers: its mean and variance are about 0 and 1 also for short tests.
 * Source: T. A. B. Snijders (2001), Psychometrika 66, 331–342; D. Magis, G. Raîche, S. Béland (2012), J. Educ. Behav. Stat. 37, 57–81.
 * @param estimator how theta was found
 * @returns null when nothing can vary
 * @throws RangeError for lists of unequal length
 */
export function lzStar(
  items: readonly LogisticItem[],
  pattern: readonly number[],
  theta: number,
  estimator: AbilityEstimator,
): number | null {
  const list = terms(items, pattern, theta);
  const deviation = sum(list, ({ answer, p, weight }) => (answer - p) * weight);
  const ratio =
    sum(list, ({ slope, weight }) => slope * weight) /
    sum(list, ({ slope, p, q }) => (slope * slope) / (p * q));
  const variance = sum(list, ({ p, q, weight, slope }) => {
    const adjusted = weight - (ratio * slope) / (p * q);
    return adjusted * adjusted * p * q;
  });
  if (!(variance > 0)) return null;
  return (deviation + ratio * correctionSlope(list, theta, estimator)) / Math.sqrt(variance);
}
