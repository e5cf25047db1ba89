import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AnchorGroup,
  anchorMoments,
  totalsByAnchor,
} from '../../../scoring/statistics/equating/anchor-group.ts';
import { chainedEquipercentile, chainedLine } from '../../../scoring/statistics/equating/chained-equating.ts';
import { equipercentile } from '../../../scoring/statistics/equating/equipercentile.ts';
import { convert, deviationLine, meanLine } from '../../../scoring/statistics/equating/linear-equating.ts';
import {
  countScores,
  moments,
  percentileRank,
  scoreAtRank,
  type ScoreDistribution,
} from '../../../scoring/statistics/equating/score-distribution.ts';
import {
  frequencyEstimation,
  syntheticLine,
  syntheticMoments,
} from '../../../scoring/statistics/equating/synthetic-population.ts';
import { makeDraws } from '../draw.ts';

const full = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 20 })
  .map((frequencies): ScoreDistribution => ({ lowest: 0, frequencies }));
const gappy = fc
  .array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 20 })
  .filter((frequencies) => frequencies.some((f) => f > 0))
  .map((frequencies): ScoreDistribution => ({ lowest: 2, frequencies }));

describe('distributions', () => {
  test('by hand: 1, 2, 1 persons', () => {
    const three: ScoreDistribution = { lowest: 0, frequencies: [1, 2, 1] };
    expect(moments(three)).toEqual({ n: 4, mean: 1, deviation: Math.sqrt(0.5) });
    expect([0, 1, 2].map((x) => percentileRank(three, x))).toEqual([0.125, 0.5, 0.875]);
    expect([-1, -0.5, 0.5, 2.5, 9].map((x) => percentileRank(three, x))).toEqual([0, 0, 0.25, 1, 1]);
    expect([0, 0.125, 0.5, 0.875, 1].map((p) => scoreAtRank(three, p))).toEqual([-0.5, 0, 1, 2, 2.5]);
    expect(countScores([0, 1, 1, 2], 0, 2)).toEqual(three);
  });

  test('a stretch that nobody has gives its middle', () => {
    // half have 0, half have 4: any score from 0.5 to 3.5 has rank 1/2
    expect(scoreAtRank({ lowest: 0, frequencies: [5, 0, 0, 0, 5] }, 0.5)).toBeCloseTo(2, 12);
  });

  test('rank and score are inverse where every score occurs', () => {
    fc.assert(
      fc.property(full, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (one, p) => {
        expect(percentileRank(one, scoreAtRank(one, p))).toBeCloseTo(p, 8);
      }),
    );
  });

  test('refusals', () => {
    for (const bad of [-1, 3, 0.5]) expect(() => countScores([bad], 0, 2)).toThrow('not on the scale');
    expect(() => moments({ lowest: 0, frequencies: [0, 0] })).toThrow('without persons');
  });
});

describe('equivalent groups', () => {
  test('straight lines are symmetric: there and back is where one began', () => {
    fc.assert(
      fc.property(full, full, fc.double({ min: -5, max: 25, noNaN: true }), (x, y, score) => {
        const [mx, my] = [moments(x), moments(y)];
        expect(convert(meanLine(my, mx), convert(meanLine(mx, my), score))).toBeCloseTo(score, 9);
        expect(convert(deviationLine(my, mx), convert(deviationLine(mx, my), score))).toBeCloseTo(score, 9);
      }),
    );
  });

  test('linear equating gives form X the mean and deviation of form Y', () => {
    const line = deviationLine({ mean: 10, deviation: 2 }, { mean: 13, deviation: 3 });
    expect([8, 10, 12].map((x) => convert(line, x))).toEqual([10, 13, 16]);
    expect(() => deviationLine({ mean: 1, deviation: 0 }, { mean: 1, deviation: 1 })).toThrow('do not vary');
  });

  test('equipercentile: symmetric, rising, and nothing where both forms are alike', () => {
    fc.assert(
      fc.property(full, full, (x, y) => {
        const there = x.frequencies.map((_, score) => equipercentile(x, y, score));
        there.forEach((converted, score) => {
          expect(equipercentile(y, x, converted)).toBeCloseTo(score, 6);
          expect(converted).toBeGreaterThan(there[score - 1] ?? -Infinity);
        });
        x.frequencies.forEach((_, score) => expect(equipercentile(x, x, score)).toBeCloseTo(score, 8));
      }),
    );
  });

  test('equipercentile never falls, gaps or not', () => {
    fc.assert(
      fc.property(gappy, gappy, (x, y) => {
        const converted = x.frequencies.map((_, i) => equipercentile(x, y, x.lowest + i));
        expect(converted).toEqual(converted.toSorted((a, b) => a - b));
      }),
    );
  });
});

/** People with 20 right/wrong items of which the first 8 are the anchor. */
function drawGroup(people: number, seed: number, ability: number, harder: number): AnchorGroup {
  const { uniform, normal } = makeDraws(seed);
  const persons = Array.from({ length: people }, () => {
    const theta = normal() + ability;
    const right = (b: number): number => (uniform() < 1 / (1 + Math.exp(-1.3 * (theta - b))) ? 1 : 0);
    let anchor = 0;
    for (let j = 0; j < 8; j++) anchor += right(-1.4 + 0.4 * j);
    let rest = 0;
    for (let j = 0; j < 12; j++) rest += right(-1.6 + 0.3 * j + harder);
    return { total: anchor + rest, anchor };
  });
  return { totals: persons.map(({ total }) => total), anchors: persons.map(({ anchor }) => anchor) };
}

describe('anchor design', () => {
  const scales = { highestTotal: 20, highestAnchor: 8 };
  const x = drawGroup(3000, 61, 0, 0);
  const y = drawGroup(2500, 62, 0.4, 0.5);
  const same = drawGroup(3000, 63, 0, 0);

  test('the same group twice: every method leaves scores as they are', () => {
    for (const kind of ['mean', 'linear'] as const) {
      const lines = [
        syntheticLine(x, x, 'tucker', kind),
        syntheticLine(x, x, 'levine-internal', kind, 0.3),
        syntheticLine(x, x, 'levine-external', kind, 1),
        chainedLine(x, x, kind),
      ];
      for (const line of lines)
        for (const score of [0, 7, 20]) expect(convert(line, score)).toBeCloseTo(score, 9);
    }
    const chained = chainedEquipercentile(x, x, scales);
    const estimated = frequencyEstimation(x, x, scales);
    for (const score of [5, 10, 15]) {
      expect(estimated(score)).toBeCloseTo(score, 6);
      expect(chained(score)).toBeCloseTo(score, 6);
    }
  });

  test('every method finds the easier form of X: the same ability gets more than a point less on Y', () => {
    const converted = [
      convert(syntheticLine(x, y, 'tucker', 'linear', 0.5), 10),
      convert(syntheticLine(x, y, 'levine-internal', 'linear', 0.5), 10),
      convert(syntheticLine(x, y, 'tucker', 'mean', 0.5), 10),
      convert(chainedLine(x, y, 'linear'), 10),
      frequencyEstimation(x, y, scales, 0.5)(10),
      frequencyEstimation(x, y, scales, 0.5, 'persons')(10),
      chainedEquipercentile(x, y, scales)(10),
    ];
    // the true conversion of 10, from the group X that would have taken form Y
    const control = drawGroup(20000, 64, 0, 0.5);
    const truth = equipercentile(countScores(x.totals, 0, 20), countScores(control.totals, 0, 20), 10);
    expect(truth).toBeLessThan(9);
    for (const value of converted) expect(Math.abs(value - truth)).toBeLessThan(0.7);
  });

  test('chained lines are symmetric', () => {
    const there = chainedLine(x, y, 'linear');
    const back = chainedLine(y, x, 'linear');
    for (const score of [3, 12]) expect(convert(back, convert(there, score))).toBeCloseTo(score, 9);
  });

  test('weights: all on one group leaves that group as it is', () => {
    const { x: atX } = syntheticMoments(x, y, 'tucker', 1);
    expect(atX.mean).toBeCloseTo(anchorMoments(x).total.mean, 12);
    const { y: atY } = syntheticMoments(x, y, 'levine-internal', 0);
    expect(atY.deviation).toBeCloseTo(Math.sqrt(anchorMoments(y).total.variance), 12);
    const byNumber = syntheticMoments(x, same, 'tucker');
    expect(byNumber).toEqual(syntheticMoments(x, same, 'tucker', 0.5));
    expect(frequencyEstimation(x, same, scales, 0.5)(9)).toBeCloseTo(
      frequencyEstimation(x, same, scales, 0.5, 'persons')(9),
      9,
    );
  });

  test('an external anchor counts more than an internal one of the same numbers', () => {
    const internal = syntheticMoments(x, y, 'levine-internal', 0.5);
    const external = syntheticMoments(x, y, 'levine-external', 0.5);
    expect(external.y.mean).not.toBeCloseTo(internal.y.mean, 3);
  });

  test('anchor scores that one group lacks are not filled in', () => {
    const low: AnchorGroup = { totals: [3, 4, 5, 6], anchors: [1, 2, 2, 3] };
    const high: AnchorGroup = { totals: [5, 6, 7, 8], anchors: [2, 3, 3, 4] };
    const convertLow = frequencyEstimation(low, high, { highestTotal: 10, highestAnchor: 5 }, 0.5);
    const scores = [3, 4, 5, 6].map(convertLow);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(totalsByAnchor(low, { highestTotal: 10, highestAnchor: 5 })[2]?.frequencies[5]).toBe(1);
  });

  test('refusals', () => {
    expect(() => anchorMoments({ totals: [1, 2], anchors: [1] })).toThrow('as many anchor scores');
    expect(() => anchorMoments({ totals: [1, 2, 3], anchors: [2, 2, 2] })).toThrow('does not go with');
    expect(() => anchorMoments({ totals: [1, 2, 3], anchors: [3, 2, 1] })).toThrow('does not go with');
    expect(() => frequencyEstimation(x, y, { highestTotal: 20, highestAnchor: 4 })).toThrow(
      'not on the scale',
    );
    expect(() => chainedEquipercentile(x, y, { highestTotal: 9, highestAnchor: 8 })).toThrow(
      'not on the scale',
    );
  });
});
