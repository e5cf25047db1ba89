import { exp } from '../../numeric/elementary.ts';
import type { Curve } from './item-curve.ts';

/**
 * Item with ordered categories 0…m, (generalised) partial credit model. Partial credit: a = 1. Rating scale: a = 1 and thresholds
 * location + τ_h with the same τ for all items.
 */
export interface PartialCreditItem {
  readonly model: 'partial-credit';
  readonly a: number;
  /** where category h becomes likelier than h - 1, h = 1…m; in any order */
  readonly thresholds: readonly number[];
}

/**
 * P(answer = h) proportional to e^(Σ a(θ - δ_k), k = 1…h).
 * Source: G. N. Masters (1982), Psychometrika 47, 149–174; with a: E. Muraki (1992), Applied Psychological Measurement 16, 159–176; rating
 * scale: D. Andrich (1978), Psychometrika 43, 561–573.
 */
export function partialCreditCurve({ a, thresholds }: PartialCreditItem, theta: number): Curve {
  let exponent = 0;
  const exponents = [0, ...thresholds.map((delta) => (exponent += a * (theta - delta)))];
  const largest = Math.max(...exponents);
  const parts = exponents.map((value) => exp(value - largest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const p = parts.map((part) => part / total);
  const mean = p.reduce((sum, value, h) => sum + h * value, 0);
  const variance = p.reduce((sum, value, h) => sum + (h - mean) * (h - mean) * value, 0);
  return {
    p,
    dp: p.map((value, h) => a * value * (h - mean)),
    d2p: p.map((value, h) => a * a * value * ((h - mean) * (h - mean) - variance)),
  };
}
