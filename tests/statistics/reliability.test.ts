import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reverse } from '../../scoring/kinds/likert.ts';
import { covarianceMatrix } from '../../scoring/statistics/basics/covariance-matrix.ts';
import { alphaIfDropped } from '../../scoring/statistics/ctt/alpha-if-dropped.ts';
import { cronbachAlpha } from '../../scoring/statistics/ctt/cronbach-alpha.ts';
import { discriminationIndices } from '../../scoring/statistics/ctt/discrimination-index.ts';
import { feldtInterval } from '../../scoring/statistics/ctt/feldt-interval.ts';
import { guttmanLambda2 } from '../../scoring/statistics/ctt/guttman-lambda2.ts';
import { itemDifficulty } from '../../scoring/statistics/ctt/item-difficulty.ts';
import { correctedItemTotals, itemTotalCorrelations } from '../../scoring/statistics/ctt/item-total.ts';
import { keatsSem } from '../../scoring/statistics/ctt/keats-sem.ts';
import { kr20, kr21 } from '../../scoring/statistics/ctt/kuder-richardson.ts';
import { splitHalf } from '../../scoring/statistics/ctt/split-half.ts';
import {
  meanInterItemCorrelation,
  standardizedAlpha,
} from '../../scoring/statistics/ctt/standardized-alpha.ts';
import { correlation } from '../../scoring/statistics/basics/correlation.ts';
import { column, rowTotals } from '../../scoring/statistics/rows.ts';
import { lordSem } from '../../scoring/precision/lord.ts';
import { makeDraws } from './draw.ts';
import { expectAlike } from './expect-alike.ts';

/** Persons × four items; ones and noughts or five steps. */
const rowsOf = (max: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: 0, max }), { minLength: 4, maxLength: 4 }), {
    minLength: 4,
    maxLength: 30,
  });

// Guttman's ladder: persons 0, 1, 2, 3 right of three
const ladder = [
  [0, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [1, 1, 1],
];

describe('by hand, on the ladder of three items', () => {
  // variances (n) 3/16, 4/16, 3/16; totals 0, 1, 2, 3 with variance 20/16: alpha 3/2 (1 - 10/20) = 3/4
  const covariances = covarianceMatrix(ladder);
  test('alpha, KR-20 and KR-21', () => {
    expect(cronbachAlpha(covariances)).toBeCloseTo(0.75, 14);
    expect(kr20(ladder)).toBeCloseTo(0.75, 14);
    // M = 1.5, k = 3: 3/2 (1 - 1.5 · 1.5 / (3 · 1.25)) = 0.6
    expect(kr21([0, 1, 2, 3], 3)).toBeCloseTo(0.6, 14);
  });

  test('difficulty and discrimination', () => {
    expect(itemDifficulty(ladder)).toEqual([0.75, 0.5, 0.25]);
    expect(
      itemDifficulty([
        [null, 1],
        [1, null],
        [null, null],
      ]),
    ).toEqual([1 / 3, 1 / 3]);
    expect(
      itemDifficulty(
        [
          [null, 1],
          [null, null],
        ],
        'excluded',
      ),
    ).toEqual([null, 1]);
    expect(discriminationIndices(ladder)).toEqual([1, 1, 1]);
    // half of the persons in each group: items 1 and 3 part them by one half
    expect(discriminationIndices(ladder, 0.5)).toEqual([0.5, 1, 0.5]);
  });

  test('split half: items 1 and 3 against item 2', () => {
    // odd 0,1,1,2, even 0,0,1,1: r = 1/sqrt(2), Rulon 1 - var(0,1,0,1)/var(0,1,2,3) = 1 - (1/3)/(5/3)
    const halves = splitHalf(covariances);
    expect(halves?.oddEven).toBeCloseTo(Math.SQRT1_2, 14);
    expect(halves?.spearmanBrown).toBeCloseTo((2 * Math.SQRT1_2) / (1 + Math.SQRT1_2), 14);
    expect(halves?.rulon).toBeCloseTo(0.8, 14);
  });

  test('Keats is Lord, drawn in', () => {
    expect(keatsSem(1, 3, 0.75, 0.6)).toBeCloseTo(lordSem(1, 3) * Math.sqrt(0.625), 14);
    expect(() => keatsSem(1, 3, 1, 1)).toThrow(RangeError);
  });

  test('Feldt interval: 1 - (1 - a)F, wider for fewer persons', () => {
    const [low, high] = feldtInterval(0.8, 50, 10);
    expect(low).toBeCloseTo(0.705883, 6);
    expect(high).toBeCloseTo(0.873373, 6);
    const [narrowLow, narrowHigh] = feldtInterval(0.8, 500, 10);
    expect(narrowLow).toBeGreaterThan(low);
    expect(narrowHigh).toBeLessThan(high);
  });
});

describe('what must hold for all answers', () => {
  test('KR-20 is alpha of 0/1 marks; KR-21 and alpha of unequal items lie below', () => {
    fc.assert(
      fc.property(rowsOf(1), (rows) => {
        const covariances = covarianceMatrix(rows);
        const alpha = cronbachAlpha(covariances);
        const own = kr20(rows);
        const simple = kr21(rowTotals(rows), 4);
        const lambda2 = guttmanLambda2(covariances);
        expect(alpha === null).toBe(own === null);
        expect(simple === null).toBe(own === null);
        if (alpha === null || own === null || simple === null || lambda2 === null) return;
        expect(own).toBeCloseTo(alpha, 9);
        expect(simple).toBeLessThanOrEqual(own + 1e-9);
        expect(lambda2).toBeGreaterThanOrEqual(alpha - 1e-9);
      }),
    );
  });

  test('reversing an item twice changes nothing; reversing all of them neither', () => {
    const range = { min: 0, max: 4 };
    fc.assert(
      fc.property(rowsOf(4), (rows) => {
        const all = rows.map((row) => row.map((value) => reverse(value, range)));
        const twice = all.map((row) => row.map((value) => reverse(value, range)));
        expect(twice).toEqual(rows);
        const alpha = cronbachAlpha(covarianceMatrix(rows));
        const turned = cronbachAlpha(covarianceMatrix(all));
        expectAlike(turned, alpha);
      }),
    );
  });

  test('alpha without an item is alpha of the rest; item-total correlations are correlations', () => {
    fc.assert(
      fc.property(rowsOf(4), fc.integer({ min: 0, max: 3 }), (rows, item) => {
        const covariances = covarianceMatrix(rows);
        const rest = rows.map((row) => row.filter((_, i) => i !== item));
        const expected = cronbachAlpha(covarianceMatrix(rest));
        const got = alphaIfDropped(covariances)[item] ?? null;
        if (expected === null || got === null || Math.abs(expected) > 1e6) return;
        expect(got).toBeCloseTo(expected, 6);
        const own = column(rows, item);
        const withTotal = itemTotalCorrelations(covariances)[item] ?? null;
        const corrected = correctedItemTotals(covariances)[item] ?? null;
        const r = correlation(own, rowTotals(rows));
        const rRest = correlation(own, rowTotals(rest));
        if (r === null || rRest === null) return;
        expect(withTotal).toBeCloseTo(r, 8);
        expect(corrected).toBeCloseTo(rRest, 8);
      }),
    );
  });

  test('the order of persons and of items does not matter', () => {
    fc.assert(
      fc.property(rowsOf(4), (rows) => {
        const turned = rows.toReversed().map((row) => row.toReversed());
        const alpha = cronbachAlpha(covarianceMatrix(rows));
        const other = cronbachAlpha(covarianceMatrix(turned));
        expectAlike(other, alpha);
      }),
    );
  });

  test('standardised alpha is Spearman–Brown of the mean correlation', () => {
    const covariances = covarianceMatrix(ladder);
    const r = meanInterItemCorrelation(covariances) ?? NaN;
    // r12 = r23 = 1/sqrt(3), r13 = 1/3
    expect(r).toBeCloseTo((2 / Math.sqrt(3) + 1 / 3) / 3, 14);
    expect(standardizedAlpha(covariances)).toBeCloseTo((3 * r) / (1 + 2 * r), 14);
  });
});

describe('not defined is not a number', () => {
  const flat = covarianceMatrix([
    [1, 1],
    [1, 1],
  ]);
  test('nobody differs', () => {
    expect(cronbachAlpha(flat)).toBeNull();
    expect(guttmanLambda2(flat)).toBeNull();
    expect(splitHalf(flat)).toBeNull();
    expect(standardizedAlpha(flat)).toBeNull();
    expect(alphaIfDropped(flat)).toEqual([null, null]);
    expect(itemTotalCorrelations(flat)).toEqual([null, null]);
    expect(correctedItemTotals(flat)).toEqual([null, null]);
    expect(kr20([[1], [1]])).toBeNull();
    expect(
      kr20([
        [1, 1],
        [1, 1],
      ]),
    ).toBeNull();
    expect(kr21([2, 2], 2)).toBeNull();
    expect(kr21([0, 1], 1)).toBeNull();
  });

  test('halves that undo each other', () => {
    const opposite = covarianceMatrix([
      [0, 1],
      [1, 0],
      [0.5, 0.5],
    ]);
    expect(splitHalf(opposite)).toEqual({ oddEven: -1, spearmanBrown: null, rulon: null });
  });

  test('one item has no alpha', () => {
    const single = covarianceMatrix([[1], [2]]);
    expect(cronbachAlpha(single)).toBeNull();
    expect(guttmanLambda2(single)).toBeNull();
    expect(meanInterItemCorrelation(single)).toBeNull();
    expect(kr20([[0], [1]])).toBeNull();
  });
});

test('the Feldt interval holds the true alpha in 93 to 97 % of 2,000 samples', () => {
  const draws = makeDraws(11);
  // five parallel items, true alpha 5·0.5/(1 + 4·0.5) = 5/6
  let inside = 0;
  for (let sample = 0; sample < 2000; sample++) {
    const rows = Array.from({ length: 40 }, () => {
      const ability = draws.normal();
      return Array.from({ length: 5 }, () => ability + draws.normal());
    });
    const [low, high] = feldtInterval(cronbachAlpha(covarianceMatrix(rows)) ?? NaN, 40, 5);
    if (low <= 5 / 6 && 5 / 6 <= high) inside += 1;
  }
  expect(inside / 2000).toBeGreaterThan(0.93);
  expect(inside / 2000).toBeLessThan(0.97);
});
