import { describe, expect, test } from '@jest/globals';
import { measureCorrection } from '../../scoring/statistics/time/bourdon.ts';
import { measureGoNoGo, type Trial } from '../../scoring/statistics/time/go-no-go.ts';
import { itemMeanTimes, normativeThreshold } from '../../scoring/statistics/time/normative-threshold.ts';
import { inverseEfficiency, personTimes } from '../../scoring/statistics/time/person-times.ts';
import { responseTimeEffort } from '../../scoring/statistics/time/response-time-effort.ts';
import { measureSchulte } from '../../scoring/statistics/time/schulte.ts';
import { detect } from '../../scoring/statistics/time/signal-detection.ts';
import { trimmedMean, withinDeviations } from '../../scoring/statistics/time/trimmed-mean.ts';

describe('effort', () => {
  test('NT10 is a tenth of the mean time, ten seconds at most', () => {
    expect(
      itemMeanTimes([
        [40, null],
        [60, null],
      ]),
    ).toEqual([50, null]);
    expect(normativeThreshold(50)).toBe(5);
    expect(normativeThreshold(500)).toBe(10);
    expect(normativeThreshold(50, 0.2, 8)).toBe(8);
  });

  test('a time on the threshold is effort; no time is nothing', () => {
    expect(responseTimeEffort([5, 4.9, null, 30], [5, 5, 5, 5])).toBeCloseTo(2 / 3, 14);
    expect(responseTimeEffort([null], [5])).toBeNull();
  });
});

describe('summaries of times', () => {
  test('trimmed mean by hand', () => {
    expect(trimmedMean([1, 2, 3, 4, 100], 0.2)).toBe(3);
    expect(trimmedMean([1, 2, 3, 4, 100], 0.1)).toBe(22);
    expect(() => trimmedMean([1], 0.5)).toThrow(RangeError);
    expect(() => trimmedMean([], 0.1)).toThrow(RangeError);
    expect(withinDeviations([1, 1, 1, 1, 1, 1, 1, 1, 1, 100], 2.5)).toHaveLength(9);
    expect(withinDeviations([7], 2.5)).toEqual([7]);
  });

  test('a person', () => {
    const found = personTimes([2, 4, 6, 8]);
    expect(found?.median).toBe(5);
    expect(found?.mean).toBe(5);
    expect(found?.deviation).toBeCloseTo(Math.sqrt(20 / 3), 14);
    expect(found?.meanLog).toBeCloseTo(Math.log(2 * 4 * 6 * 8) / 4, 13);
    expect(found?.variation).toBeCloseTo(Math.sqrt(20 / 3) / 5, 14);
    expect(found?.meanWithin).toBe(5);
    expect(personTimes([0])?.meanLog).toBeCloseTo(Math.log(0.5), 14);
    expect(personTimes([3])?.variation).toBeNull();
    expect(personTimes([])).toBeNull();
    expect(inverseEfficiency(500, 0.8)).toBe(625);
    expect(inverseEfficiency(500, 0)).toBeNull();
  });
});

describe('tasks', () => {
  const trial = (target: boolean, timeMs: number | null): Trial => ({
    target,
    responded: timeMs !== null,
    timeMs,
  });

  test('go/no-go by hand', () => {
    const found = measureGoNoGo([
      trial(true, 400),
      trial(true, 500),
      trial(true, 100),
      trial(true, 2500),
      trial(true, null),
      trial(false, 300),
      trial(false, null),
      trial(false, null),
    ]);
    expect(found).toMatchObject({
      hits: 4,
      omissions: 1,
      commissions: 1,
      correctRejections: 2,
      anticipations: 1,
      lapses: 1,
      meanTimeMs: 875,
      medianTimeMs: 450,
      trimmedMeanMs: 450,
      inverseEfficiencyMs: 562.5,
    });
    expect(found.trimmedDeviationMs).toBeCloseTo(Math.sqrt(5000), 12);
    expect(found.variation).toBeCloseTo(Math.sqrt(5000) / 450, 12);
  });

  test('nothing done leaves nothing measured', () => {
    expect(measureGoNoGo([trial(true, null), trial(false, null)])).toMatchObject({
      hits: 0,
      meanTimeMs: null,
      medianTimeMs: null,
      trimmedMeanMs: null,
      trimmedDeviationMs: null,
      variation: null,
      inverseEfficiencyMs: null,
    });
    expect(measureGoNoGo([trial(true, 400)])).toMatchObject({ trimmedMeanMs: 400, variation: null });
  });

  test('sensitivity: as many hits as false alarms is none; more hits, more of it', () => {
    expect(detect(5, 10, 5, 10)).toEqual({ dPrime: 0, criterion: -0 });
    expect(detect(10, 10, 0, 10).dPrime).toBeGreaterThan(3);
    expect(Number.isFinite(detect(10, 10, 0, 10).dPrime)).toBe(true);
    // hits 0.8 and false alarms 0.2 without correction: d' 1.683; the correction draws it in
    expect(detect(80, 100, 20, 100).dPrime).toBeCloseTo(2 * 0.8314, 2);
  });

  test('correction test and Schulte tables by hand', () => {
    expect(measureCorrection({ viewed: 600, targets: 80, hits: 72, commissions: 4 }, 120000)).toEqual({
      omissions: 8,
      accuracy: 0.9,
      concentration: 0.85,
      productivity: 540,
      speedPerMinute: 300,
    });
    for (const bad of [
      { viewed: 1, targets: 0, hits: 0, commissions: 0 },
      { viewed: 9, targets: 2, hits: 3, commissions: 0 },
    ])
      expect(() => measureCorrection(bad, 1000)).toThrow(RangeError);
    expect(() => measureCorrection({ viewed: 9, targets: 2, hits: 1, commissions: 0 }, 0)).toThrow(
      RangeError,
    );
    expect(measureSchulte([40000, 30000, 30000, 25000, 25000])).toEqual({
      efficiencyMs: 30000,
      workingIn: 4 / 3,
      steadiness: 25 / 30,
    });
    expect(() => measureSchulte([30000])).toThrow(RangeError);
  });
});
