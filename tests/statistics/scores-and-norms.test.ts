import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normTable } from '../../scoring/statistics/norms/norm-table.ts';
import { normalisedStanine, normalisedZ } from '../../scoring/statistics/norms/normalised-score.ts';
import { midRankPercentile, percentileAtOrBelow } from '../../scoring/statistics/norms/percentile-rank.ts';
import { regressionNorm, regressionZ } from '../../scoring/statistics/norms/regression-norms.ts';
import { iqScore, stanine, sten, tScore, zScore } from '../../scoring/statistics/norms/standard-scores.ts';
import { classifyChange, reliableChange } from '../../scoring/statistics/change/reliable-change.ts';
import { pairedDifference } from '../../scoring/statistics/change/paired-difference.ts';
import { imputeItemMedians } from '../../scoring/statistics/scores/impute-median.ts';
import { reverseItems } from '../../scoring/statistics/scores/reverse-items.ts';
import { scaleMean } from '../../scoring/statistics/scores/scale-mean.ts';
import { scoreIntervals } from '../../scoring/statistics/scores/score-intervals.ts';
import {
  errorOfDifference,
  errorOfEstimate,
  errorOfMeasurement,
  errorOfPrediction,
  errorOfScaleDifference,
} from '../../scoring/statistics/scores/standard-error.ts';
import { makeDraws } from './draw.ts';

const reliability = fc.double({ min: 0, max: 0.999, noNaN: true });

describe('errors of a score', () => {
  test('by hand: deviation 15, reliability 0.91', () => {
    expect(errorOfMeasurement(15, 0.91)).toBeCloseTo(4.5, 12);
    expect(errorOfEstimate(15, 0.91)).toBeCloseTo(15 * Math.sqrt(0.0819), 12);
    expect(errorOfPrediction(15, 0.91)).toBeCloseTo(15 * Math.sqrt(1 - 0.8281), 12);
    expect(errorOfDifference(15, 0.91)).toBeCloseTo(4.5 * Math.SQRT2, 12);
    expect(errorOfScaleDifference(10, 0.9, 0.8)).toBeCloseTo(10 * Math.sqrt(0.3), 12);
  });

  test('estimate ≤ measurement ≤ prediction', () => {
    fc.assert(
      fc.property(reliability, (r) => {
        expect(errorOfEstimate(10, r)).toBeLessThanOrEqual(errorOfMeasurement(10, r) + 1e-12);
        expect(errorOfMeasurement(10, r)).toBeLessThanOrEqual(errorOfPrediction(10, r) + 1e-12);
        expect(errorOfScaleDifference(10, r, r)).toBeCloseTo(errorOfDifference(10, r), 9);
      }),
    );
  });

  test.each([
    [-1, 0.5],
    [NaN, 0.5],
    [1, -0.1],
    [1, 1.1],
    [1, NaN],
  ])('deviation %d with reliability %d is refused', (deviation, r) => {
    for (const error of [errorOfMeasurement, errorOfEstimate, errorOfPrediction, errorOfDifference])
      expect(() => error(deviation, r)).toThrow(RangeError);
    expect(() => errorOfScaleDifference(deviation, 0.5, r)).toThrow(RangeError);
  });

  test('Kelley draws to the mean; all intervals are about their centre', () => {
    const { observed, kelley, trueScore, trueScoreWithSem, prediction } = scoreIntervals(
      130,
      { mean: 100, deviation: 15 },
      0.91,
      0.9,
    );
    expect(kelley).toBeCloseTo(127.3, 12);
    for (const [low, high] of [trueScore, trueScoreWithSem, prediction])
      expect((low + high) / 2).toBeCloseTo(kelley, 10);
    expect((observed[0] + observed[1]) / 2).toBeCloseTo(130, 10);
    expect(observed[1] - 130).toBeCloseTo(1.6448536269514722 * 4.5, 9);
  });

  test('95 % intervals hold 93 to 97 % of 10,000 persons', () => {
    const draws = makeDraws(20);
    const r = 0.8;
    let observed = 0;
    let trueScore = 0;
    let retest = 0;
    const persons = 10000;
    for (let person = 0; person < persons; person++) {
      const truth = 50 + 10 * Math.sqrt(r) * draws.normal();
      const error = 10 * Math.sqrt(1 - r);
      const intervals = scoreIntervals(truth + error * draws.normal(), { mean: 50, deviation: 10 }, r);
      const second = truth + error * draws.normal();
      const holds = ([low, high]: readonly [number, number], value: number): number =>
        low <= value && value <= high ? 1 : 0;
      observed += holds(intervals.observed, truth);
      trueScore += holds(intervals.trueScore, truth);
      retest += holds(intervals.prediction, second);
    }
    for (const share of [observed, trueScore, retest].map((count) => count / persons)) {
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.97);
    }
  });
});

describe('scale scores', () => {
  test('mean of what is answered, from the floor on', () => {
    expect(scaleMean([1, 2, null, 4, 5], 0.8)).toBe(3);
    expect(scaleMean([1, null, null, 4, 5], 0.8)).toBeNull();
    expect(scaleMean([null, null], 0)).toBeNull();
    // 0.7 · 10 is a hair above 7 to the machine
    expect(scaleMean([1, 1, 1, 1, 1, 1, 1, null, null, null], 0.7)).toBe(1);
  });

  test('medians stand in before reversal', () => {
    const rows = [
      [1, null],
      [2, 5],
      [4, 1],
      [null, 2],
    ];
    expect(imputeItemMedians(rows)).toEqual([
      [1, 2],
      [2, 5],
      [4, 1],
      [2, 2],
    ]);
    expect(reverseItems(rows, [false, true], { min: 1, max: 5 })).toEqual([
      [1, null],
      [2, 1],
      [4, 5],
      [null, 4],
    ]);
  });
});

describe('norms', () => {
  test.each([
    [0, 50, 100, 6, 5],
    [-0.01, 49.9, 99.85, 5, 5],
    [1, 60, 115, 8, 7],
    [-3.2, 18, 52, 1, 1],
    [3.2, 82, 148, 10, 9],
    [-0.25, 47.5, 96.25, 5, 5],
    [0.25, 52.5, 103.75, 6, 6],
  ])('z %d: T %d, IQ %d, sten %d, stanine %d', (z, t, iq, ten, nine) => {
    expect(tScore(z)).toBeCloseTo(t, 10);
    expect(iqScore(z)).toBeCloseTo(iq, 10);
    expect(sten(z)).toBe(ten);
    expect(stanine(z)).toBe(nine);
  });

  test('no z without variance', () => {
    expect(() => zScore(1, 1, 0)).toThrow(RangeError);
    expect(zScore(7, 5, 2)).toBe(1);
  });

  test('percentiles by hand: three of four persons at or below, two of them equal', () => {
    expect(midRankPercentile(3, 2, 4)).toBe(50);
    expect(percentileAtOrBelow(3, 4)).toBe(75);
    expect(normalisedZ(3, 2, 4)).toBe(0);
  });

  test('a percentile on a cut goes up: 4 % is the second stanine', () => {
    expect(normalisedStanine(4, 0, 100)).toBe(2);
    expect(normalisedStanine(39, 0, 1000)).toBe(1);
    expect(normalisedStanine(96, 0, 100)).toBe(9);
    expect(normalisedStanine(95, 0, 100)).toBe(8);
  });

  test('a table by hand', () => {
    const table = normTable([1, 2, 2, 3]);
    expect(table?.n).toBe(4);
    expect(table?.mean).toBe(2);
    expect(
      table?.rows.map(({ raw, frequency, atOrBelow, percentileMidRank }) => [
        raw,
        frequency,
        atOrBelow,
        percentileMidRank,
      ]),
    ).toEqual([
      [1, 1, 1, 12.5],
      [2, 2, 3, 50],
      [3, 1, 4, 87.5],
    ]);
    expect(normTable([2, 2, 2])).toBeNull();
    expect(normTable([2])).toBeNull();
  });

  test('more marks never give a lower norm; nobody is outside the ranges', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 80 }), (scores) => {
        const rows = normTable(scores)?.rows ?? [];
        for (const [i, row] of rows.entries()) {
          const before = rows[i - 1];
          expect(row.sten).toBeGreaterThanOrEqual(1);
          expect(row.sten).toBeLessThanOrEqual(10);
          expect(row.percentileMidRank).toBeGreaterThan(0);
          expect(row.percentileMidRank).toBeLessThan(100);
          if (before === undefined) continue;
          expect(row.z).toBeGreaterThan(before.z);
          expect(row.normalisedZ).toBeGreaterThan(before.normalisedZ);
          for (const key of ['sten', 'stanine', 'normalisedSten', 'normalisedStanine'] as const)
            expect(row[key]).toBeGreaterThanOrEqual(before[key]);
        }
      }),
    );
  });

  test('regression norms: the line, and nothing outside its persons', () => {
    const ages = [20, 30, 40, 50, 60];
    const scores = [11, 19, 31, 39, 50];
    const norm = regressionNorm(
      ages.map((age) => [age]),
      scores,
    );
    if (norm === null) throw new Error('no norm');
    expect(norm.coefficients[1]).toBeCloseTo(0.98, 12);
    expect(norm.n).toBe(5);
    expect(norm.ranges).toEqual([{ min: 20, max: 60 }]);
    expect(regressionZ(norm, [40], 30)).toBeCloseTo(0, 10);
    expect(regressionZ(norm, [40], 30 + norm.deviation)).toBeCloseTo(1, 10);
    expect(regressionZ(norm, [19], 30)).toBeNull();
    expect(regressionZ(norm, [61], 30)).toBeNull();
    expect(regressionNorm([[1], [1], [1]], [1, 2, 3])).toBeNull();
  });
});

describe('change between rounds', () => {
  test('reliable change by hand: 10 points, deviation 10, reliability 0.9', () => {
    const index = reliableChange(50, 60, 10, 0.9);
    expect(index).toBeCloseTo(10 / (10 * Math.sqrt(0.2)), 12);
    expect(classifyChange(index)).toBe('reliable-increase');
    expect(classifyChange(-index)).toBe('reliable-decrease');
    expect(classifyChange(1.96)).toBe('no-change');
    expect(classifyChange(1.7, 1.645)).toBe('reliable-increase');
  });

  test('without change, 5 % of 10,000 persons seem to change', () => {
    const draws = makeDraws(5);
    let flagged = 0;
    for (let person = 0; person < 10000; person++) {
      const truth = Math.sqrt(0.85) * draws.normal();
      const error = Math.sqrt(0.15);
      const index = reliableChange(truth + error * draws.normal(), truth + error * draws.normal(), 1, 0.85);
      if (classifyChange(index) !== 'no-change') flagged += 1;
    }
    expect(flagged / 10000).toBeGreaterThan(0.04);
    expect(flagged / 10000).toBeLessThan(0.06);
  });

  test('paired differences by hand: 1, 2, 3', () => {
    const found = pairedDifference([1, 2, 3]);
    expect(found?.t).toBeCloseTo(2 * Math.sqrt(3), 12);
    expect(found?.degrees).toBe(2);
    expect(found?.p).toBeCloseTo(0.0741799, 6);
    expect(found?.dz).toBe(2);
    expect(pairedDifference([1, 1, 1])).toBeNull();
    expect(pairedDifference([1])).toBeNull();
  });
});
