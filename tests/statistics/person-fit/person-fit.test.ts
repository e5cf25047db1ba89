import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { estimateMap } from '../../../scoring/statistics/irt/estimate-map.ts';
import { estimateMl } from '../../../scoring/statistics/irt/estimate-ml.ts';
import { estimateWle } from '../../../scoring/statistics/irt/estimate-wle.ts';
import { guttmanErrors, normedGuttmanErrors } from '../../../scoring/statistics/person-fit/guttman-errors.ts';
import { htOfAll } from '../../../scoring/statistics/person-fit/ht.ts';
import { lz, lzStar } from '../../../scoring/statistics/person-fit/lz.ts';
import { u3 } from '../../../scoring/statistics/person-fit/u3.ts';
import { drawRows, spreadItems } from '../irt/items.ts';

const easy = [0.9, 0.7, 0.5, 0.3, 0.1];

const answers = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 99 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => ({ pattern: list.map(([x]) => x), proportions: list.map(([, p]) => p / 100) }));

describe('Guttman errors', () => {
  test('by hand: perfect, one exchange, reversed', () => {
    expect(guttmanErrors([1, 1, 1, 0, 0], easy)).toBe(0);
    expect(guttmanErrors([1, 0, 1, 0, 0], easy)).toBe(1);
    expect(guttmanErrors([0, 0, 1, 1, 1], easy)).toBe(6);
    expect(normedGuttmanErrors([0, 0, 1, 1, 1], easy)).toBe(1);
    expect([normedGuttmanErrors([0, 0, 0, 0, 0], easy), normedGuttmanErrors([1, 1, 1, 1, 1], easy)]).toEqual([
      0, 0,
    ]);
    expect(() => guttmanErrors([1], easy)).toThrow('as many answers');
  });

  test('counts the pairs, whatever the order of the items', () => {
    fc.assert(
      fc.property(answers, ({ pattern, proportions }) => {
        let pairs = 0;
        pattern.forEach((x, i) =>
          pattern.forEach((y, j) => {
            const [p = NaN, q = NaN] = [proportions[i], proportions[j]];
            if (x === 0 && y === 1 && (p > q || (p === q && i < j))) pairs += 1;
          }),
        );
        expect(guttmanErrors(pattern, proportions)).toBe(pairs);
        const normed = normedGuttmanErrors(pattern, proportions);
        expect(normed).toBeGreaterThanOrEqual(0);
        expect(normed).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('U3', () => {
  test('0 for the easiest items solved, 1 for the hardest, between them otherwise', () => {
    expect(u3([1, 1, 0, 0, 0], easy)).toBeCloseTo(0, 12);
    expect(u3([0, 0, 0, 1, 1], easy)).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(answers, ({ pattern, proportions }) => {
        const value = u3(pattern, proportions);
        if (value === null) return;
        expect(value).toBeGreaterThanOrEqual(-1e-12);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('is not defined for none or all right, or equally hard items; items that all or nobody solved count 0', () => {
    expect(u3([0, 0, 0, 0, 0], easy)).toBeNull();
    expect(u3([1, 1, 1, 1, 1], easy)).toBeNull();
    expect(u3([1, 0], [0.4, 0.4])).toBeNull();
    // log odds 0, 1.1, 0: the best one is the middle item
    expect(u3([0, 1, 0], [1, 0.75, 0])).toBeCloseTo(0, 12);
    expect(u3([1, 0, 0], [1, 0.75, 0])).toBeCloseTo(1, 12);
  });
});

describe('HT', () => {
  test('perfect Guttman data: 1 for everybody who varies', () => {
    const rows = [
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 0, 0],
    ];
    expect(htOfAll(rows)).toEqual([
      null,
      expect.closeTo(1, 12),
      expect.closeTo(1, 12),
      null,
      expect.closeTo(1, 12),
    ]);
  });

  test('the person who solves the hard ones only is below all others; nobody to compare with: none', () => {
    const rows = [...drawRows(spreadItems(12), 200, 71), [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]];
    const values = htOfAll(rows);
    const last = values.at(-1) ?? NaN;
    expect(last).toBeLessThan(0);
    expect(values.filter((value) => value !== null && value < last)).toHaveLength(0);
    expect(
      htOfAll([
        [1, 0],
        [0, 0],
      ]),
    ).toEqual([null, null]);
  });
});

describe('lz and lz*', () => {
  const items = spreadItems(25);

  test('by hand: one Rasch item cannot surprise at its own difficulty', () => {
    expect(lz([{ model: 'logistic', a: 1, b: 0 }], [1], 0)).toBeNull();
    // log odds 1 and -1: (1 - p) + p' … over the root of 2pq
    const pair = [
      { model: 'logistic', a: 1, b: -1 },
      { model: 'logistic', a: 1, b: 1 },
    ] as const;
    const p = 1 / (1 + Math.exp(-1));
    expect(lz(pair, [1, 0], 0)).toBeCloseTo((2 * (1 - p)) / Math.sqrt(2 * p * (1 - p)), 12);
    expect(lz(pair, [0, 1], 0)).toBeCloseTo((-2 * p) / Math.sqrt(2 * p * (1 - p)), 12);
    expect(() => lz(pair, [1], 0)).toThrow('as many answers');
    expect(lzStar([{ model: 'logistic', a: 1, b: 0 }], [1], 0, 'ML')).toBeNull();
  });

  test('of people who answer by the model, lz* flags the stated share, with any estimator', () => {
    const rows = drawRows(items, 700, 72);
    const estimators = [
      (row: number[]) => lzStar(items, row, estimateWle(items, row).theta, 'WLE'),
      (row: number[]) =>
        lzStar(items, row, estimateMap(items, row).theta, { prior: { mean: 0, deviation: 1 } }),
      (row: number[]) => {
        const { theta, atLimit } = estimateMl(items, row);
        return atLimit ? null : lzStar(items, row, theta, 'ML');
      },
    ];
    for (const estimate of estimators) {
      const values = rows.map(estimate).filter((value) => value !== null);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(0.15);
      expect(Math.abs(spread - 1)).toBeLessThan(0.2);
      // 5 % below -1.645: within four standard errors, and a little more for the skew of a short test
      const share = values.filter((value) => value < -1.645).length / values.length;
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.09);
    }
  });

  test('people who answer at random are found', () => {
    const rows = drawRows(items, 200, 73).map((row, i) =>
      row.map((_, j) => ((i * 31 + j * 17) % 7 < 3 ? 1 : 0)),
    );
    const low = rows.filter(
      (row) => (lzStar(items, row, estimateWle(items, row).theta, 'WLE') ?? 0) < -1.645,
    );
    expect(low.length).toBeGreaterThan(100);
  });
});
