import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type CommonItems,
  linkByGeometricMean,
  linkByHaebara,
  linkByMeanMean,
  linkByMeanSigma,
  linkByStockingLord,
  relocate,
} from '../../../scoring/statistics/irt/link-scales.ts';
import type { LogisticItem } from '../../../scoring/statistics/irt/logistic-curve.ts';

const items = fc
  .array(
    fc.record({
      model: fc.constant('logistic' as const),
      a: fc.double({ min: 0.5, max: 2, noNaN: true }),
      b: fc.double({ min: -2, max: 2, noNaN: true }),
      c: fc.double({ min: 0, max: 0.2, noNaN: true }),
    }),
    { minLength: 3, maxLength: 10 },
  )
  .filter((list) => Math.max(...list.map(({ b }) => b)) - Math.min(...list.map(({ b }) => b)) > 0.5);

describe('links', () => {
  test('all find the same shift when the calibrations differ by scale alone', () => {
    const shift = fc.record({
      A: fc.double({ min: 0.6, max: 1.6, noNaN: true }),
      B: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(items, shift, (base, { A, B }) => {
        const fresh = base.map((item) => relocate(item, { A: 1 / A, B: -B / A }));
        const common = { base, fresh };
        for (const link of [linkByMeanSigma, linkByMeanMean, linkByGeometricMean] as const)
          expect(link(common)).toEqual({ A: expect.closeTo(A, 9), B: expect.closeTo(B, 9) });
        for (const link of [linkByHaebara, linkByStockingLord] as const) {
          const found = link(common);
          expect(found.A).toBeCloseTo(A, 4);
          expect(found.B).toBeCloseTo(B, 4);
          expect(found.criterion).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 8 },
    );
  });

  const base: LogisticItem[] = [
    { model: 'logistic', a: 1.1, b: -1 },
    { model: 'logistic', a: 0.9, b: 0.2 },
    { model: 'logistic', a: 1.4, b: 1.1 },
    { model: 'logistic', a: 1.2, b: 0.6 },
  ];
  const fresh = base.map((item, j) => ({
    ...item,
    a: item.a * (0.9 + 0.05 * j),
    b: item.b - 0.3 + 0.1 * (j % 2),
  }));

  test('moment methods are symmetric', () => {
    for (const link of [linkByMeanSigma, linkByMeanMean, linkByGeometricMean] as const) {
      const there = link({ base, fresh });
      const back = link({ base: fresh, fresh: base });
      expect(there.A * back.A).toBeCloseTo(1, 12);
      expect(there.A * back.B + there.B).toBeCloseTo(0, 12);
    }
  });

  test('curve methods end where a small move makes the curves less alike', () => {
    for (const link of [linkByHaebara, linkByStockingLord] as const) {
      const { A, B, criterion } = link({ base, fresh });
      const moved = link({ base, fresh: fresh.map((item) => relocate(item, { A, B })) });
      expect(moved.A).toBeCloseTo(1, 4);
      expect(moved.B).toBeCloseTo(0, 4);
      expect(moved.criterion).toBeCloseTo(criterion, 10);
    }
  });

  test('starts that would turn the scale round are not followed', () => {
    // discriminations so small in the base that a long step would pass A = 0
    const flat = base.map((item) => ({ ...item, a: item.a * 12 }));
    const { A } = linkByHaebara({ base: flat, fresh: base });
    expect(A).toBeGreaterThan(0);
  });

  test('refusals', () => {
    const one: CommonItems = { base: base.slice(0, 1), fresh: fresh.slice(0, 1) };
    for (const link of [linkByMeanSigma, linkByMeanMean, linkByGeometricMean, linkByHaebara] as const) {
      expect(() => link(one)).toThrow('two or more common items');
      expect(() => link({ base, fresh: fresh.slice(1) })).toThrow('two or more common items');
    }
    const alike = base.map((item) => ({ ...item, b: 1 }));
    expect(() => linkByMeanSigma({ base, fresh: alike })).toThrow('do not vary');
    expect(() => linkByGeometricMean({ base, fresh: base.map((item) => ({ ...item, a: -1 })) })).toThrow(
      'positive',
    );
  });
});
