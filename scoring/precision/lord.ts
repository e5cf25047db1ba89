import type { Precision } from '../score-sheet.ts';
import { normal975 } from '../numeric/quantiles.ts';
import { round } from '../numeric/round.ts';

/**
 * Lord's binomial conditional standard error of measurement, in marks: sqrt(x(k-x)/(k-1)).
 * Source: F. M. Lord (1955), Estimating test reliability, Educational and Psychological Measurement 15, 325–336.
 *
 * For k = 1 the formula divides by zero; the result is then 0 by definition here (one item says nothing of its own error), and likewise
 * 0 at x = 0 and x = k, where the formula itself says so. 0 means "cannot be found from this score", not "without error".
 * @param x marks, whole number 0…k
 * @param k items of one mark each, whole number from 1
 * @throws RangeError outside these bounds
 */
export function lordSem(x: number, k: number): number {
  if (!Number.isInteger(k) || k < 1) throw new RangeError('k: a whole number from 1');
  if (!Number.isInteger(x) || x < 0 || x > k) throw new RangeError('x: a whole number 0…k');
  return k === 1 ? 0 : Math.sqrt((x * (k - x)) / (k - 1));
}

/** Standard error (2 decimals) and 95 % interval x ± 1.96 SEM (1 decimal), cut to the attainable range 0…k. */
export function lordPrecision(x: number, k: number): Precision {
  const sem = lordSem(x, k);
  const half = normal975 * sem;
  return {
    method: 'lord',
    sem: round(sem, 2),
    interval: { low: round(Math.max(0, x - half), 1), high: round(Math.min(k, x + half), 1), level: 0.95 },
  };
}
