import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chiSquareUpper } from '../../../scoring/numeric/distributions-gamma.ts';
import { aboveMedian, andersenTest } from '../../../scoring/statistics/irt/andersen-test.ts';
import {
  calibrateConditional,
  type ScaleOrigin,
} from '../../../scoring/statistics/irt/calibrate-conditional.ts';
import { conditionalLikelihood } from '../../../scoring/statistics/irt/conditional-likelihood.ts';
import { itemFit, personAbilities, separationReliability } from '../../../scoring/statistics/irt/item-fit.ts';
import type { CalibratedItem } from '../../../scoring/statistics/irt/item-curve.ts';
import type { PartialCreditItem } from '../../../scoring/statistics/irt/partial-credit-curve.ts';
import { expectedRaw, rawScoreAbility } from '../../../scoring/statistics/irt/raw-score-ability.ts';
import { symmetricFunctions } from '../../../scoring/statistics/irt/symmetric-functions.ts';
import { drawRows } from './items.ts';

const raschItems = (difficulties: readonly number[]): PartialCreditItem[] =>
  difficulties.map((b) => ({ model: 'partial-credit', a: 1, thresholds: [b] }));

const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);

describe('symmetric functions', () => {
  test('equal sums over all answer patterns', () => {
    const epsilon = fc.double({ min: 0.05, max: 2, noNaN: true });
    const item = fc
      .array(epsilon, { minLength: 1, maxLength: 3 })
      .map((list) => Float64Array.from([1, ...list]));
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 4 }), (items) => {
        const byScore = (kept: readonly Float64Array[]): number[] => {
          let found = [{ score: 0, product: 1 }];
          for (const list of kept)
            found = found.flatMap(({ score, product }) =>
              [...list].map((e, h) => ({ score: score + h, product: product * e })),
            );
          const totals: number[] = [];
          for (const { score, product } of found) totals[score] = (totals[score] ?? 0) + product;
          return totals;
        };
        const expectEqual = (got: Float64Array, expected: readonly number[]): void =>
          expect([...got]).toEqual(expected.map((value) => expect.closeTo(value, 8)));
        const { all, without, eachPair } = symmetricFunctions(items);
        expectEqual(all, byScore(items));
        items.forEach((_, j) => expectEqual(without(j), byScore(items.filter((_x, i) => i !== j))));
        eachPair((j, l, rest) => expectEqual(rest, byScore(items.filter((_x, i) => i !== j && i !== l))));
      }),
      { numRuns: 40 },
    );
  });
});

describe('conditional likelihood', () => {
  const items: CalibratedItem[] = [
    { model: 'partial-credit', a: 1, thresholds: [-0.5, 0.8] },
    { model: 'partial-credit', a: 1, thresholds: [0.3] },
    { model: 'partial-credit', a: 1, thresholds: [-1, 0, 1] },
  ];
  const rows = drawRows(items, 80, 5).map((row, i) => row.map((value, j) => (i % 9 === j ? null : value)));
  const likelihood = conditionalLikelihood(rows, [2, 1, 3]);
  const point = [0.1, -0.2, 0.4, 0.3, 0.1, 0.5];

  test('slope and information are derivatives of the value', () => {
    const here = likelihood(point);
    const step = 1e-4;
    point.forEach((x, i) => {
      const up = likelihood(point.with(i, x + step));
      const down = likelihood(point.with(i, x - step));
      expect(here.slope[i]).toBeCloseTo((up.value - down.value) / (2 * step), 5);
      here.information[i]?.forEach((value, m) => {
        expect(value).toBeCloseTo(((down.slope[m] ?? NaN) - (up.slope[m] ?? NaN)) / (2 * step), 4);
      });
    });
  });

  test('a shift of the scale changes nothing', () => {
    const places = [1, 2, 1, 1, 2, 3];
    const moved = point.map((x, i) => x - 0.7 * (places[i] ?? NaN));
    expect(likelihood(moved).value).toBeCloseTo(likelihood(point).value, 9);
  });
});

describe('Rasch model', () => {
  test('two items: the difference is the log of one only against the other only', () => {
    const rows = [
      ...Array.from({ length: 30 }, () => [1, 0]),
      ...Array.from({ length: 10 }, () => [0, 1]),
      [1, 1],
      [0, 0],
    ];
    const { items, logLikelihood, errors, parameters } = calibrateConditional(rows, {
      model: 'partial-credit',
    });
    expect(items.map(({ thresholds: [b] }) => b)).toEqual([
      expect.closeTo(-Math.log(3) / 2, 10),
      expect.closeTo(Math.log(3) / 2, 10),
    ]);
    expect(logLikelihood).toBeCloseTo(30 * Math.log(0.75) + 10 * Math.log(0.25), 9);
    // variance of the difference 1/30 + 1/10; each difficulty is half of it
    expect(errors[0]?.[0]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10) / 2, 9);
    expect(parameters).toBe(1);
  });

  const truth = [-1.5, -1, -0.5, 0, 0.2, 0.4, 0.9, 1.5];
  const rows = drawRows(raschItems(truth), 1500, 31);

  test('finds the difficulties, whatever the abilities; missing answers allowed', () => {
    const shifted = drawRows(raschItems(truth), 1500, 32, 1);
    const holed = rows.map((row, i) => row.map((value, j) => ((i + j) % 5 === 0 ? null : value)));
    for (const data of [rows, shifted, holed]) {
      const { items, errors, converged } = calibrateConditional(data, { model: 'partial-credit' });
      expect(converged).toBe(true);
      expect(sum(items.map(({ thresholds: [b = NaN] }) => b))).toBeCloseTo(0, 9);
      items.forEach(({ thresholds: [b = NaN] }, j) => {
        expect(Math.abs(b - (truth[j] ?? NaN)) / (errors[j]?.[0] ?? NaN)).toBeLessThan(4);
      });
    }
  });

  test('fit: mean squares near 1 where the model holds, higher for an item that is answered by chance', () => {
    const chance = rows.map((row, i) => [...row, (i * 7919) % 13 < 6 ? 1 : 0]);
    const { items } = calibrateConditional(chance, { model: 'partial-credit' });
    const fits = itemFit(chance, items);
    expect(fits).toHaveLength(9);
    for (const fit of fits.slice(0, 8)) expect(fit?.infit).toBeLessThan(1.1);
    expect(fits[8]?.infit).toBeGreaterThan(1.15);
    expect(fits[8]?.outfit).toBeGreaterThan(1.2);
  });

  test('separation reliability: share of the variance of abilities that is not error', () => {
    const { items } = calibrateConditional(rows, { model: 'partial-credit' });
    const reliability = separationReliability(rows, items) ?? NaN;
    expect(reliability).toBeGreaterThan(0.3);
    expect(reliability).toBeLessThan(0.7);
    expect(separationReliability([[1, 0, 0, 0, 0, 0, 0, 0]], items)).toBeNull();
    expect(
      separationReliability(
        [
          [1, 0, 0, 0, 0, 0, 0, 0],
          [0, 1, 0, 0, 0, 0, 0, 0],
        ],
        items,
      ),
    ).toBeNull();
    // nobody but those with all right answered the second item
    const fits = itemFit(
      [
        [1, null, 0],
        [1, 1, 1],
      ],
      raschItems([0, 0, 0]),
    );
    expect(fits[1]).toBeNull();
    expect(
      personAbilities(
        [
          [1, null, 0],
          [1, 1, 1],
        ],
        raschItems([0, 0, 0]),
      ),
    ).toEqual([expect.objectContaining({ raw: 1, theta: expect.closeTo(0, 9) }), null]);
  });

  test('Andersen: quiet where the model holds, loud where groups differ', () => {
    const groups = aboveMedian(rows);
    const quiet = andersenTest(rows, groups, { model: 'partial-credit' });
    expect(quiet?.df).toBe(7);
    expect(quiet?.p).toBeGreaterThan(0.001);
    expect(quiet?.p).toBeCloseTo(chiSquareUpper(quiet?.statistic ?? NaN, 7), 12);
    const other = drawRows(raschItems(truth.with(2, 0.8)), 1500, 33);
    const loud = andersenTest([...rows, ...other], [...rows.map(() => 'a'), ...other.map(() => 'b')], {
      model: 'partial-credit',
    });
    expect(loud?.p).toBeLessThan(1e-6);
  });

  test('Andersen leaves out an item that a group answers all alike', () => {
    const above = aboveMedian(rows);
    const easy = rows.map((row, i) => row.with(0, above[i] ? 1 : (row[0] ?? 0)));
    const result = andersenTest(easy, aboveMedian(easy), { model: 'partial-credit' });
    expect(result?.dropped).toEqual([0]);
    expect(result?.df).toBe(6);
    expect(
      andersenTest(
        rows,
        rows.map(() => 1),
        { model: 'partial-credit' },
      ),
    ).toBeNull();
    expect(
      andersenTest(
        [
          [0, 1],
          [1, 0],
        ],
        [1, 2],
        { model: 'partial-credit' },
      ),
    ).toBeNull();
    expect(
      aboveMedian([
        [1, null],
        [1, 1],
        [0, 0],
      ]),
    ).toEqual([false, true, false]);
  });
});

describe('partial credit and rating scale', () => {
  const location = [-0.8, -0.2, 0.3, 0.7];
  const tau = [-0.6, 0, 0.6];
  const truth: PartialCreditItem[] = location.map((d) => ({
    model: 'partial-credit',
    a: 1,
    thresholds: tau.map((t) => d + t),
  }));
  const rows = drawRows(truth, 2000, 41);

  test('a rating scale has the same distances in all items, and costs little where it holds', () => {
    const credit = calibrateConditional(rows, { model: 'partial-credit' });
    const scale = calibrateConditional(rows, { model: 'rating-scale' });
    expect([credit.parameters, scale.parameters]).toEqual([11, 5]);
    const gaps = scale.items.map(({ thresholds: [a = NaN, b = NaN, c = NaN] }) => [b - a, c - b]);
    for (const [x, y] of gaps) {
      expect(x).toBeCloseTo(gaps[0]?.[0] ?? NaN, 9);
      expect(y).toBeCloseTo(gaps[0]?.[1] ?? NaN, 9);
    }
    const lost = 2 * (credit.logLikelihood - scale.logLikelihood);
    expect(lost).toBeGreaterThan(0);
    expect(chiSquareUpper(lost, 6)).toBeGreaterThan(0.001);
    scale.items.forEach(({ thresholds }, j) =>
      thresholds.forEach((d, h) => expect(Math.abs(d - (truth[j]?.thresholds[h] ?? NaN))).toBeLessThan(0.2)),
    );
  });

  test('the zero of the scale moves all thresholds alike', () => {
    const fits = (['thresholds', 'category-sums', 'first-thresholds'] as const).map((origin: ScaleOrigin) => {
      const { items, errors } = calibrateConditional(rows, { model: 'partial-credit', origin });
      return { thresholds: items.map((item) => item.thresholds), errors };
    });
    const [own, sums, first] = fits;
    expect(sum(own?.thresholds.flat() ?? [])).toBeCloseTo(0, 9);
    expect(sum(first?.thresholds.map(([d = NaN]) => d) ?? [])).toBeCloseTo(0, 9);
    const cumulative = sums?.thresholds.flatMap((list) => list.map((_, h) => sum(list.slice(0, h + 1))));
    expect(sum(cumulative ?? [])).toBeCloseTo(0, 9);
    const shifts = own?.thresholds.flat().map((d, i) => d - (first?.thresholds.flat()[i] ?? NaN)) ?? [];
    for (const shift of shifts) expect(shift).toBeCloseTo(shifts[0] ?? NaN, 9);
    for (const fit of fits) for (const error of fit.errors.flat()) expect(error).toBeGreaterThan(0.02);
  });

  test('Andersen for a rating scale needs an item to vary, not to have every category', () => {
    const few = rows.map((row) => row.map((value, j) => (j === 3 ? Math.min(1, value) : value)));
    const result = andersenTest(few, aboveMedian(few), { model: 'rating-scale' });
    expect(result?.dropped).toEqual([]);
  });

  test('refuses what cannot be calibrated', () => {
    const credit = (data: (number | null)[][]) => () =>
      calibrateConditional(data, { model: 'partial-credit' });
    const scale = (data: (number | null)[][]) => () => calibrateConditional(data, { model: 'rating-scale' });
    expect(credit([[0], [1]])).toThrow('fewer than two items');
    expect(
      credit([
        [0, 0.5],
        [1, 1],
      ]),
    ).toThrow('categories 0, 1, 2');
    expect(
      credit([
        [0, -1],
        [1, 1],
      ]),
    ).toThrow('categories 0, 1, 2');
    expect(
      credit([
        [0, 0],
        [2, 1],
      ]),
    ).toThrow('nobody chose');
    expect(
      credit([
        [0, 0],
        [0, 1],
      ]),
    ).toThrow('nobody chose');
    expect(
      scale([
        [0, 0],
        [2, 2],
      ]),
    ).toThrow('nobody chose');
    expect(
      scale([
        [0, 0],
        [0, 0],
      ]),
    ).toThrow('nobody chose');
    // two pairs of items that nobody answered together: no common scale
    expect(
      credit([
        [0, 1, null, null],
        [1, 0, null, null],
        [null, null, 0, 1],
        [null, null, 1, 0],
      ]),
    ).toThrow('do not fix');
  });
});

describe('raw scores', () => {
  test('the ability of a raw score expects that score', () => {
    const items = fc.array(
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 3 }),
      { minLength: 2, maxLength: 8 },
    );
    fc.assert(
      fc.property(items, fc.nat(), (list, draw) => {
        const credit: PartialCreditItem[] = list.map((thresholds) => ({
          model: 'partial-credit',
          a: 1,
          thresholds,
        }));
        const top = list.flat().length;
        const raw = 1 + (draw % Math.max(1, top - 1));
        const ability = rawScoreAbility(credit, raw);
        expect(expectedRaw(credit, ability?.theta ?? NaN)).toBeCloseTo(raw, 8);
        expect(ability?.error).toBeGreaterThan(0);
      }),
    );
  });

  test('lowest and highest have none; others are refused', () => {
    const items = raschItems([0, 1]);
    expect(rawScoreAbility(items, 0)).toBeNull();
    expect(rawScoreAbility(items, 2)).toBeNull();
    for (const bad of [-1, 3, 0.5]) expect(() => rawScoreAbility(items, bad)).toThrow('no raw score');
  });
});
