import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as beta from '../../scoring/numeric/distributions-beta.ts';
import * as gamma from '../../scoring/numeric/distributions-gamma.ts';
import * as normal from '../../scoring/numeric/distributions-normal.ts';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const chance = between(1e-6, 1 - 1e-6);
const shape = between(0.5, 80);
const expectClose = (got: number, expected: number, relative: number): void => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
};

describe('normal distribution', () => {
  // values of Abramowitz & Stegun, tables 26.1 and 26.2, and of AS 241
  test.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.96, 0.02499789514822043],
    [-6, 9.865876450376946e-10],
    [-10, 7.61985302416047e-24],
    [-40, 0],
    [40, 1],
  ])('P(Z <= %d) is %d', (x, p) => expectClose(normal.normalCdf(x), p, 1e-13));

  test.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.25, -0.6744897501960817],
    [1e-20, -9.262340089798409],
    [0.001, -3.090232306167813],
  ])('the %d quantile is %d', (p, x) => expectClose(normal.normalQuantile(p), x, 1e-14));

  test('ends and bounds', () => {
    expect(normal.normalQuantile(0)).toBe(-Infinity);
    expect(normal.normalQuantile(1)).toBe(Infinity);
    expect(() => normal.normalQuantile(1.01)).toThrow(RangeError);
    expect(() => normal.normalQuantile(NaN)).toThrow(RangeError);
    expect(normal.normalDensity(0)).toBeCloseTo(0.3989422804014327, 15);
    expect(normal.limitsAround(5, normal.normalHalfWidth(0.95))[1]).toBeCloseTo(6.959963984540054, 13);
  });

  test('quantile undoes the distribution function; tails mirror', () => {
    fc.assert(
      fc.property(between(-8, 8), (x) => {
        expectClose(
          normal.normalCdf(normal.normalQuantile(normal.normalCdf(-Math.abs(x)))),
          normal.normalCdf(-Math.abs(x)),
          1e-12,
        );
        expect(normal.normalCdf(x) + normal.normalCdf(-x)).toBeCloseTo(1, 14);
      }),
    );
  });
});

describe('gamma, beta and their family', () => {
  test('log gamma at known points', () => {
    expect(gamma.logGamma(1)).toBe(0);
    expect(gamma.logGamma(2)).toBe(0);
    expectClose(gamma.logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14);
    expectClose(gamma.logGamma(11), Math.log(3628800), 1e-15);
    expectClose(gamma.logGamma(171), 706.573062245787, 1e-14);
    expect(() => gamma.logGamma(0)).toThrow(RangeError);
  });

  test('Γ(x+1) = x Γ(x)', () => {
    fc.assert(
      fc.property(between(0.01, 200), (x) =>
        expect(gamma.logGamma(x + 1)).toBeCloseTo(Math.log(x) + gamma.logGamma(x), 10),
      ),
    );
  });

  // tables of Abramowitz & Stegun 26.8, 26.9, 26.10 and of any statistics book
  test.each([
    ['chi-square 1', gamma.chiSquareQuantile(0.95, 1), 3.841458820694124],
    ['chi-square 10', gamma.chiSquareQuantile(0.99, 10), 23.20925115895436],
    ['chi-square 2', gamma.chiSquareCdf(4, 2), 1 - Math.exp(-2)],
    ['chi-square 1, upper', gamma.chiSquareUpper(3.841458820694124, 1), 0.05],
    ['t 1', beta.studentQuantile(0.975, 1), 12.706204736174707],
    ['t 30', beta.studentQuantile(0.975, 30), 2.0422724563012373],
    ['t 5, two-sided', beta.studentTwoSided(2.570581835636314, 5), 0.05],
    ['t 5, other side', beta.studentTwoSided(-2.570581835636314, 5), 0.05],
    ['F 3, 20', beta.fQuantile(0.95, 3, 20), 3.0983912121407795],
    ['F 3, 20, upper', beta.fUpper(3.0983912121407795, 3, 20), 0.05],
    ['exponential', gamma.gammaCdf(2, 1), 1 - Math.exp(-2)],
    ['beta 2, 3', beta.betaCdf(0.4, 2, 3), 0.5248],
    ['beta median 1, 1', beta.betaQuantile(0.3, 1, 1), 0.3],
    ['density of beta 2, 3', beta.betaDensity(0.4, 0.6, 2, 3), 12 * 0.4 * 0.36],
    ['binomial', beta.binomialProbability(3, 5, 0.5), 0.3125],
    ['binomial, none', beta.binomialProbability(0, 4, 0.1), 0.6561],
    ['binomial, all', beta.binomialProbability(4, 4, 0.1), 0.0001],
    ['binomial, many of few', beta.binomialProbability(0, 4, 0.9), 0.0001],
    ['binomial sum', beta.binomialCdf(1, 4, 0.5), 0.3125],
    ['binomial quantile', beta.binomialQuantile(0.31, 4, 0.5), 1],
  ])('%s', (_, got, expected) => expectClose(got, expected, 1e-12));

  test('quantiles undo distribution functions', () => {
    fc.assert(
      fc.property(chance, shape, shape, (p, a, b) => {
        expect(gamma.gammaCdf(gamma.gammaQuantile(p, a), a)).toBeCloseTo(p, 8);
        expect(beta.betaCdf(beta.betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 8);
        expect(beta.studentCdf(beta.studentQuantile(p, a), a)).toBeCloseTo(p, 8);
        expect(beta.fCdf(beta.fQuantile(p, a, b), a, b)).toBeCloseTo(p, 8);
      }),
      { numRuns: 60 },
    );
  });

  test('small tails keep their digits', () => {
    expectClose(beta.studentQuantile(1e-12, 4), -beta.studentQuantile(1 - 1e-12, 4), 1e-3);
    expectClose(beta.studentCdf(beta.studentQuantile(1e-12, 4), 4), 1e-12, 1e-9);
    expectClose(gamma.chiSquareUpper(200, 3), 4.218541107192e-43, 1e-9);
  });

  test('binomial probabilities sum to 1, whatever n and p', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), between(0, 1), (n, p) => {
        let sum = 0;
        for (let x = 0; x <= n; x++) {
          sum += beta.binomialProbability(x, n, p);
          expect(beta.binomialCdf(x, n, p)).toBeCloseTo(sum, 11);
        }
      }),
    );
  });

  test('outside the support', () => {
    expect(gamma.gammaCdf(-1, 2)).toBe(0);
    expect(gamma.gammaUpper(Infinity, 2)).toBe(0);
    expect(beta.betaCdf(0, 2, 2)).toBe(0);
    expect(beta.betaCdf(1, 2, 2)).toBe(1);
    expect(beta.betaDensity(0, 1, 2, 3)).toBe(0);
    expect(beta.betaDensity(1, 0, 2, 0.5)).toBe(Infinity);
    expect(beta.betaDensity(0, 1, 1, 3)).toBe(3);
    expect(beta.fCdf(0, 2, 2)).toBe(0);
    expect(beta.fCdf(Infinity, 2, 2)).toBe(1);
    expect(beta.studentCdf(1e200, 3)).toBe(1);
    expect(beta.binomialProbability(-1, 3, 0.5)).toBe(0);
    expect(beta.binomialProbability(4, 3, 0.5)).toBe(0);
    expect(beta.binomialProbability(0, 0, 0.5)).toBe(1);
    expect(beta.binomialProbability(2, 3, 0)).toBe(0);
    expect(beta.binomialProbability(0, 3, 0)).toBe(1);
    expect(beta.binomialProbability(2, 3, 1)).toBe(0);
    expect(beta.binomialProbability(3, 3, 1)).toBe(1);
    expect(beta.binomialCdf(-0.1, 3, 0.5)).toBe(0);
    expect(beta.binomialCdf(3.9, 3, 0.5)).toBe(1);
    expect(gamma.poissonTerm(0, 2)).toBeCloseTo(Math.exp(-2), 15);
  });

  test('quantiles at the ends, and bad probabilities', () => {
    expect(gamma.gammaQuantile(0, 2)).toBe(0);
    expect(gamma.gammaQuantile(1, 2)).toBe(Infinity);
    expect(beta.betaQuantile(1, 2, 3)).toBe(1);
    expect(beta.studentQuantile(0.5, 3)).toBe(0);
    expect(beta.studentQuantile(0, 3)).toBe(-Infinity);
    expect(beta.binomialQuantile(1, 3, 0.5)).toBe(3);
    for (const bad of [-0.1, 1.1, NaN]) {
      expect(() => gamma.gammaQuantile(bad, 2)).toThrow(RangeError);
      expect(() => beta.studentQuantile(bad, 2)).toThrow(RangeError);
      expect(() => beta.binomialQuantile(bad, 2, 0.5)).toThrow(RangeError);
    }
  });
});
