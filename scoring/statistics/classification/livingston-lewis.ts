import { binomialCdf } from '../../numeric/distributions-beta.ts';
import { mean } from '../basics/mean.ts';
import { variance } from '../basics/variance.ts';
import { decisionQuality, type DecisionQuality } from './decision-quality.ts';
import {
  fitTrueScores,
  trueScoreMoments,
  type TrueScoreFit,
  type TrueScoreModel,
} from './true-score-distribution.ts';

/**
 * Effective test length: number of equal, independent 0/1 items that would give scores of this mean, variance and reliability.
 *   ((M - min)(max - M) - r s²) / (s² (1 - r)), s² divided by n - 1
 */
export function effectiveTestLength(
  scores: readonly number[],
  reliability: number,
  range: { readonly min: number; readonly max: number },
): number {
  const m = mean(scores);
  const s2 = variance(scores);
  return ((m - range.min) * (range.max - m) - reliability * s2) / (s2 * (1 - reliability));
}

export interface LivingstonLewis {
  readonly trueScores: TrueScoreFit;
  readonly effectiveLength: number;
  /** rounded to a whole number of items for the binomial error model */
  readonly roundedLength: number;
  readonly quality: DecisionQuality;
}

export interface ClassificationOptions {
  readonly model: TrueScoreModel;
  /** bounds of the two-parameter model; 0 and 1 */
  readonly bounds?: { readonly lower: number; readonly upper: number };
  /**
   * The threshold on the effective scale is n·c, rarely whole. `nearest`: rounded, halves up, the same for both administrations.
   * `betafunctions`: as betafunctions 1.9.0 takes it, rounded with halves to even for the first administration and cut down for the second, so that
   * consistency compares two slightly different thresholds.
   */
  readonly effectiveThreshold?: 'nearest' | 'betafunctions';
}

/** Whole thresholds of both administrations from the broken one. */
function wholeThresholds(at: number, how: 'nearest' | 'betafunctions'): readonly [number, number] {
  const nearest = Math.floor(at + 0.5);
  if (how === 'nearest') return [nearest, nearest];
  const half = nearest - at === 0.5;
  return [half && nearest % 2 === 1 ? nearest - 1 : nearest, Math.floor(at)];
}

/**
 * Accuracy and consistency of a threshold for scores of any kind, from one administration.
 * Source: S. A. Livingston, C. Lewis (1995), Journal of Educational Measurement 32, 179–197.
 * @param threshold lowest score that meets it
 * @returns null when no true-score distribution fits
 */
export function livingstonLewis(
  scores: readonly number[],
  reliability: number,
  threshold: number,
  range: { readonly min: number; readonly max: number },
  { model, bounds, effectiveThreshold = 'nearest' }: ClassificationOptions,
): LivingstonLewis | null {
  const effectiveLength = effectiveTestLength(scores, reliability, range);
  const width = range.max - range.min;
  const effective = scores.map((score) => ((score - range.min) / width) * effectiveLength);
  const trueScores = fitTrueScores(trueScoreMoments(effective, effectiveLength, 0), model, bounds);
  if (trueScores === null) return null;
  const n = Math.round(effectiveLength);
  const share = (threshold - range.min) / width;
  const [first, second] = wholeThresholds(n * share, effectiveThreshold);
  const below = (score: number) => (p: number) => binomialCdf(score - 1, n, p);
  return {
    trueScores,
    effectiveLength,
    roundedLength: n,
    quality: decisionQuality(trueScores, share, below(first), below(second)),
  };
}
