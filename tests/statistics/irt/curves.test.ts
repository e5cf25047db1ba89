import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  curveInformation,
  informationError,
  itemInformation,
  testInformation,
} from '../../../scoring/statistics/irt/information.ts';
import { type CalibratedItem, itemCurve } from '../../../scoring/statistics/irt/item-curve.ts';
import { logisticCurve } from '../../../scoring/statistics/irt/logistic-curve.ts';
import { logistic, logit, softplus } from '../../../scoring/statistics/irt/logistic.ts';
import { anyItem } from './items.ts';

const ability = fc.double({ min: -4, max: 4, noNaN: true });

describe('curves', () => {
  test('by hand: 2PL at its difficulty, 3PL, 4PL, graded and partial credit', () => {
    expect(logisticCurve({ model: 'logistic', a: 2, b: 1 }, 1)).toEqual({
      p: [0.5, 0.5],
      dp: [-0.5, 0.5],
      d2p: [-0, 0],
    });
    const guess = { model: 'logistic', a: 1, b: 0, c: 0.2, d: 0.9 } as const;
    expect(itemCurve(guess, 0).p[1]).toBeCloseTo(0.55, 14);
    expect(itemCurve(guess, -40).p[1]).toBeCloseTo(0.2, 14);
    expect(itemCurve(guess, 40).p[1]).toBeCloseTo(0.9, 14);
    // P(>=1) = 1/(1+e^-1), P(>=2) = 1/2
    const graded = itemCurve({ model: 'graded', a: 1, thresholds: [-1, 0] }, 0).p;
    expect(graded[0]).toBeCloseTo(1 / (1 + Math.E), 14);
    expect(graded[2]).toBeCloseTo(0.5, 14);
    // 1 : e : e^(1-1)
    const credit = itemCurve({ model: 'partial-credit', a: 1, thresholds: [-1, 1] }, 0).p;
    expect(credit[1]).toBeCloseTo(Math.E / (2 + Math.E), 14);
  });

  test('probabilities sum to 1 and slopes are those of the probabilities', () => {
    fc.assert(
      fc.property(anyItem, ability, (item, theta) => {
        const here = itemCurve(item, theta);
        const step = 1e-5;
        const up = itemCurve(item, theta + step);
        const down = itemCurve(item, theta - step);
        expect(here.p.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 13);
        here.p.forEach((_, h) => {
          const [high = NaN, low = NaN, slopeHigh = NaN, slopeLow = NaN] = [
            up.p[h],
            down.p[h],
            up.dp[h],
            down.dp[h],
          ];
          expect(here.dp[h]).toBeCloseTo((high - low) / (2 * step), 8);
          expect(here.d2p[h]).toBeCloseTo((slopeHigh - slopeLow) / (2 * step), 8);
        });
      }),
    );
  });

  test('two categories: graded and partial credit are the 2PL', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), ability, ability, (a, b, theta) => {
        const two = itemCurve({ model: 'logistic', a, b }, theta);
        for (const model of ['graded', 'partial-credit'] as const) {
          const other = itemCurve({ model, a, thresholds: [b] }, theta);
          other.p.forEach((p, h) => expect(p).toBeCloseTo(two.p[h] ?? NaN, 13));
          other.d2p.forEach((d, h) => expect(d).toBeCloseTo(two.d2p[h] ?? NaN, 13));
        }
      }),
    );
  });

  test('logistic, softplus and logit', () => {
    for (const z of [-800, -2, 0, 3, 800])
      expect(softplus(z)).toBeCloseTo(z > 700 ? z : Math.log(1 + Math.exp(z)), 12);
    expect(logistic(800)).toBe(1);
    expect(logit(0.75)).toBeCloseTo(Math.log(3), 14);
  });
});

describe('information', () => {
  test('adds up over items and is never negative', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { minLength: 1 }), fc.array(anyItem), ability, (one, two, theta) => {
        const together = testInformation([...one, ...two], theta);
        expect(together).toBeCloseTo(testInformation(one, theta) + testInformation(two, theta), 10);
        expect(together).toBeGreaterThanOrEqual(testInformation(one, theta) - 1e-12);
      }),
    );
  });

  test('3PL: a² (Q/P) ((P - c)/(1 - c))²', () => {
    const item = { model: 'logistic', a: 1.4, b: 0.3, c: 0.2 } as const;
    const [q = NaN, p = NaN] = itemCurve(item, 1).p;
    expect(itemInformation(item, 1)).toBeCloseTo(1.96 * (q / p) * ((p - 0.2) / 0.8) * ((p - 0.2) / 0.8), 13);
    expect(informationError(4)).toBe(0.5);
  });

  test('a category that cannot be chosen any more adds nothing', () => {
    const far: CalibratedItem = { model: 'logistic', a: 1, b: 0 };
    expect(itemCurve(far, -800).p[1]).toBe(0);
    expect(curveInformation(itemCurve(far, -800))).toBe(0);
  });
});
