/**
 * Formula score, right answers less the expected gain of blind guessing: R - W/(k - 1). Omitted items count neither way. May be negative; it is not
 * cut at 0.
 * Source: L. L. Thurstone (1919); F. M. Lord (1975), Journal of Educational Measurement 12, 7–11 (when it may be used).
 * @param options of each item, from 2
 */
export function formulaScore(right: number, wrong: number, options: number): number {
  if (options < 2) throw new RangeError('options: at least 2');
  return right - wrong / (options - 1);
}
