import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { analyseDif } from '../../../scoring/statistics/dif/analyse-dif.ts';
import { discoveries, falseDiscoveryRate } from '../../../scoring/statistics/dif/false-discovery-rate.ts';
import { jodoinGierlClass, logisticDif } from '../../../scoring/statistics/dif/logistic-dif.ts';
import { etsClass, mantelHaenszel } from '../../../scoring/statistics/dif/mantel-haenszel.ts';
import { allItems, matchGroups, type Stratum } from '../../../scoring/statistics/dif/match-groups.ts';
import { purify } from '../../../scoring/statistics/dif/purify.ts';
import { standardisedDifference } from '../../../scoring/statistics/dif/standardised-difference.ts';
import { drawRows, spreadItems } from '../irt/items.ts';

const stratum = (score: number, a: number, b: number, c: number, d: number): Stratum => ({
  score,
  referenceRight: a,
  referenceWrong: b,
  focalRight: c,
  focalWrong: d,
});

const swap = (strata: readonly Stratum[]): Stratum[] =>
  strata.map((s) => stratum(s.score, s.focalRight, s.focalWrong, s.referenceRight, s.referenceWrong));

const count = fc.integer({ min: 0, max: 30 });
const someStrata = fc
  .array(fc.tuple(count, count, count, count), { minLength: 1, maxLength: 6 })
  .map((list) => list.map(([a, b, c, d], i) => stratum(i, a, b, c, d)));

describe('Mantel–Haenszel', () => {
  test('one table by hand', () => {
    // A = 15, E = 20 · 20/40 = 10, variance 20·20·20·20/(1600·39)
    const strata = [stratum(1, 15, 5, 5, 15)];
    const variance = 160000 / (1600 * 39);
    const result = mantelHaenszel(strata);
    expect(result?.chiSquare).toBeCloseTo((4.5 * 4.5) / variance, 12);
    expect(mantelHaenszel(strata, 'none')?.chiSquare).toBeCloseTo(25 / variance, 12);
    expect(result?.oddsRatio).toBeCloseTo(9, 12);
    expect(result?.delta).toBeCloseTo(-2.35 * Math.log(9), 12);
    // one table: variance of the log odds ratio is the sum of the inverse counts
    expect(result?.deltaError).toBeCloseTo(2.35 * Math.sqrt(1 / 15 + 1 / 5 + 1 / 5 + 1 / 15), 12);
    expect(result?.p).toBeGreaterThan(0.003);
    expect(result?.p).toBeLessThan(0.01);
  });

  test('the correction never makes a small difference larger, unless asked to', () => {
    const nearly = [stratum(1, 10, 10, 10, 10), stratum(2, 6, 5, 5, 5)];
    expect(mantelHaenszel(nearly)?.chiSquare).toBe(mantelHaenszel(nearly, 'none')?.chiSquare);
    const nothing = [stratum(1, 10, 10, 10, 10)];
    expect(mantelHaenszel(nothing)?.chiSquare).toBe(0);
    expect(mantelHaenszel(nothing, 'always')?.chiSquare).toBeGreaterThan(0);
  });

  test('is not defined without both groups, both answers and both products', () => {
    expect(mantelHaenszel([])).toBeNull();
    expect(mantelHaenszel([stratum(1, 5, 5, 0, 0)])).toBeNull();
    expect(mantelHaenszel([stratum(1, 5, 0, 5, 0)])).toBeNull();
    expect(mantelHaenszel([stratum(1, 5, 0, 3, 2)])).toBeNull();
    expect(mantelHaenszel([stratum(1, 3, 2, 5, 0)])).toBeNull();
    // a score with one person changes nothing
    const base = [stratum(1, 15, 5, 5, 15)];
    expect(mantelHaenszel([...base, stratum(2, 1, 0, 0, 0)])).toEqual(mantelHaenszel(base));
  });

  test('exchanging the groups turns delta round and keeps the chi-square', () => {
    const filled = someStrata.map((strata) =>
      strata.map((s) =>
        stratum(s.score, s.referenceRight + 1, s.referenceWrong + 1, s.focalRight + 1, s.focalWrong + 1),
      ),
    );
    const none = { chiSquare: NaN, p: NaN, oddsRatio: NaN, delta: NaN, deltaError: NaN };
    fc.assert(
      fc.property(filled, (strata) => {
        const one = mantelHaenszel(strata) ?? none;
        const other = mantelHaenszel(swap(strata)) ?? none;
        expect(other.delta).toBeCloseTo(-one.delta, 9);
        expect(other.deltaError).toBeCloseTo(one.deltaError, 9);
        expect(other.chiSquare).toBeCloseTo(one.chiSquare, 9);
        expect(other.oddsRatio * one.oddsRatio).toBeCloseTo(1, 9);
        expect(etsClass(other)).toBe(etsClass(one));
      }),
    );
  });

  test('classes of ETS', () => {
    const result = (p: number, delta: number, deltaError: number) => ({
      p,
      delta,
      deltaError,
      chiSquare: 0,
      oddsRatio: 1,
    });
    expect(etsClass(result(0.2, 3, 0.1))).toBe('A');
    expect(etsClass(result(0.01, -0.99, 0.1))).toBe('A');
    expect(etsClass(result(0.01, -1.2, 0.1))).toBe('B');
    expect(etsClass(result(0.01, 1.6, 0.5))).toBe('B');
    expect(etsClass(result(0.01, -1.6, 0.1))).toBe('C');
  });
});

describe('standardised difference', () => {
  test('by hand: weighted by the focal group', () => {
    // 0.2 - 0.5 with 10 focal persons, 0.9 - 0.8 with 30
    const strata = [
      stratum(1, 10, 10, 2, 8),
      stratum(2, 16, 4, 27, 3),
      stratum(3, 5, 0, 0, 0),
      stratum(0, 0, 0, 0, 4),
    ];
    expect(standardisedDifference(strata)).toBeCloseTo((10 * -0.3 + 30 * 0.1) / 40, 12);
    expect(standardisedDifference([stratum(3, 5, 0, 0, 0)])).toBeNull();
  });
});

describe('logistic regression', () => {
  test('two scores by hand: each cell has its own proportion in the full model', () => {
    const strata = [stratum(1, 5, 15, 2, 18), stratum(2, 15, 5, 10, 10)];
    const result = logisticDif(strata);
    const ll = (right: number, n: number): number =>
      right * Math.log(right / n) + (n - right) * Math.log(1 - right / n);
    // four parameters for four cells; score alone has one proportion for each score
    const expected = 2 * (ll(5, 20) + ll(2, 20) + ll(15, 20) + ll(10, 20) - ll(7, 40) - ll(25, 40));
    expect(result?.both.statistic).toBeCloseTo(expected, 8);
    expect([result?.both.df, result?.uniform.df, result?.nonuniform.df]).toEqual([2, 1, 1]);
  });

  test('a group that has one score only adds nothing to its product with the score', () => {
    const result = logisticDif([stratum(1, 5, 15, 0, 0), stratum(2, 15, 5, 10, 10), stratum(3, 17, 3, 0, 0)]);
    expect(result?.nonuniform.statistic).toBeCloseTo(0, 6);
    expect(result?.uniform.statistic).toBeGreaterThan(1);
  });

  test('the parts add up, and R² gains', () => {
    fc.assert(
      fc.property(someStrata, (strata) => {
        const result = logisticDif(strata);
        if (result === null) return;
        expect(result.both.statistic).toBeCloseTo(result.uniform.statistic + result.nonuniform.statistic, 6);
        expect(result.deltaR2).toBeGreaterThanOrEqual(-1e-9);
        expect(result.deltaR2).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  test('answers that the score decides alone have a limit, not an endless search', () => {
    const apart = logisticDif([
      stratum(0, 0, 20, 0, 20),
      stratum(1, 0, 20, 0, 20),
      stratum(2, 20, 0, 20, 0),
      stratum(3, 20, 0, 20, 0),
    ]);
    expect(apart?.both.statistic).toBeLessThan(1e-6);
    // steep: full steps overshoot
    const steep = logisticDif([
      stratum(0, 1, 4000, 1, 4000),
      stratum(20, 1, 2, 1, 2),
      stratum(21, 4000, 1, 4000, 1),
    ]);
    expect(Number.isFinite(steep?.both.statistic)).toBe(true);
  });

  test('is not defined when answers are alike or a group is missing', () => {
    expect(logisticDif([stratum(1, 5, 0, 5, 0)])).toBeNull();
    expect(logisticDif([stratum(1, 0, 5, 0, 5)])).toBeNull();
    expect(logisticDif([stratum(1, 3, 2, 0, 0)])).toBeNull();
    expect(logisticDif([stratum(4, 3, 2, 2, 3)])).toBeNull();
    expect(logisticDif([stratum(0, 3, 2, 2, 3), stratum(1, 3, 2, 2, 3)])).not.toBeNull();
  });

  test('sizes', () => {
    expect([0.01, 0.035, 0.07].map(jodoinGierlClass)).toEqual(['A', 'B', 'C']);
  });
});

describe('matching', () => {
  const rows = [
    [1, 0, 1],
    [0, 0, 1],
    [1, null, 1],
    [1, 1, 0],
  ];

  test('counts by score; the item itself always counts, a missing answer leaves the person out', () => {
    const groups = matchGroups(rows, [false, true, false, true]);
    expect(groups).toMatchObject({ itemCount: 3, referenceCount: 2, focalCount: 2 });
    expect(groups.strata(0, allItems(groups))).toEqual([stratum(1, 0, 0, 0, 1), stratum(2, 2, 0, 1, 0)]);
    expect(groups.strata(1, allItems(groups))).toEqual([stratum(1, 0, 0, 0, 1), stratum(2, 0, 1, 1, 0)]);
    expect(groups.strata(0, new Set([2]))).toEqual([stratum(1, 0, 0, 1, 1), stratum(2, 2, 0, 0, 0)]);
  });

  test('refusals', () => {
    expect(() => matchGroups(rows, [true])).toThrow('as many group marks');
    expect(() => matchGroups([[2]], [true])).toThrow('0, 1 or missing');
    expect(() => matchGroups([[1, 0], [1]], [true, false])).toThrow('unequal length');
  });
});

describe('purification', () => {
  test('ends when a round repeats, when nothing is flagged, or at the limit', () => {
    expect(purify(3, () => [false, false, false])).toMatchObject({ flagged: [], rounds: 0, converged: true });
    expect(purify(3, () => [false, true, false])).toMatchObject({
      flagged: [1],
      rounds: 1,
      converged: true,
      anchor: new Set([0, 2]),
    });
    let turn = 0;
    expect(purify(2, () => [++turn % 2 === 0, turn % 2 === 1], 4)).toMatchObject({
      rounds: 4,
      converged: false,
    });
  });
});

describe('false discovery rate', () => {
  test('Benjamini and Hochberg by hand', () => {
    // 0.01·4/1, 0.03·4/3 and 0.02·4/2 share the least above them
    const ps = [0.01, 0.04, 0.03, 0.02];
    expect(falseDiscoveryRate(ps)).toEqual([0.04, 0.04, 0.04, 0.04].map((p) => expect.closeTo(p, 12)));
    expect(falseDiscoveryRate([0.5, null, 0.01])).toEqual([0.5, null, 0.02]);
    expect(discoveries([0.5, null, 0.01], 0.05)).toEqual([false, false, true]);
    expect(falseDiscoveryRate([])).toEqual([]);
  });

  test('never below the p value, never above 1, in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
        const adjusted = falseDiscoveryRate(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          const above = ps.flatMap((q, m) => (p <= q ? (adjusted[m] ?? NaN) : []));
          expect(Math.min(...above)).toBeGreaterThanOrEqual(adjusted[i] ?? NaN);
        });
      }),
    );
  });
});

describe('analysis', () => {
  const items = spreadItems(20);
  const harder = items.map((item, j) => (j < 3 ? { ...item, b: item.b + 0.9 } : item));
  const rows = [...drawRows(items, 900, 51), ...drawRows(harder, 700, 52, -0.5)];
  const focal = rows.map((_, i) => i >= 900);

  test('finds the items that are harder for one group, not those that a weaker group fails more', () => {
    const { items: found, outsideAnchor, converged, referenceCount, focalCount } = analyseDif(rows, focal);
    expect({ converged, referenceCount, focalCount }).toEqual({
      converged: true,
      referenceCount: 900,
      focalCount: 700,
    });
    expect(outsideAnchor).toEqual(expect.arrayContaining([0, 1, 2]));
    for (const item of found?.slice(0, 3) ?? []) {
      expect(item.mantelHaenszel?.delta).toBeLessThan(-1);
      expect(item.mantelHaenszel?.adjustedP).toBeLessThan(0.01);
      expect(item.standardisedDifference).toBeLessThan(-0.05);
      expect(item.logistic?.adjustedP).toBeLessThan(0.01);
    }
    expect(found?.slice(3).filter((item) => item.mantelHaenszel?.ets === 'C')).toEqual([]);
  });

  test('without DIF the share of flags is that of the level', () => {
    const same = [...drawRows(items, 600, 53), ...drawRows(items, 600, 54)];
    const { items: found } = analyseDif(
      same,
      same.map((_, i) => i >= 600),
      { purifyAbove: null },
    );
    expect(found?.filter((item) => (item.mantelHaenszel?.adjustedP ?? 0) < 0.05)).toEqual([]);
  });

  test('small groups: not computed, which is not "no DIF"', () => {
    const few = focal.map((_, i) => i < 199);
    expect(analyseDif(rows, few)).toMatchObject({ items: null, focalCount: 199 });
    expect(analyseDif(rows, few, { minimum: 199, rounds: 1, continuity: 'none' }).items).toHaveLength(20);
  });

  test('an item that nobody solved is not computed; the others are', () => {
    const dead = rows.map((row) => row.with(19, 0));
    const { items: found } = analyseDif(dead, focal);
    expect(found?.[19]).toEqual({ mantelHaenszel: null, standardisedDifference: 0, logistic: null });
    expect(found?.[18]?.mantelHaenszel).not.toBeNull();
  });
});
