import { binomialCdf, binomialProbability } from '../../numeric/distributions-beta.ts';
import { mean } from '../basics/mean.ts';
import { variance } from '../basics/variance.ts';
import { decisionQuality, type DecisionQuality } from './decision-quality.ts';
import type { ClassificationOptions } from './livingston-lewis.ts';
import { fitTrueScores, trueScoreMoments, type TrueScoreFit } from './true-score-distribution.ts';

/**
 * Lord's k of the two-term approximation to the compound binomial error distribution: how much less error there is than binomial, because items differ.
 * Source: F. M. Lord (1965), Psychometrika 30, 239–270.
 * @param items number of 0/1 items
 */
export function lordsK(scores: readonly number[], items: number, reliability: number): number {
  const m = mean(scores);
  const s2 = variance(scores);
  const trueVariance = s2 * reliability;
  return (
    (items * ((items - 1) * trueVariance - items * s2 + m * (items - m))) /
    (2 * (m * (items - m) - trueVariance))
  );
}

/** P(X < threshold) of the two-term approximation; its terms telescope: F_n(c-1) - k p q (b_{n-2}(c-1) - b_{n-2}(c-2)). */
function belowThreshold(threshold: number, items: number, k: number, p: number): number {
  const step =
    binomialProbability(threshold - 1, items - 2, p) - binomialProbability(threshold - 2, items - 2, p);
  return binomialCdf(threshold - 1, items, p) - k * p * (1 - p) * step;
}

export interface HansonBrennan {
  readonly trueScores: TrueScoreFit;
  readonly lordsK: number;
  readonly items: number;
  readonly quality: DecisionQuality;
}

/**
 * Accuracy and consistency of a threshold for a number of right answers, with Lord's two-term error model; no effective length, no rounding.
 * Source: B. A. Hanson, R. L. Brennan (1990), Journal of Educational Measurement 27, 345–359; B. A. Hanson (1991), ACT Research Report 91-5.
 * @param scores whole numbers 0…items
 * @param threshold lowest score that meets it
 * @returns null when no true-score distribution fits
 */
export function hansonBrennan(
  scores: readonly number[],
  reliability: number,
  threshold: number,
  items: number,
  { model, bounds }: Pick<ClassificationOptions, 'model' | 'bounds'>,
): HansonBrennan | null {
  const k = lordsK(scores, items, reliability);
  const trueScores = fitTrueScores(trueScoreMoments(scores, items, k), model, bounds);
  if (trueScores === null) return null;
  const quality = decisionQuality(trueScores, threshold / items, (p) =>
    belowThreshold(threshold, items, k, p),
  );
  return { trueScores, lordsK: k, items, quality };
}
