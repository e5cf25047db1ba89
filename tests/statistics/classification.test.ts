import { describe, expect, test } from '@jest/globals';
import { binomialCdf } from '../../scoring/numeric/distributions-beta.ts';
import { decisionQuality } from '../../scoring/statistics/classification/decision-quality.ts';
import { hansonBrennan, lordsK } from '../../scoring/statistics/classification/hanson-brennan.ts';
import {
  effectiveTestLength,
  livingstonLewis,
} from '../../scoring/statistics/classification/livingston-lewis.ts';
import { rudner } from '../../scoring/statistics/classification/rudner.ts';
import {
  fitTrueScores,
  trueScoreMoments,
} from '../../scoring/statistics/classification/true-score-distribution.ts';
import { mean } from '../../scoring/statistics/basics/mean.ts';
import { makeDraws } from './draw.ts';

/** Numbers of right answers of 40 items by persons whose true shares are uniform between 0.2 and 0.9. */
function drawScores(persons: number, seed: number): { truth: number; first: number; second: number }[] {
  const draws = makeDraws(seed);
  const score = (truth: number): number =>
    Array.from({ length: 40 }, () => (draws.uniform() < truth ? 1 : 0)).reduce<number>((a, b) => a + b, 0);
  return Array.from({ length: persons }, () => {
    const truth = 0.2 + 0.7 * draws.uniform();
    return { truth, first: score(truth), second: score(truth) };
  });
}

describe('true scores', () => {
  test('moments of a beta distribution give the distribution back', () => {
    // uniform between 0 and 1: raw moments 1/2, 1/3, 1/4, 1/5
    const uniform = [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5];
    expect(fitTrueScores(uniform, '2P')).toEqual({
      alpha: expect.closeTo(1, 10),
      beta: expect.closeTo(1, 10),
      lower: 0,
      upper: 1,
      model: '2P',
    });
    // beta(2, 3) between 0.1 and 0.9, raw moments by hand
    const m = (r: number): number => [1, 0.4, 0.2, 4 / 35, 1 / 14][r] ?? NaN;
    const shifted = [0, 1, 2, 3, 4].map((r) => {
      let sum = 0;
      const choose = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]][r] ?? [];
      for (const [i, c] of choose.entries()) sum += c * 0.1 ** (r - i) * 0.8 ** i * m(i);
      return sum;
    });
    const four = fitTrueScores(shifted, '4P');
    expect(four?.model).toBe('4P');
    expect(four?.alpha).toBeCloseTo(2, 6);
    expect(four?.beta).toBeCloseTo(3, 6);
    expect(four?.lower).toBeCloseTo(0.1, 6);
    expect(four?.upper).toBeCloseTo(0.9, 6);
    // mirrored: negative skew
    const mirrored = [0, 1, 2, 3, 4].map((r) => {
      let sum = 0;
      const choose = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]][r] ?? [];
      for (const [i, c] of choose.entries()) sum += c * (-1) ** i * (shifted[i] ?? NaN);
      return sum;
    });
    expect(fitTrueScores(mirrored, '4P')?.alpha).toBeCloseTo(3, 6);
  });

  test('an impossible four-parameter fit falls back and says so; an impossible one of two gives nothing', () => {
    const steep = trueScoreMoments([0, 0, 0, 1, 9, 10, 10, 10], 10, 0);
    expect(fitTrueScores(steep, '4P')?.model ?? '2P').toBe('2P');
    expect(fitTrueScores([1, 0.5, 0.2, 0.1, 0.05], '2P')).toBeNull();
    expect(fitTrueScores([1, 0.5, 0.2, 0.1, 0.05], '4P')).toBeNull();
  });
});

describe('quality of a threshold', () => {
  test('without error there is none; with a blind test it is chance', () => {
    const uniform = { alpha: 1, beta: 1, lower: 0, upper: 1 };
    const sharp = decisionQuality(uniform, 0.5, (p) => (p < 0.5 ? 1 : 0));
    expect(sharp.accuracy).toBeCloseTo(1, 10);
    expect(sharp.kappa).toBeCloseTo(1, 10);
    const blind = decisionQuality(uniform, 0.5, () => 0.5);
    expect(blind.accuracy).toBeCloseTo(0.5, 10);
    expect(blind.kappa).toBeCloseTo(0, 10);
    expect(blind.sensitivity).toBeCloseTo(0.5, 10);
  });

  test('a threshold beyond all true scores', () => {
    const found = decisionQuality({ alpha: 2, beta: 2, lower: 0.2, upper: 0.8 }, 0.9, (p) =>
      binomialCdf(8, 10, p),
    );
    expect(found.rightlyMet).toBe(0);
    expect(found.rightlyNotMet + found.wronglyMet).toBeCloseTo(1, 10);
  });

  test('both methods say what 20,000 simulated persons do', () => {
    const persons = drawScores(20000, 9);
    const scores = persons.map(({ first }) => first);
    // true variance 1600 · 0.49/12, error variance 40 · mean of p(1 - p)
    const reliability = 65.3333 / (65.3333 + 8.2667);
    const cut = 22;
    const accuracy = mean(persons.map(({ truth, first }) => (truth >= cut / 40 === first >= cut ? 1 : 0)));
    const consistency = mean(persons.map(({ first, second }) => (first >= cut === second >= cut ? 1 : 0)));

    const two = livingstonLewis(scores, reliability, cut, { min: 0, max: 40 }, { model: '4P' });
    expect(Math.abs((two?.roundedLength ?? 0) - 40)).toBeLessThan(4);
    expect(Math.abs((two?.quality.accuracy ?? 0) - accuracy)).toBeLessThan(0.01);
    expect(Math.abs((two?.quality.consistency ?? 0) - consistency)).toBeLessThan(0.01);
    const other = hansonBrennan(scores, reliability, cut, 40, { model: '4P' });
    expect(Math.abs((other?.quality.accuracy ?? 0) - accuracy)).toBeLessThan(0.01);
    expect(Math.abs((other?.quality.consistency ?? 0) - consistency)).toBeLessThan(0.01);
    // items are equal, so there is no second term
    expect(Math.abs(lordsK(scores, 40, reliability))).toBeLessThan(0.6);
  });

  test('the threshold on the effective scale, by both conventions', () => {
    const scores = drawScores(400, 3).map(({ first }) => first);
    const at = (effectiveThreshold: 'nearest' | 'betafunctions', cut: number) =>
      livingstonLewis(scores, 0.93, cut, { min: 0, max: 40 }, { model: '2P', effectiveThreshold })?.quality;
    const length = effectiveTestLength(scores, 0.93, { min: 0, max: 40 });
    expect(length).toBeGreaterThan(20);
    for (const cut of [17, 18, 19, 20, 21, 22]) {
      const exact = (Math.round(length) * cut) / 40;
      // the second threshold is another one exactly where the broken part is a half or more
      expect(at('nearest', cut)?.consistency === at('betafunctions', cut)?.consistency).toBe(
        Math.round(exact) === Math.floor(exact),
      );
      expect(at('nearest', cut)?.accuracy).toBe(at('betafunctions', cut)?.accuracy);
    }
  });

  test('a half: up in ours, to even in theirs', () => {
    // mean 5 of 10, reliability 0.6: effective length (25 - 0.6 v)/(0.4 v); the threshold 5 lies in its middle
    const quality = (length: number, effectiveThreshold: 'nearest' | 'betafunctions') => {
      const spread = Math.sqrt((1.5 * 25) / (0.4 * length + 0.6));
      const scores = [5, 5, 5 - spread, 5 + spread];
      const found = livingstonLewis(scores, 0.6, 5, { min: 0, max: 10 }, { model: '2P', effectiveThreshold });
      expect(found?.effectiveLength).toBeCloseTo(length, 9);
      return found?.quality;
    };
    // 5.5 is 6 for both, 4.5 is 5 in ours and 4 in theirs
    expect(quality(11, 'betafunctions')?.accuracy).toBe(quality(11, 'nearest')?.accuracy);
    expect(quality(11, 'betafunctions')?.consistency).not.toBe(quality(11, 'nearest')?.consistency);
    expect(quality(9, 'betafunctions')?.accuracy).not.toBe(quality(9, 'nearest')?.accuracy);
  });

  test('nothing fits when reliability is too low for the scores', () => {
    expect(livingstonLewis([5, 5, 5, 6], 0.1, 5, { min: 0, max: 10 }, { model: '2P' })).not.toBeUndefined();
    expect(hansonBrennan([5, 5, 5, 6], -3, 5, 10, { model: '2P' })).toBeNull();
  });

  test('Rudner by hand: one sure person, one on the cut', () => {
    const found = rudner(
      [
        { theta: 9, standardError: 0.3 },
        { theta: 0, standardError: 0.3 },
      ],
      0,
    );
    expect(found.accuracy).toBeCloseTo(0.75, 12);
    expect(found.consistency).toBeCloseTo(0.75, 12);
    expect(() => rudner([], 0)).toThrow(RangeError);
  });
});
