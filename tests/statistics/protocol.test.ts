import { describe, expect, test } from '@jest/globals';
import { evenOddInconsistency } from '../../scoring/statistics/protocol/even-odd.ts';
import { inconsistency } from '../../scoring/statistics/protocol/inconsistency.ts';
import { responseVariability } from '../../scoring/statistics/protocol/intra-individual-variability.ts';
import { longestRun, meanRun } from '../../scoring/statistics/protocol/long-string.ts';
import { mahalanobisCutoff, mahalanobisDistances } from '../../scoring/statistics/protocol/mahalanobis.ts';
import { findSynonyms, synonymConsistency } from '../../scoring/statistics/protocol/psychometric-synonyms.ts';
import {
  acquiescence,
  extremeShare,
  missingShare,
} from '../../scoring/statistics/protocol/response-style.ts';
import { makeDraws } from './draw.ts';

const range = { min: 1, max: 5 };

describe('runs and spread', () => {
  test.each([
    [[1, 1, 2, 2, 2], 3, 2.5],
    [[1, 2, 3], 1, 1],
    [[4, 4, null, 4], 2, 4 / 3],
    [[null, null], 1, 1],
  ])('%j: longest %d', (values, longest, average) => {
    expect(longestRun(values)).toBe(longest);
    expect(meanRun(values)).toBeCloseTo(average, 12);
  });

  test('nothing answered: no run, and no mean of runs', () => {
    expect(longestRun([])).toBe(0);
    expect(() => meanRun([])).toThrow('mean of nothing');
  });

  test('spread of the own answers', () => {
    expect(responseVariability([3, 3, 3])).toBe(0);
    expect(responseVariability([1, null, 3])).toBeCloseTo(Math.SQRT2, 14);
    expect(responseVariability([1, null])).toBeNull();
  });
});

describe('consistency', () => {
  test('even and odd halves that go together are consistent', () => {
    expect(evenOddInconsistency([1, 1, 3, 3, 5, 5], [2, 2, 2])).toBeCloseTo(-1, 12);
    // opposite: 2r/(1+r) has no value at -1 and is cut there
    expect(evenOddInconsistency([1, 5, 3, 3, 5, 1], [2, 2, 2])).toBe(1);
    expect(evenOddInconsistency([3, 3, 3, 3], [2, 2])).toBeNull();
    expect(evenOddInconsistency([3, null, 2, 4], [2, 2])).toBeNull();
    expect(evenOddInconsistency([1, 1, null, 3, 4, 4, 5, 5], [2, 2, 2, 2])).toBeCloseTo(-1, 12);
  });

  test('pairs: the second of an opposite pair is reversed', () => {
    const pairs = [
      { a: 0, b: 1, reversed: false },
      { a: 2, b: 3, reversed: true },
    ];
    expect(inconsistency([1, 3, 5, 1], pairs, range)).toBe(2);
    expect(inconsistency([1, 3, 5, 5], pairs, range)).toBe(6);
    expect(inconsistency([null, 3, 5, 5], pairs, range)).toBeNull();
    expect(inconsistency([1, null, 5, 5], pairs, range)).toBeNull();
  });

  test('synonyms are found in the sample and held against a person', () => {
    const rows = [
      [1, 1, 5],
      [2, 2, 4],
      [3, 3, 3],
      [4, 5, 2],
    ];
    expect(findSynonyms(rows, 0.6)).toEqual([[1, 0]]);
    expect(findSynonyms(rows, 0.6, 'antonyms')).toEqual([
      [2, 0],
      [2, 1],
    ]);
    expect(
      findSynonyms(
        [
          [1, 1],
          [1, 2],
        ],
        0.6,
      ),
    ).toEqual([]);
    const pairs = [
      [1, 0],
      [3, 2],
      [5, 4],
    ] as const;
    expect(synonymConsistency([1, 1, 3, 3, 5, 5], pairs)).toBeCloseTo(1, 12);
    expect(synonymConsistency([1, 5, 3, 3, 5, 1], pairs)).toBeCloseTo(-1, 12);
    expect(synonymConsistency([1, 1, 3, 3, 5, null], pairs)).toBeNull();
    expect(synonymConsistency([2, 2, 2, 2, 2, 2], pairs)).toBeNull();
  });

  test('styles', () => {
    expect(acquiescence([1, null, 5])).toBe(3);
    expect(acquiescence([null])).toBeNull();
    expect(extremeShare([1, 5, 3, null], range)).toBeCloseTo(2 / 3, 14);
    expect(extremeShare([null], range)).toBeNull();
    expect(missingShare([1, null, null, 2])).toBe(0.5);
  });
});

describe('Mahalanobis distance', () => {
  test('by hand: a square and its centre', () => {
    const rows = [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
      [0, 0],
    ];
    // covariance is the unit matrix (4/4), so the corners lie at 2 and the centre at 0
    expect(mahalanobisDistances(rows)).toEqual([2, 2, 2, 2, 0]);
    expect(mahalanobisCutoff(2, 0.99)).toBeCloseTo(-2 * Math.log(0.01), 10);
  });

  test('none where an item repeats another', () => {
    expect(
      mahalanobisDistances([
        [1, 2],
        [2, 4],
        [3, 6],
      ]),
    ).toBeNull();
  });

  test('flags 1 % of 10,000 attentive persons with normal answers', () => {
    const draws = makeDraws(77);
    const rows = Array.from({ length: 10000 }, () => {
      const trait = draws.normal();
      return Array.from({ length: 8 }, () => 0.7 * trait + draws.normal());
    });
    const cutoff = mahalanobisCutoff(8, 0.99);
    const flagged = (mahalanobisDistances(rows) ?? []).filter((distance) => distance > cutoff).length;
    expect(flagged / 10000).toBeGreaterThan(0.006);
    expect(flagged / 10000).toBeLessThan(0.0135);
  });
});
