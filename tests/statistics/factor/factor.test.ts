import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { covarianceMatrix, correlationMatrix } from '../../../scoring/statistics/basics/covariance-matrix.ts';
import { minimumResidual } from '../../../scoring/statistics/factor/minimum-residual.ts';
import { oneFactorFit } from '../../../scoring/statistics/factor/one-factor-fit.ts';
import {
  fitOneFactor,
  fitOneFactorOfCovariances,
  omegaTotal,
} from '../../../scoring/statistics/factor/one-factor.ts';
import { oblimin, throughFactors, varimax } from '../../../scoring/statistics/factor/rotate-factors.ts';
import { generalOfFactors, schmidLeiman } from '../../../scoring/statistics/factor/schmid-leiman.ts';
import { makeDraws } from '../draw.ts';

type Matrix = readonly (readonly number[])[];

/** Correlations that factors make exactly. */
const implied = (
  loadings: Matrix,
  between: Matrix = loadings[0]?.map((_, f) => loadings[0]?.map((_x, g) => (f === g ? 1 : 0)) ?? []) ?? [],
): number[][] =>
  loadings.map((row, i) =>
    loadings.map((other, j) =>
      i === j
        ? 1
        : row.reduce(
            (sum, x, f) => sum + x * other.reduce((part, y, g) => part + y * (between[f]?.[g] ?? NaN), 0),
            0,
          ),
    ),
  );

const closeTo = (list: readonly number[], digits: number): unknown[] =>
  list.map((value) => expect.closeTo(value, digits));

describe('one factor', () => {
  test('finds the loadings that made the correlations', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.3, max: 0.9, noNaN: true }), { minLength: 3, maxLength: 7 }),
        (truth) => {
          const fit = fitOneFactor(implied(truth.map((x) => [x])));
          expect(fit?.loadings).toEqual(closeTo(truth, 4));
          expect(fit?.discrepancy).toBeCloseTo(0, 7);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('the sum of the loadings is not negative; one that goes against the others is', () => {
    const fit = fitOneFactor(implied([[0.7], [0.6], [-0.5], [0.8]]));
    expect(fit?.loadings).toEqual(closeTo([0.7, 0.6, -0.5, 0.8], 4));
    const turned = fitOneFactor(implied([[-0.7], [-0.6], [0.1], [-0.8]]));
    expect(turned?.loadings).toEqual(closeTo([0.7, 0.6, -0.1, 0.8], 4));
  });

  test.each([
    [0.74, -0.28, -0.26],
    [0.5, 0.5, -0.8, 0.4],
    [0.6, 0.2, -0.8, 0.4, 0.4],
    [0.5, -0.6, -0.7, 0.5, 0.4, 0.3],
  ])('some loadings against the others: %p, %p, %p …', (...truth) => {
    const fit = fitOneFactor(implied(truth.map((x) => [x])));
    expect(fit?.loadings).toEqual(closeTo(truth, 3));
  });

  test('covariances: the same, in the metric of the items', () => {
    const spread = [1, 2, 3, 0.5];
    const truth = [0.8, 0.7, 0.6, 0.5];
    const r = implied(truth.map((x) => [x]));
    const fit = fitOneFactorOfCovariances(
      r.map((row, i) => row.map((x, j) => x * (spread[i] ?? NaN) * (spread[j] ?? NaN))),
    );
    expect(fit?.rawLoadings).toEqual(
      closeTo(
        truth.map((x, i) => x * (spread[i] ?? NaN)),
        4,
      ),
    );
    expect(fit?.residualVariances[1]).toBeCloseTo(4 * (1 - 0.49), 3);
    expect(omegaTotal(fit?.loadings ?? [], fit?.uniquenesses ?? [])).toBeCloseTo(
      2.6 ** 2 / (2.6 ** 2 + 4 - 0.64 - 0.49 - 0.36 - 0.25),
      4,
    );
  });

  test('a uniqueness does not fall below its bound', () => {
    const heywood = fitOneFactor([
      [1, 0.9, 0.9],
      [0.9, 1, 0.6],
      [0.9, 0.6, 1],
    ]);
    expect(Math.min(...(heywood?.uniquenesses ?? []))).toBeCloseTo(0.005, 6);
  });

  test('no solution: too few items, singular, or items that do not vary', () => {
    expect(
      fitOneFactor([
        [1, 0.5],
        [0.5, 1],
      ]),
    ).toBeNull();
    expect(
      fitOneFactor([
        [1, 1, 0.5],
        [1, 1, 0.5],
        [0.5, 0.5, 1],
      ]),
    ).toBeNull();
    expect(
      fitOneFactorOfCovariances([
        [0, 0, 0],
        [0, 1, 0.5],
        [0, 0.5, 1],
      ]),
    ).toBeNull();
  });
});

describe('fit of one factor', () => {
  test('exact factor: all indices perfect; three items leave nothing to test', () => {
    const r = implied([[0.8], [0.7], [0.6], [0.5]]);
    const factor = fitOneFactor(r);
    if (factor === null) throw new Error('no solution');
    expect(oneFactorFit(r, factor, 500)).toEqual({
      chiSquare: expect.closeTo(0, 3),
      df: 2,
      p: expect.closeTo(1, 3),
      cfi: 1,
      tli: expect.any(Number),
      rmsea: 0,
      srmr: expect.closeTo(0, 4),
    });
    const three = [
      [1, 0.5, 0.4],
      [0.5, 1, 0.3],
      [0.4, 0.3, 1],
    ];
    const saturated = fitOneFactor(three);
    expect(saturated && oneFactorFit(three, saturated, 500)).toBeNull();
  });

  test('two factors seen as one: it fits badly; unrelated items have nothing to lose', () => {
    const r = implied([
      [0.8, 0],
      [0.8, 0],
      [0.8, 0],
      [0, 0.8],
      [0, 0.8],
      [0, 0.8],
    ]);
    const factor = fitOneFactor(r);
    const fit = factor && oneFactorFit(r, factor, 300);
    expect(fit?.cfi).toBeLessThan(0.8);
    expect(fit?.rmsea).toBeGreaterThan(0.2);
    const none = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    const empty = { loadings: [0, 0, 0, 0], uniquenesses: [1, 1, 1, 1], discrepancy: 0, converged: true };
    expect(oneFactorFit(none, empty, 100)?.cfi).toBe(1);
  });
});

describe('several factors', () => {
  const pattern = [
    [0.8, 0],
    [0.7, 0],
    [0.6, 0],
    [0, 0.75],
    [0, 0.65],
    [0, 0.55],
  ];
  const between = [
    [1, 0.4],
    [0.4, 1],
  ];
  const r = implied(pattern, between);

  test('minres rebuilds the correlations', () => {
    const solution = minimumResidual(r, 2);
    const rebuilt = implied(solution.loadings);
    rebuilt.forEach((row, i) => row.forEach((x, j) => expect(x).toBeCloseTo(r[i]?.[j] ?? NaN, 4)));
    // two items that are one: what is unique falls to its bound
    expect(
      minimumResidual(
        [
          [1, 1, 0.5],
          [1, 1, 0.5],
          [0.5, 0.5, 1],
        ],
        1,
      ).uniquenesses[0],
    ).toBeCloseTo(0.005, 2);
    for (const bad of [0, 6, 1.5]) expect(() => minimumResidual(r, bad)).toThrow('factors');
  });

  test('varimax leaves communalities, and undoes a turn of simple structure', () => {
    const simple = [
      [0.8, 0],
      [0.7, 0],
      [0, 0.9],
      [0, 0.6],
      [0, 0],
    ];
    for (const angle of [0.3, 1.2, 2.5, -0.6]) {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turned = varimax(simple.map(([x = NaN, y = NaN]) => [c * x - s * y, s * x + c * y]));
      turned.forEach((row, i) => {
        const sizes = row.map(Math.abs).toSorted((x, y) => y - x);
        expect(sizes).toEqual(closeTo([Math.max(...(simple[i] ?? [])), 0], 6));
      });
    }
  });

  test('varimax leaves what cannot be made simpler', () => {
    const flat = [
      [0.5, 0],
      [0.6, 0],
    ];
    expect(varimax(flat)).toEqual(flat.map((row) => closeTo(row, 12)));
  });

  test('oblimin finds correlated simple structure', () => {
    const solution = minimumResidual(r, 2);
    const { loadings, correlations, converged } = oblimin(varimax(solution.loadings));
    expect(converged).toBe(true);
    expect(Math.abs(correlations[0]?.[1] ?? NaN)).toBeCloseTo(0.4, 3);
    loadings.forEach((row, i) => {
      const sizes = row.map(Math.abs).toSorted((x, y) => y - x);
      expect(sizes).toEqual(closeTo([Math.max(...(pattern[i] ?? [])), 0], 3));
    });
    expect(throughFactors([[0.5, 0.2]], [2, 1])).toEqual([1.2]);
  });
});

describe('Schmid–Leiman', () => {
  const three = [0.8, 0.7, 0.6].flatMap((x, f) =>
    [x, x - 0.1, x - 0.2].map((y) => [0, 1, 2].map((g) => (f === g ? y : 0))),
  );
  const general = [0.9, 0.8, 0.7];
  const between = general.map((x, f) => general.map((y, g) => (f === g ? 1 : x * y)));
  const r = implied(three, between);

  test('a hierarchy of three factors: the shares by hand', () => {
    const solution = schmidLeiman(r, 3);
    const own = three.map((row) => row.reduce((sum, x, f) => sum + x * (general[f] ?? NaN), 0));
    const variance = r.flat().reduce((sum, x) => sum + x, 0);
    const sum = own.reduce((total, x) => total + x, 0);
    const common = three.reduce((total, row) => total + 1 - row.reduce((part, x) => part + x * x, 0), 0);
    expect(solution.omegaHierarchical).toBeCloseTo((sum * sum) / variance, 2);
    expect(solution.omegaTotal).toBeCloseTo(1 - common / variance, 3);
    expect(solution.general).toEqual(closeTo(own, 2));
    expect(solution.omegaHierarchical).toBeLessThan(solution.omegaTotal);
  });

  test('a reversed item changes nothing, whatever its place', () => {
    const signs = [1, -1, 1, 1, 1, -1, 1, 1, 1];
    const turned = r.map((row, i) => row.map((x, j) => x * (signs[i] ?? NaN) * (signs[j] ?? NaN)));
    expect(schmidLeiman(turned, 3).omegaHierarchical).toBeCloseTo(schmidLeiman(r, 3).omegaHierarchical, 3);
    const all = r.map((row, i) => row.map((x, j) => x * (i < 3 ? -1 : 1) * (j < 3 ? -1 : 1)));
    expect(schmidLeiman(all, 3).omegaHierarchical).toBeCloseTo(schmidLeiman(r, 3).omegaHierarchical, 3);
  });

  test('two factors: both load alike on the general one, by the root of their correlation', () => {
    const pair = implied(
      [
        [0.8, 0],
        [0.7, 0],
        [0.6, 0],
        [0, 0.75],
        [0, 0.65],
        [0, 0.55],
      ],
      [
        [1, 0.36],
        [0.36, 1],
      ],
    );
    expect(schmidLeiman(pair, 2).ofFactors.map(Math.abs)).toEqual(closeTo([0.6, 0.6], 2));
    const against = pair.map((row, i) => row.map((x, j) => (i < 3 === j < 3 ? x : -x)));
    const solution = schmidLeiman(against, 2);
    expect(solution.omegaHierarchical).toBeCloseTo(schmidLeiman(pair, 2).omegaHierarchical, 2);
  });

  test('the general factor of factors', () => {
    expect(
      generalOfFactors([
        [1, -0.25],
        [-0.25, 1],
      ]),
    ).toEqual([0.5, -0.5]);
    expect(generalOfFactors(between)).toEqual(closeTo(general, 3));
    const turned = [
      [1, 0.72, -0.63],
      [0.72, 1, -0.56],
      [-0.63, -0.56, 1],
    ];
    expect(generalOfFactors(turned)).toEqual(closeTo([0.9, 0.8, -0.7], 3));
    const mostly = [
      [1, -0.72, -0.63],
      [-0.72, 1, 0.56],
      [-0.63, 0.56, 1],
    ];
    expect(generalOfFactors(mostly)).toEqual(closeTo([-0.9, 0.8, 0.7], 3));
  });

  test('refusals', () => {
    expect(() => schmidLeiman(r, 1)).toThrow('two or more');
  });

  test('omega of simulated answers is near their reliability', () => {
    const { normal } = makeDraws(81);
    const rows = Array.from({ length: 4000 }, () => {
      const theta = normal();
      return [0.8, 0.7, 0.6, 0.7, 0.5].map((x) => x * theta + Math.sqrt(1 - x * x) * normal());
    });
    const fit = fitOneFactor(correlationMatrix(covarianceMatrix(rows)) ?? []);
    expect(omegaTotal(fit?.loadings ?? [], fit?.uniquenesses ?? [])).toBeCloseTo(
      10.89 / (10.89 + 5 - 0.64 - 0.49 - 0.36 - 0.49 - 0.25),
      1,
    );
  });
});
