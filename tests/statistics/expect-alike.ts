import { expect } from '@jest/globals';

/** Both undefined as numbers, or equal to so many decimals. */
export function expectAlike(
  got: number | null | undefined,
  expected: number | null | undefined,
  decimals = 9,
): void {
  const undefinedBoth = [got, expected].map((value) => typeof value !== 'number');
  expect(undefinedBoth[0]).toBe(undefinedBoth[1]);
  if (typeof got === 'number' && typeof expected === 'number') expect(got).toBeCloseTo(expected, decimals);
}
