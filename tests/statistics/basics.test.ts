import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cholesky, solveLower } from '../../scoring/statistics/basics/cholesky.ts';
import { correlation, pairwiseCorrelation } from '../../scoring/statistics/basics/correlation.ts';
import {
  cell,
  correlationMatrix,
  covarianceMatrix,
  diagonal,
  totalVariance,
} from '../../scoring/statistics/basics/covariance-matrix.ts';
import { leastSquares } from '../../scoring/statistics/basics/least-squares.ts';
import { mean } from '../../scoring/statistics/basics/mean.ts';
import { midRanks } from '../../scoring/statistics/basics/mid-ranks.ts';
import { median, quantile } from '../../scoring/statistics/basics/quantile.ts';
import { standardize } from '../../scoring/statistics/basics/standardize.ts';
import { standardDeviation, variance } from '../../scoring/statistics/basics/variance.ts';
import { columnCount, completeRows } from '../../scoring/statistics/rows.ts';
import { expectAlike } from './expect-alike.ts';

const marks = fc.integer({ min: 0, max: 9 });

describe('mean, variance, quantiles', () => {
  test('by hand: 2, 4, 4, 4, 5, 5, 7, 9', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values, 'population')).toBe(4);
    expect(variance(values)).toBeCloseTo(32 / 7, 15);
    expect(standardDeviation(values, 'population')).toBe(2);
    expect(median(values)).toBe(4.5);
    expect(quantile(values, 0.95)).toBeCloseTo(8.3, 12);
    expect(quantile(values, 0)).toBe(2);
    expect(quantile(values, 1)).toBe(9);
  });

  test('too little to speak of', () => {
    expect(() => mean([])).toThrow(RangeError);
    expect(() => variance([1])).toThrow(RangeError);
    expect(variance([1], 'population')).toBe(0);
    expect(() => median([])).toThrow(RangeError);
    expect(() => quantile([1], 1.5)).toThrow(RangeError);
  });

  test('equal values have no variance at all, not a little', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 30 }), (x, n) =>
        expect(variance(Array.from({ length: n }, () => x))).toBe(0),
      ),
    );
    expect(standardize([0.1, 0.1, 0.1])).toBeNull();
    expect(standardize([1, 2, 3])).toEqual([-1, 0, 1]);
  });

  test('ranks share their places', () => {
    expect(midRanks([30, 10, 20, 20])).toEqual([4, 1, 2.5, 2.5]);
    expect(midRanks([5, 5, 5])).toEqual([2, 2, 2]);
  });
});

describe('correlation and covariance', () => {
  test('by hand, and where there is none', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBe(1);
    expect(correlation([1, 2, 3], [6, 4, 2])).toBe(-1);
    expect(correlation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 15);
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(correlation([1], [1])).toBeNull();
    expect(() => correlation([1, 2], [1])).toThrow(RangeError);
    expect(pairwiseCorrelation([1, 2, null, 3, 4], [1, 3, 9, 2, 4])).toBeCloseTo(0.8, 15);
    expect(() => pairwiseCorrelation([1, 2], [1])).toThrow(RangeError);
  });

  test('the matrix holds what the total needs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(marks, marks, marks), { minLength: 3, maxLength: 20 }), (rows) => {
        const covariances = covarianceMatrix(rows);
        const totals = rows.map(([a, b, c]) => a + b + c);
        expect(totalVariance(covariances)).toBeCloseTo(variance(totals), 8);
        expect(cell(covariances, 0, 2)).toBe(cell(covariances, 2, 0));
        const correlations = correlationMatrix(covariances);
        const flat = diagonal(covariances).some((value) => value === 0);
        expect(correlations === null).toBe(flat);
        const r = correlation(
          rows.map(([a]) => a),
          rows.map(([, b]) => b),
        );
        expectAlike(correlations?.[0]?.[1], flat ? null : r, 8);
      }),
    );
    expect(() => covarianceMatrix([[1, 2]])).toThrow(RangeError);
  });

  test('rows must be of one length', () => {
    expect(() => columnCount([[1, 2], [1]])).toThrow(RangeError);
    expect(() => columnCount([])).toThrow(RangeError);
    expect(
      completeRows([
        [1, null],
        [0, 2],
        [null, null],
      ]),
    ).toEqual([[0, 2]]);
  });
});

describe('linear systems', () => {
  test('a triangle and its square', () => {
    const lower = cholesky([
      [4, 2],
      [2, 5],
    ]);
    expect(lower?.map((row) => [...row])).toEqual([[2], [1, 2]]);
    expect([...solveLower(lower ?? [], [2, 5])]).toEqual([1, 2]);
    expect(
      cholesky([
        [1, 2],
        [2, 4],
      ]),
    ).toBeNull();
  });

  test('least squares finds the line again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -30, max: 90 }), { minLength: 4, maxLength: 25 }),
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        (xs, intercept, slope) => {
          const fit = leastSquares(
            xs.map((x) => [x]),
            xs.map((x) => intercept + slope * x),
          );
          expect(fit?.coefficients[0]).toBeCloseTo(intercept, 8);
          expect(fit?.coefficients[1]).toBeCloseTo(slope, 9);
          expect(fit?.residualDeviation).toBeCloseTo(0, 9);
          expect(fit?.residualDegrees).toBe(xs.length - 2);
        },
      ),
    );
  });

  test('least squares by hand: y = 1.5 + 0.5 x over 1…3 with 2, 2, 3', () => {
    const fit = leastSquares([[1], [2], [3]], [2, 2, 3]);
    expect(fit?.coefficients[0]).toBeCloseTo(4 / 3, 12);
    expect(fit?.coefficients[1]).toBeCloseTo(0.5, 12);
    expect(fit?.residualDeviation).toBeCloseTo(Math.sqrt(1 / 6), 12);
    expect(fit?.fitted[0]).toBeCloseTo(11 / 6, 12);
  });

  test('no fit from variables that are one, nor from too few persons', () => {
    expect(
      leastSquares(
        [1, 2, 3, 4, 5].map((x) => [x, 2 * x]),
        [1, 2, 3, 4, 6],
      ),
    ).toBeNull();
    expect(leastSquares([[1], [2]], [1, 2])).toBeNull();
    expect(() => leastSquares([[1], [2]], [1, 2, 3, 4])).toThrow(RangeError);
  });
});
