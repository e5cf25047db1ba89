import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { analyseOptions } from '../../scoring/statistics/choices/analyse-options.ts';
import { formulaScore } from '../../scoring/statistics/choices/formula-score.ts';
import { scoreKey } from '../../scoring/statistics/choices/score-key.ts';
import {
  type MultipleResponseRule,
  scoreMultipleResponse,
} from '../../scoring/statistics/choices/score-multiple-response.ts';
import { traceOptions } from '../../scoring/statistics/choices/trace-options.ts';

describe('single choice', () => {
  test('the key scores, another option does not, a missing answer as declared', () => {
    const chosen = [
      [1, 2],
      [null, 2],
    ];
    expect(scoreKey(chosen, [1, 1], 'wrong')).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect(scoreKey(chosen, [1, 1], 'excluded')).toEqual([
      [1, 0],
      [null, 0],
    ]);
  });

  test('who chose what: a wrong key shows itself', () => {
    expect(analyseOptions([1, 1, 2, null, 2], [1, 2, 9, 0, 8], [1, 2, 3])).toEqual([
      { option: 1, count: 2, meanTotal: 1.5 },
      { option: 2, count: 2, meanTotal: 8.5 },
      { option: 3, count: 0, meanTotal: null },
    ]);
  });

  test('trace by groups of the total; equal totals stay together', () => {
    const trace = traceOptions([2, 2, 2, 1, 1, null], [1, 1, 1, 5, 6, 7], [1, 2], 2);
    expect(trace).toEqual([
      { n: 3, meanTotal: 1, shares: [0, 1] },
      { n: 3, meanTotal: 6, shares: [2 / 3, 0] },
    ]);
    expect(traceOptions([1, 1], [4, 4], [1], 5)).toEqual([{ n: 2, meanTotal: 4, shares: [1] }]);
    expect(traceOptions([1, 2], [4, 5], [1], 1)).toEqual([{ n: 2, meanTotal: 4.5, shares: [0.5] }]);
  });

  test('every person is in exactly one group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (totals, groups) => {
          const trace = traceOptions(
            totals.map(() => 1),
            totals,
            [1],
            groups,
          );
          expect(trace.reduce((n, group) => n + group.n, 0)).toBe(totals.length);
          expect(trace.length).toBeLessThanOrEqual(groups);
          const means = trace.map((group) => group.meanTotal);
          expect(means).toEqual(means.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

describe('several right options', () => {
  const key = new Set(['A', 'C']);
  const score = (ticked: string, rule: MultipleResponseRule): number =>
    scoreMultipleResponse(new Set(ticked), key, 4, rule);

  test.each([
    ['AC', 1, 1, 1],
    ['A', 0, 0.5, 0.75],
    ['AB', 0, 0, 0.5],
    ['ABC', 0, 0.5, 0.75],
    ['BD', 0, 0, 0],
    ['', 0, 0, 0.5],
  ])('%s of AC: %d, %d, %d', (ticked, all, partial, option) => {
    expect(score(ticked, 'all-or-nothing')).toBe(all);
    expect(score(ticked, 'partial-with-penalty')).toBe(partial);
    expect(score(ticked, 'per-option')).toBe(option);
  });

  test('an empty key cannot be a base', () => {
    expect(() => scoreMultipleResponse(new Set('A'), new Set(), 4, 'partial-with-penalty')).toThrow(
      RangeError,
    );
    expect(scoreMultipleResponse(new Set(), new Set(), 4, 'all-or-nothing')).toBe(1);
  });

  test('one more right tick never costs, one more false tick never helps', () => {
    const letters = ['A', 'B', 'C', 'D', 'E'];
    fc.assert(
      fc.property(
        fc.subarray(letters),
        fc.subarray(letters, { minLength: 1 }),
        fc.constantFrom(...letters),
        fc.constantFrom<MultipleResponseRule>('all-or-nothing', 'partial-with-penalty', 'per-option'),
        (ticked, keyed, letter, rule) => {
          const right = new Set(keyed);
          const before = scoreMultipleResponse(new Set(ticked), right, 5, rule);
          const after = scoreMultipleResponse(new Set([...ticked, letter]), right, 5, rule);
          const gain = ticked.includes(letter) ? 0 : right.has(letter) ? after - before : before - after;
          expect(gain).toBeGreaterThanOrEqual(0);
          expect(after).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('formula score: blind guessing gains nothing', () => {
    expect(formulaScore(25, 75, 4)).toBe(0);
    expect(formulaScore(10, 0, 4)).toBe(10);
    expect(formulaScore(0, 10, 2)).toBe(-10);
    expect(() => formulaScore(1, 1, 1)).toThrow(RangeError);
  });
});
