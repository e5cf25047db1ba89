import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { round } from '../../scoring/numeric/round.ts';
import { student975 } from '../../scoring/numeric/quantiles.ts';

describe('round', () => {
  test.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [2.675, 2, 2.68],
    [1.1 + 2.2, 1, 3.3],
    [0.1 * 3, 1, 0.3],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [-0.5, 0, -1],
    [0.5, 0, 1],
    [1.4999999, 0, 1],
    [0.285 * 100, 0, 29],
    [99.95, 1, 100],
    [9.9999999999999, 2, 10],
    [3.677464, 2, 3.68],
    [1e-20, 2, 0],
    [4.9e-7, 6, 0],
    [5e-7, 6, 0.000001],
    [63.829787, 1, 63.8],
    [123456789.5, 0, 123456790],
  ])('%d at %i decimals is %d', (value, decimals, expected) => {
    expect(round(value, decimals)).toBe(expected);
  });

  test('never gives negative zero', () => {
    expect(Object.is(round(-0.001, 2), 0)).toBe(true);
    expect(Object.is(round(-0, 0), 0)).toBe(true);
  });

  test.each([
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [1e11, 0],
    [1, -1],
    [1, 7],
    [1, 0.5],
  ])('refuses %d at %d decimals', (value, decimals) => {
    expect(() => round(value, decimals)).toThrow(RangeError);
  });

  test('is odd, keeps its own results, and moves nothing by more than half a unit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.integer({ min: 0, max: 6 }),
        (value, decimals) => {
          const rounded = round(value, decimals);
          expect(round(rounded, decimals)).toBe(rounded);
          expect(round(-value, decimals)).toBe(rounded === 0 ? 0 : -rounded);
          expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals * (1 + 1e-6) + 1e-8);
        },
      ),
    );
  });

  test('agrees with exact arithmetic on every decimal fraction of four places', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (tenThousandths) => {
        const sign = tenThousandths < 0 ? -1 : 1;
        const exact = (sign * Math.floor((Math.abs(tenThousandths) + 50) / 100)) / 100;
        expect(round(tenThousandths / 10_000, 2)).toBe(exact === 0 ? 0 : exact);
      }),
    );
  });
});

// R 4.2: qt(0.975, c(3, 30, 31, 60, 119))
test.each([
  [3, 3.1824],
  [30, 2.0423],
  [31, 2.0395],
  [60, 2.0003],
  [119, 1.9801],
])('Student quantile for %i degrees of freedom', (df, expected) => {
  expect(student975(df)).toBeCloseTo(expected, 4);
});
