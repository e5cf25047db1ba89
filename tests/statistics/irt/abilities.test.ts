import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normalGrid } from '../../../scoring/numeric/quadrature.ts';
import { answeredItems, type Pattern } from '../../../scoring/statistics/irt/answered-items.ts';
import { eapScorer, estimateEap, usualQuadrature } from '../../../scoring/statistics/irt/estimate-eap.ts';
import { estimateMap } from '../../../scoring/statistics/irt/estimate-map.ts';
import { estimateMl } from '../../../scoring/statistics/irt/estimate-ml.ts';
import { estimateWle } from '../../../scoring/statistics/irt/estimate-wle.ts';
import { testInformation } from '../../../scoring/statistics/irt/information.ts';
import { type CalibratedItem, itemCurve } from '../../../scoring/statistics/irt/item-curve.ts';
import { likelihoodSlope } from '../../../scoring/statistics/irt/answered-items.ts';
import type { LogisticItem } from '../../../scoring/statistics/irt/logistic-curve.ts';
import { anyItem, twoParameterItem } from './items.ts';

const logLikelihood = (items: readonly CalibratedItem[], pattern: Pattern, theta: number): number =>
  items.reduce((sum, item, j) => {
    const answer = pattern[j] ?? null;
    return answer === null ? sum : sum + Math.log(itemCurve(item, theta).p[answer] ?? NaN);
  }, 0);

const rasch = (...difficulties: readonly number[]): LogisticItem[] =>
  difficulties.map((b) => ({ model: 'logistic', a: 1, b }));

/** 2PL items with answers, not all alike. */
const mixed = fc
  .array(fc.tuple(twoParameterItem, fc.integer({ min: 0, max: 1 })), { minLength: 4, maxLength: 20 })
  .filter((list) => new Set(list.map(([, answer]) => answer)).size === 2)
  .map((list) => ({ items: list.map(([item]) => item), pattern: list.map(([, answer]) => answer) }));

/** Items of any model with answers; some are missing. */
const anyAnswers = fc
  .array(
    anyItem.chain((item) =>
      fc.tuple(
        fc.constant(item),
        fc.option(fc.integer({ min: 0, max: item.model === 'logistic' ? 1 : item.thresholds.length })),
      ),
    ),
    { minLength: 2, maxLength: 12 },
  )
  .map((list) => ({ items: list.map(([item]) => item), pattern: list.map(([, answer]) => answer) }));

describe('maximum likelihood', () => {
  test('two of four equal Rasch items right: at their difficulty; error 1/sqrt(4 · 1/4)', () => {
    const { theta, error, atLimit } = estimateMl(rasch(0.7, 0.7, 0.7, 0.7), [1, 1, 0, 0]);
    expect(theta).toBeCloseTo(0.7, 12);
    expect(error).toBeCloseTo(1, 12);
    expect(atLimit).toBe(false);
  });

  test('all right and all wrong have none: the ends of the range, marked', () => {
    expect(estimateMl(rasch(0, 1), [1, 1], { low: -5, high: 5 })).toMatchObject({ theta: 5, atLimit: true });
    expect(estimateMl(rasch(0, 1), [0, 0])).toMatchObject({ theta: -4, atLimit: true });
  });

  test('is the highest point of the likelihood, also where guessing makes several', () => {
    fc.assert(
      fc.property(anyAnswers, ({ items, pattern }) => {
        const { theta } = estimateMl(items, pattern);
        const best = logLikelihood(items, pattern, theta);
        for (let at = -4; at <= 4; at += 0.1)
          expect(logLikelihood(items, pattern, at)).toBeLessThanOrEqual(best + 1e-4);
      }),
      { numRuns: 60 },
    );
  });

  test.each([3, 9])('two maxima, with %i hard items guessed or known: the higher one', (hard) => {
    const items: LogisticItem[] = [
      { model: 'logistic', a: 2, b: -2.5 },
      { model: 'logistic', a: 2, b: -1.5 },
      ...Array.from({ length: hard }, () => ({ model: 'logistic' as const, a: 3, b: 2.1, c: 0.3 })),
    ];
    const pattern = items.map((_, j) => (j === 1 ? 0 : 1));
    const slope = (theta: number): number => likelihoodSlope(answeredItems(items, pattern), theta).slope;
    const signs = Array.from({ length: 161 }, (_, g) => slope(-4 + g * 0.05) > 0);
    // the slope turns downwards at each maximum
    expect(signs.filter((up, g) => up && signs[g + 1] === false)).toHaveLength(2);
    const { theta } = estimateMl(items, pattern);
    expect(theta > 0).toBe(hard === 9);
    const grid = Array.from({ length: 801 }, (_, g) => logLikelihood(items, pattern, -4 + g * 0.01));
    expect(Math.max(...grid)).toBeLessThanOrEqual(logLikelihood(items, pattern, theta) + 1e-9);
  });
});

describe('all estimates', () => {
  test('do not depend on the order of the items; missing answers are as if not given', () => {
    fc.assert(
      fc.property(anyAnswers, ({ items, pattern }) => {
        const kept = items.filter((_, j) => pattern[j] !== null);
        const answers = pattern.filter((answer) => answer !== null);
        for (const estimate of [estimateMap, estimateEap] as const) {
          const { theta, error } = estimate(items, pattern);
          const turned = estimate(items.toReversed(), pattern.toReversed());
          expect(turned.theta).toBeCloseTo(theta, 7);
          expect(turned.error).toBeCloseTo(error, 7);
          expect(estimate(kept, answers).theta).toBeCloseTo(theta, 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a right answer more never lowers EAP, MAP and ML', () => {
    fc.assert(
      fc.property(mixed, fc.nat(), ({ items, pattern }, place) => {
        const wrong = pattern.flatMap((answer, j) => (answer === 0 ? [j] : []));
        const better = pattern.with(wrong[place % wrong.length] ?? 0, 1);
        for (const estimate of [estimateEap, estimateMap, estimateMl] as const)
          expect(estimate(items, better).theta).toBeGreaterThanOrEqual(estimate(items, pattern).theta - 1e-9);
      }),
    );
  });

  test('MAP lies between the prior mean and maximum likelihood', () => {
    fc.assert(
      fc.property(mixed, fc.double({ min: -1, max: 1, noNaN: true }), ({ items, pattern }, mean) => {
        const map = estimateMap(items, pattern, { mean, deviation: 0.8 }).theta;
        const ml = estimateMl(items, pattern, { low: -40, high: 40 }).theta;
        expect(map).toBeGreaterThanOrEqual(Math.min(mean, ml) - 1e-9);
        expect(map).toBeLessThanOrEqual(Math.max(mean, ml) + 1e-9);
      }),
    );
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'EAP of %i of 10 lies between the prior mean and what the data alone say',
    (right) => {
      const items = rasch(-2, -1.5, -1, -0.5, 0, 0, 0.5, 1, 1.5, 2);
      const pattern = items.map((_, j) => (j < right ? 1 : 0));
      const eap = estimateEap(items, pattern).theta;
      const flat = normalGrid({ points: 401, low: -20, high: 20, deviation: 1000, rule: 'trapezoid' });
      const data = estimateEap(items, pattern, flat).theta;
      expect(eap).toBeGreaterThanOrEqual(Math.min(0, data) - 1e-9);
      expect(eap).toBeLessThanOrEqual(Math.max(0, data) + 1e-9);
    },
  );

  test('a higher prior never gives a lower EAP', () => {
    fc.assert(
      fc.property(mixed, fc.double({ min: 0, max: 2, noNaN: true }), ({ items, pattern }, up) => {
        const prior = (mean: number) => normalGrid({ points: 41, low: -4, high: 4, mean, rule: 'rectangle' });
        const low = estimateEap(items, pattern, prior(-1)).theta;
        expect(estimateEap(items, pattern, prior(-1 + up)).theta).toBeGreaterThanOrEqual(low - 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  test('EAP: nothing answered is the prior; a narrow prior decides, a wide one leaves it to the data', () => {
    const items = rasch(-1, 0, 1);
    expect(estimateEap(items, [null, null, null])).toMatchObject({ theta: expect.closeTo(0, 12) });
    const narrow = normalGrid({
      points: 201,
      low: 0.9,
      high: 1.1,
      mean: 1,
      deviation: 0.01,
      rule: 'rectangle',
    });
    expect(estimateEap(items, [0, 0, 0], narrow).theta).toBeCloseTo(1, 2);
  });

  test('EAP scores of a scorer: the probabilities of all patterns sum to 1', () => {
    const score = eapScorer([...rasch(-1, 0.5), { model: 'graded', a: 1.2, thresholds: [-1, 1] }]);
    let total = 0;
    for (const x of [0, 1])
      for (const y of [0, 1]) for (const z of [0, 1, 2]) total += score([x, y, z]).marginal;
    expect(total).toBeCloseTo(1, 12);
  });

  test('trapezoid and rectangle rule differ for those who solved nothing', () => {
    const items: LogisticItem[] = rasch(-2.5, -2, -1.5).map((item) => ({ ...item, a: 2, c: 0.2 }));
    const rectangle = normalGrid({ points: 161, low: -4, high: 4, rule: 'rectangle' });
    const gap =
      estimateEap(items, [0, 0, 0], usualQuadrature).theta - estimateEap(items, [0, 0, 0], rectangle).theta;
    expect(gap).toBeGreaterThan(1e-5);
    expect(gap).toBeLessThan(0.01);
  });

  test('WLE is finite for perfect scores and less extreme than ML', () => {
    const items = rasch(-1, -0.5, 0, 0.5, 1);
    const all = estimateWle(items, [1, 1, 1, 1, 1]);
    expect(all.atLimit).toBe(false);
    expect(all.error).toBeCloseTo(1 / Math.sqrt(testInformation(items, all.theta)), 12);
    const four = estimateMl(items, [1, 1, 1, 1, 0]).theta;
    expect(estimateWle(items, [1, 1, 1, 1, 0]).theta).toBeLessThan(four);
    expect(all.theta).toBeGreaterThan(estimateWle(items, [1, 1, 1, 1, 0]).theta);
    // for right/wrong items without guessing the correction is the slope of log sqrt(I)
    const inside = (theta: number): number => Math.log(testInformation(items, theta)) / 2;
    const slope = (inside(all.theta + 1e-5) - inside(all.theta - 1e-5)) / 2e-5;
    const { slope: own } = likelihoodSlope(answeredItems(items, [1, 1, 1, 1, 1]), all.theta);
    expect(own + slope).toBeCloseTo(0, 6);
  });

  test('a category of probability 0 is passed over', () => {
    const one = answeredItems(rasch(0), [1]);
    expect(likelihoodSlope(one, -800)).toEqual({ slope: 0, information: 0, bias: 0 });
  });

  test('answers that are no categories are refused', () => {
    for (const bad of [-1, 2, 0.5, NaN]) expect(() => estimateEap(rasch(0), [bad])).toThrow('no category');
    expect(() => estimateEap(rasch(0), [1, 0])).toThrow('as many answers');
    expect(() => estimateMl([{ model: 'graded', a: 1, thresholds: [0] }], [2])).toThrow('no category');
  });
});
