function check(deviation: number, reliability: number): void {
  if (!(deviation >= 0)) throw new RangeError('deviation: not negative');
  if (!(reliability >= 0 && reliability <= 1)) throw new RangeError('reliability: a number 0…1');
}

/**
 * Standard error of measurement s·sqrt(1 - r): spread of observed scores about one true score.
 * @param deviation standard deviation of the scores in the reference group, n - 1
 * @param reliability 0…1
 * @throws RangeError outside these bounds
 */
export function errorOfMeasurement(deviation: number, reliability: number): number {
  check(deviation, reliability);
  return deviation * Math.sqrt(1 - reliability);
}

/** Standard error of estimate s·sqrt(r(1-r)): spread of true scores about Kelley's estimate. Never above the error of measurement. */
export function errorOfEstimate(deviation: number, reliability: number): number {
  check(deviation, reliability);
  return deviation * Math.sqrt(reliability * (1 - reliability));
}

/** Standard error of prediction s·sqrt(1 - r²): spread of a second observed score about its prediction from the first. */
export function errorOfPrediction(deviation: number, reliability: number): number {
  check(deviation, reliability);
  return deviation * Math.sqrt(1 - reliability * reliability);
}

/** Standard error of the difference of two scores on one test or on two of equal reliability and spread: s·sqrt(2(1-r)). */
export function errorOfDifference(deviation: number, reliability: number): number {
  check(deviation, reliability);
  return deviation * Math.sqrt(2 * (1 - reliability));
}

/**
 * Standard error of the difference between two scales in one metric, s·sqrt(2 - r1 - r2) (Anastasi 1982).
 * @param deviation common to both scales, such as 10 of T-scores
 */
export function errorOfScaleDifference(
  deviation: number,
  reliability1: number,
  reliability2: number,
): number {
  check(deviation, reliability1);
  check(deviation, reliability2);
  return deviation * Math.sqrt(2 - reliability1 - reliability2);
}
