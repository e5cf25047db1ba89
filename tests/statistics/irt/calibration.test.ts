import { describe, expect, test } from '@jest/globals';
import { gaussHermite } from '../../../scoring/numeric/quadrature.ts';
import { calibrateGraded } from '../../../scoring/statistics/irt/calibrate-graded.ts';
import {
  calibrateTwoParameter,
  calibrationQuadrature,
} from '../../../scoring/statistics/irt/calibrate-two-parameter.ts';
import { eapScorer } from '../../../scoring/statistics/irt/estimate-eap.ts';
import type { GradedItem } from '../../../scoring/statistics/irt/graded-curve.ts';
import {
  countPatterns,
  shownGroups,
  sortedPatterns,
} from '../../../scoring/statistics/irt/pattern-counts.ts';
import {
  itemDerivatives,
  twoParameterLikelihood,
} from '../../../scoring/statistics/irt/two-parameter-likelihood.ts';
import { twoParameterErrors } from '../../../scoring/statistics/irt/two-parameter-errors.ts';
import { makeDraws } from '../draw.ts';
import { drawRows, spreadItems } from './items.ts';

/** LSAT section 6: persons by pattern of the five items. R. D. Bock, M. Lieberman (1970), Psychometrika 35, 179–197. */
const lsat6 = Object.entries({
  '00000': 3,
  '00001': 6,
  '00010': 2,
  '00011': 11,
  '00100': 1,
  '00101': 1,
  '00110': 3,
  '00111': 4,
  '01000': 1,
  '01001': 8,
  '01011': 16,
  '01101': 3,
  '01110': 2,
  '01111': 15,
  '10000': 10,
  '10001': 29,
  '10010': 14,
  '10011': 81,
  '10100': 3,
  '10101': 28,
  '10110': 15,
  '10111': 80,
  '11000': 16,
  '11001': 56,
  '11010': 21,
  '11011': 173,
  '11100': 11,
  '11101': 61,
  '11110': 28,
  '11111': 298,
}).flatMap(([pattern, count]) => Array.from({ length: count }, () => pattern.split('').map(Number)));

const close = (list: readonly number[], digits: number): unknown[] =>
  list.map((value) => expect.closeTo(value, digits));

describe('LSAT 6', () => {
  const quadrature = gaussHermite(21);
  const two = calibrateTwoParameter(lsat6, { slopes: 'free', quadrature });

  test('2PL as published (ltm, 21 points): likelihood, criteria, parameters, standard errors', () => {
    expect(two.converged).toBe(true);
    expect(two.logLikelihood).toBeCloseTo(-2466.653, 3);
    expect(two.aic).toBeCloseTo(4953.307, 2);
    expect(two.bic).toBeCloseTo(5002.384, 2);
    expect(two.items.map(({ b }) => b)).toEqual(close([-3.36, -1.37, -0.28, -1.866, -3.124], 2));
    expect(two.items.map(({ a }) => a)).toEqual(close([0.825, 0.723, 0.891, 0.689, 0.657], 2));
    const errors = twoParameterErrors(lsat6, two.items, quadrature) ?? [];
    expect(errors.map(({ b }) => b)).toEqual(close([0.8669, 0.3073, 0.0997, 0.4341, 0.87], 2));
    expect(errors.map(({ a }) => a)).toEqual(close([0.2581, 0.1867, 0.2326, 0.1852, 0.21], 2));
    expect(errors[0]?.intercept).toBeCloseTo(0.2057, 3);
  });

  test('1PL with one slope, and Rasch with slope 1', () => {
    const one = calibrateTwoParameter(lsat6, { slopes: 'common', quadrature });
    expect(one.logLikelihood).toBeCloseTo(-2466.938, 2);
    expect(one.items.map(({ a }) => a)).toEqual(close([0.755, 0.755, 0.755, 0.755, 0.755], 3));
    expect(one.items.map(({ b }) => b)).toEqual(close([-3.615, -1.322, -0.318, -1.73, -2.78], 2));
    const fixed = calibrateTwoParameter(lsat6, { slopes: 1, quadrature });
    expect(fixed.logLikelihood).toBeCloseTo(-2473.054, 2);
    expect([two.parameters, one.parameters, fixed.parameters]).toEqual([10, 6, 5]);
  });

  test('the likelihood is flat at the solution, and is that of the patterns', () => {
    const likelihood = twoParameterLikelihood(lsat6, quadrature);
    const a = Float64Array.from(two.items, (item) => item.a);
    const d = Float64Array.from(two.items, (item) => item.intercept);
    const expectation = likelihood.expect(a, d);
    two.items.forEach((item, j) => {
      const { byA, byD } = itemDerivatives(likelihood, expectation, j, item.a, item.intercept);
      expect(byA).toBeCloseTo(0, 2);
      expect(byD).toBeCloseTo(0, 2);
    });
    const score = eapScorer(two.items, quadrature);
    const direct = countPatterns(lsat6).reduce(
      (sum, { pattern, count }) => sum + count * Math.log(score(pattern).marginal),
      0,
    );
    expect(direct).toBeCloseTo(two.logLikelihood, 7);
  });
});

describe('2PL', () => {
  const items = spreadItems(10);
  const rows = drawRows(items, 3000, 11);

  test('finds the parameters that made the answers', () => {
    const { items: found } = calibrateTwoParameter(rows, { slopes: 'free' });
    const errors = twoParameterErrors(rows, found) ?? [];
    expect(errors).toHaveLength(10);
    found.forEach(({ a, b }, j) => {
      expect(Math.abs(a - (items[j]?.a ?? NaN)) / (errors[j]?.a ?? NaN)).toBeLessThan(3.5);
      expect(Math.abs(b - (items[j]?.b ?? NaN)) / (errors[j]?.b ?? NaN)).toBeLessThan(3.5);
    });
  });

  test('answers that are missing by design cost precision only', () => {
    const part = rows.map((row, i) => row.map((value, j) => ((i + j) % 4 === 0 ? null : value)));
    const found = calibrateTwoParameter(part, { slopes: 'free' }).items;
    found.forEach(({ a, b }, j) => {
      expect(Math.abs(a - (items[j]?.a ?? NaN))).toBeLessThan(0.3);
      expect(Math.abs(b - (items[j]?.b ?? NaN))).toBeLessThan(0.25);
    });
  });

  test('says when the steps did not suffice', () => {
    const { converged, turns } = calibrateTwoParameter(rows.slice(0, 200), { slopes: 'free', limit: 3 });
    expect(converged).toBe(false);
    expect(turns).toBeLessThanOrEqual(5);
  });

  test('two items do not fix four parameters: no standard errors', () => {
    const pair = rows.map((row) => row.slice(0, 2));
    const { items: found } = calibrateTwoParameter(pair, { slopes: 'free', limit: 500 });
    expect(twoParameterErrors(pair, found)).toBeNull();
  });

  test('answers that an item orders perfectly end at the bound and are not called converged', () => {
    // whoever solves a harder item solved all easier ones
    const ladder = Array.from({ length: 60 }, (_, i) => [0, 1, 2, 3, 4].map((j) => (i % 6 > j ? 1 : 0)));
    for (const slopes of ['free', 'common'] as const) {
      const { items: found, converged } = calibrateTwoParameter(ladder, { slopes });
      expect(converged).toBe(false);
      expect(Math.max(...found.map(({ a }) => a))).toBe(25);
      expect(found.map(({ b }) => b)).toEqual(found.map(({ b }) => b).toSorted((x, y) => x - y));
    }
    const graded = Array.from({ length: 60 }, (_, i) => [i % 4, i % 4, i % 4]);
    const fit = calibrateGraded(graded, { slopes: 'free' });
    expect(fit.converged).toBe(false);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
  });

  test('refuses other values and items that do not vary', () => {
    expect(() => calibrateTwoParameter([[2, 0]], { slopes: 'free' })).toThrow('0, 1 or missing');
    expect(() =>
      calibrateTwoParameter(
        [
          [1, 0],
          [1, 1],
        ],
        { slopes: 'free' },
      ),
    ).toThrow('item 1');
    expect(() =>
      calibrateTwoParameter(
        [
          [0, 0],
          [0, 1],
        ],
        { slopes: 'free' },
      ),
    ).toThrow('item 1');
    expect(() =>
      calibrateTwoParameter(
        [
          [null, 0],
          [null, 1],
        ],
        { slopes: 'free' },
      ),
    ).toThrow('item 1');
    expect(() => calibrateTwoParameter([[1, 0], [1]], { slopes: 'free' })).toThrow('unequal length');
  });
});

describe('graded responses', () => {
  const items: GradedItem[] = [
    { model: 'graded', a: 1.2, thresholds: [-1.5, 0, 1] },
    { model: 'graded', a: 0.9, thresholds: [-1, 0.5] },
    { model: 'graded', a: 1.8, thresholds: [-0.5, 0.7, 1.4] },
    { model: 'graded', a: 1.5, thresholds: [0.2] },
    { model: 'graded', a: 1, thresholds: [-2, -1, 1, 2] },
  ];
  const rows = drawRows(items, 3000, 23);

  test('finds the parameters that made the answers, with holes as well', () => {
    const holed = rows.map((row, i) => row.map((value, j) => ((i + 2 * j) % 7 === 0 ? null : value)));
    for (const data of [rows, holed]) {
      const fit = calibrateGraded(data, { slopes: 'free' });
      expect(fit.converged).toBe(true);
      fit.items.forEach(({ a, thresholds }, j) => {
        expect(Math.abs(a - (items[j]?.a ?? NaN))).toBeLessThan(0.25);
        thresholds.forEach((b, h) =>
          expect(Math.abs(b - (items[j]?.thresholds[h] ?? NaN))).toBeLessThan(0.3),
        );
      });
    }
  });

  test('a common slope fits worse, with fewer parameters', () => {
    const free = calibrateGraded(rows, { slopes: 'free' });
    const common = calibrateGraded(rows, { slopes: 'common' });
    expect(new Set(common.items.map(({ a }) => a.toFixed(6))).size).toBe(1);
    expect(common.logLikelihood).toBeLessThan(free.logLikelihood - 10);
    expect(free.parameters - common.parameters).toBe(4);
    expect(common.aic).toBeCloseTo(-2 * common.logLikelihood + 2 * common.parameters, 9);
  });

  test('with two categories it is the 2PL', () => {
    const graded = calibrateGraded(lsat6, { slopes: 'free', quadrature: calibrationQuadrature });
    const two = calibrateTwoParameter(lsat6, { slopes: 'free' });
    expect(graded.logLikelihood).toBeCloseTo(two.logLikelihood, 6);
    graded.items.forEach(({ a, thresholds }, j) => {
      expect(a).toBeCloseTo(two.items[j]?.a ?? NaN, 3);
      expect(thresholds).toEqual(close([two.items[j]?.b ?? NaN], 3));
    });
  });

  test.each([3, 7, 23])(
    'few people, many categories, steep items: thresholds keep their order on the way (%i)',
    (seed) => {
      const { normal } = makeDraws(seed);
      const m = 3 + (seed % 4);
      const steep = Array.from({ length: 12 + (seed % 20) }, () => {
        const theta = normal();
        return [0, 1, 2].map(() =>
          Math.max(0, Math.min(m, Math.round(m / 2 + (theta * m) / 2.2 + normal() * 0.3))),
        );
      });
      // people who chose every category of every item
      const all = Array.from({ length: m + 1 }, (_, h) => [h, m - h, h]);
      const fit = calibrateGraded([...steep, ...all], { slopes: 'free', limit: 200 });
      for (const { a, thresholds } of fit.items) {
        const upwards = thresholds.toSorted((x, y) => x - y);
        expect(thresholds).toEqual(a > 0 ? upwards : upwards.toReversed());
      }
    },
  );

  test('refuses what are no categories, and categories that nobody chose', () => {
    const calibrate = (data: (number | null)[][]) => () => calibrateGraded(data, { slopes: 'free' });
    expect(calibrate([[0.5], [1]])).toThrow('categories 0, 1, 2');
    expect(calibrate([[-1], [1]])).toThrow('categories 0, 1, 2');
    expect(calibrate([[0], [2]])).toThrow('nobody chose');
    expect(calibrate([[0], [0], [null]])).toThrow('nobody chose');
  });
});

describe('patterns', () => {
  test('are counted, grouped by what was shown, and sorted', () => {
    const rows = [
      [1, 0],
      [0, null],
      [1, 0],
      [0, 1],
      [null, null],
      [0, null],
    ];
    expect(countPatterns(rows)).toEqual([
      { pattern: [1, 0], count: 2 },
      { pattern: [0, null], count: 2 },
      { pattern: [0, 1], count: 1 },
      { pattern: [null, null], count: 1 },
    ]);
    expect(shownGroups(rows).map(({ items, patterns }) => [items, patterns.length])).toEqual([
      [[0, 1], 2],
      [[0], 1],
      [[], 1],
    ]);
    expect(sortedPatterns(rows).map(({ pattern }) => pattern)).toEqual([
      [null, null],
      [0, null],
      [0, 1],
      [1, 0],
    ]);
  });
});
