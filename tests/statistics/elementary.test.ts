import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exp, expm1, log, log1p, power } from '../../scoring/numeric/elementary.ts';
import { findRoot } from '../../scoring/numeric/find-root.ts';
import { integrate } from '../../scoring/numeric/integrate.ts';
import { pick } from '../../scoring/numeric/pick.ts';

const expectNear = (got: number, expected: number, units = 4): void => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(units * Number.EPSILON * Math.abs(expected));
};
const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

// Math.exp and its like are good to one unit in the last place in V8: right, only not promised to be the same everywhere
describe('elementary functions', () => {
  test.each([
    ['exp', exp, Math.exp, between(-700, 700)],
    ['exp near 0', exp, Math.exp, between(-1, 1)],
    ['expm1', expm1, Math.expm1, between(-2, 5)],
    ['expm1 near 0', expm1, Math.expm1, between(-1e-8, 1e-8)],
    ['log', log, Math.log, between(1e-300, 1e300)],
    ['log near 1', log, Math.log, between(0.5, 2)],
    ['log1p', log1p, Math.log1p, between(-0.999, 10)],
    ['log1p near 0', log1p, Math.log1p, between(-1e-9, 1e-9)],
  ])('%s', (_, own, theirs, range) => {
    fc.assert(fc.property(range, (x) => expectNear(own(x), theirs(x))));
  });

  test.each([
    [exp(0), 1],
    [exp(710), Infinity],
    [exp(-746), 0],
    [exp(-740), Math.exp(-740)],
    [log(1), 0],
    [log(0), -Infinity],
    [log(Infinity), Infinity],
    [log(5e-324), Math.log(5e-324)],
    [power(2, 10), 1024],
    [power(0, 0), 1],
    [power(0, 3), 0],
    [power(9, 0.5), 3],
  ])('at the edges: %d is %d', (got, expected) => {
    expect(got).toBeCloseTo(expected, 9);
  });

  test('of nothing comes nothing', () => {
    expect([exp(NaN), log(-1), log(NaN), log1p(-2)]).toEqual([NaN, NaN, NaN, NaN]);
  });

  test('exp and log undo each other', () => {
    fc.assert(fc.property(between(-600, 600), (x) => expect(log(exp(x))).toBeCloseTo(x, 10)));
  });
});

describe('root and integral', () => {
  test('the root of a cubic, from either side', () => {
    expect(findRoot((x) => x * x * x - 2, 0, 5)).toBeCloseTo(Math.cbrt(2), 14);
    expect(findRoot((x) => 2 - x * x * x, 0, 5)).toBeCloseTo(Math.cbrt(2), 14);
    expect(findRoot((x) => x - 1, 1, 4)).toBe(1);
    expect(findRoot((x) => x - 4, 1, 4)).toBe(4);
    // flat, then steep: interpolation is of no use here
    expect(findRoot((x) => x ** 31 - 1e-9, -1, 4)).toBeCloseTo(1e-9 ** (1 / 31), 12);
  });

  test('no root without a change of sign', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(RangeError);
  });

  test('any increasing cubic', () => {
    fc.assert(
      fc.property(between(-50, 50), between(0.001, 20), (root, slope) => {
        const found = findRoot((x) => (x - root) ** 3 + slope * (x - root), -60, 70);
        expect(Math.abs(found - root)).toBeLessThan(1e-9);
      }),
    );
  });

  test('integrals with a known value, one of them infinite at an end', () => {
    expect(integrate((x) => x * x, 3)).toBeCloseTo(9, 12);
    expect(integrate((x) => 1 / Math.sqrt(x), 4)).toBeCloseTo(4, 10);
    expect(integrate((_, toHigh) => 1 / Math.sqrt(toHigh), 4)).toBeCloseTo(4, 10);
    expect(integrate(() => 1, 0)).toBe(0);
  });

  test('what is not there is not undefined', () => {
    expect(pick([7], 0)).toBe(7);
    expect(() => pick([7], 1)).toThrow('no element 1 of 1');
  });
});
