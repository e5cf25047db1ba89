const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** z = (x - M)/s. @param deviation of the norm group, n - 1; positive */
export function zScore(score: number, mean: number, deviation: number): number {
  if (!(deviation > 0)) throw new RangeError('deviation: a positive number');
  return (score - mean) / deviation;
}

/** T-score: mean 50, deviation 10 (McCall 1922). */
export const tScore = (z: number): number => 50 + 10 * z;

/** Deviation IQ: mean 100, deviation 15 (Wechsler 1939). */
export const iqScore = (z: number): number => 100 + 15 * z;

/** Sten 1…10: half a deviation wide, 5.5 the mean (Cattell): floor(2z + 6), cut to the range; a border belongs to the upper sten. */
export const sten = (z: number): number => within(Math.floor(2 * z + 6), 1, 10);

/** Stanine 1…9: half a deviation wide, 5 about the mean: floor(2z + 5.5), cut to the range; a border belongs to the upper stanine. */
export const stanine = (z: number): number => within(Math.floor(2 * z + 5.5), 1, 9);
