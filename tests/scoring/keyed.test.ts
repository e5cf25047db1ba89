import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { score } from '../../scoring/score.ts';
import { lordPrecision, lordSem } from '../../scoring/precision/lord.ts';
import { compareWithThreshold } from '../../scoring/thresholds.ts';
import type { KeyedSection } from '../../scoring/score-sheet.ts';
import type { ScoringInput } from '../../scoring/score.ts';
import {
  bankOf,
  inputOf,
  keyedItem,
  legislation,
  legislationInput,
  legislationThreshold,
} from './make-input.ts';

function keyed(input: ScoringInput): KeyedSection {
  const section = score(input).sheet.sections[0];
  if (section?.how !== 'keyed') throw new Error('expected a keyed section');
  return section;
}

describe('pass rule of the legislation section (domain rule T7)', () => {
  test('34 of 55 with topics 15, 10, 5, 4: total met, one topic below 5, not met', () => {
    const section = keyed(legislationInput({ service: 15, constitution: 10, corruption: 5, data: 4 }));
    expect(section).toMatchObject({
      score: 34,
      maximum: 55,
      answered: 55,
      result: { met: true },
      met: false,
    });
    expect(
      section.topics.map((topic) => [topic.topic, topic.score, topic.maximum, topic.result?.met]),
    ).toEqual([
      ['service', 15, 15, true],
      ['constitution', 10, 15, true],
      ['corruption', 5, 15, true],
      ['data', 4, 10, false],
    ]);
  });

  test('30 with 10, 8, 7, 5: met', () => {
    expect(keyed(legislationInput({ service: 10, constitution: 8, corruption: 7, data: 5 }))).toMatchObject({
      score: 30,
      met: true,
    });
  });

  test('29: not met, close to the threshold', () => {
    expect(keyed(legislationInput({ service: 10, constitution: 7, corruption: 7, data: 5 }))).toMatchObject({
      score: 29,
      met: false,
      result: { threshold: 30, met: false, close: true },
    });
  });

  test('numbers of the 34-mark sheet, worked by hand', () => {
    // sqrt(34 · 21 / 54) = 3.63624; 34 ± 1.959964 · 3.63624 = 26.87…41.13
    expect(
      keyed(legislationInput({ service: 15, constitution: 10, corruption: 5, data: 4 })).precision,
    ).toEqual({
      method: 'lord',
      sem: 3.64,
      interval: { low: 26.9, high: 41.1, level: 0.95 },
    });
  });
});

describe('Lord’s conditional standard error', () => {
  test.each([
    [30, 55, 3.726779962],
    [10, 20, 2.294157339],
    [1, 2, 1],
    [0, 20, 0],
    [20, 20, 0],
    [1, 1, 0],
    [0, 1, 0],
  ])('%i of %i', (x, k, expected) => expect(lordSem(x, k)).toBeCloseTo(expected, 8));

  test.each([
    [-1, 10],
    [11, 10],
    [2.5, 10],
    [0, 0],
  ])('refuses %d of %d', (x, k) => expect(() => lordSem(x, k)).toThrow(RangeError));

  test('the interval stays in the attainable range', () => {
    expect(lordPrecision(1, 10).interval).toEqual({ low: 0, high: 3, level: 0.95 });
    expect(lordPrecision(9, 10).interval).toEqual({ low: 7, high: 10, level: 0.95 });
  });
});

test('closeness is decided on the reported error, its end included', () => {
  expect(compareWithThreshold(30, 30, 0)).toEqual({ threshold: 30, met: true, close: true });
  expect(compareWithThreshold(33, 30, 3)).toEqual({ threshold: 30, met: true, close: true });
  expect(compareWithThreshold(34, 30, 3.99)).toEqual({ threshold: 30, met: true, close: false });
  expect(compareWithThreshold(26, 30, 3.99)).toEqual({ threshold: 30, met: false, close: false });
});

test('an unanswered and a withdrawn item give no mark and are not counted as answered', () => {
  const bank = bankOf(
    'logic',
    ['l1', 'l2', 'l3'].map((id) => keyedItem(id)),
  );
  const { sheet, withheld } = score(
    inputOf(
      [{ bank }],
      [
        ['l1', 'b'],
        ['l2', null],
      ],
    ),
  );
  expect(sheet.sections).toEqual([
    {
      how: 'keyed',
      section: 'logic',
      items: 3,
      answered: 1,
      score: 1,
      maximum: 3,
      precision: { method: 'lord', sem: 1, interval: { low: 0, high: 3, level: 0.95 } },
      topics: [],
      result: null,
      met: null,
    },
  ]);
  expect(withheld.trace).toEqual([
    { section: 'logic', item: 'l1', answer: 'b', key: 'b', mark: 1, countsIn: [] },
    { section: 'logic', item: 'l2', answer: null, key: 'b', mark: 0, countsIn: [] },
    { section: 'logic', item: 'l3', answer: null, key: 'b', mark: 0, countsIn: [] },
  ]);
});

test('a threshold of the total alone asks nothing of topics', () => {
  const input = legislationInput({ service: 15, constitution: 15, corruption: 0, data: 0 });
  const section = keyed({ ...input, programme: withTotalOnly(input) });
  expect(section).toMatchObject({ score: 30, met: true, result: { met: true } });
  expect(section.topics.every((topic) => topic.result === null)).toBe(true);
});

function withTotalOnly({ programme }: ScoringInput): ScoringInput['programme'] {
  const [section] = programme.sections;
  if (section === undefined) throw new Error('no section');
  return {
    ...programme,
    sections: [{ ...section, threshold: { total: 30, basis: legislationThreshold.basis } }],
  };
}

describe('properties', () => {
  const answers = fc.dictionary(
    fc.constantFrom(...legislation.items.map((item) => item.id)),
    fc.constantFrom('a', 'b', 'c', 'd', null),
    {
      noNullPrototype: true,
    },
  );
  const inputFor = (given: Record<string, string | null>) =>
    inputOf([{ bank: legislation, threshold: legislationThreshold }], Object.entries(given));

  test('totals are the sums of topics, of marks and of right answers', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { sheet, withheld } = score(inputFor(given));
        const section = sheet.sections[0];
        if (section?.how !== 'keyed') throw new Error('expected a keyed section');
        const right = Object.values(given).filter((value) => value === 'b').length;
        expect(section.score).toBe(right);
        expect(section.topics.reduce((sum, topic) => sum + topic.score, 0)).toBe(right);
        expect(section.topics.reduce((sum, topic) => sum + topic.answered, 0)).toBe(section.answered);
        expect(withheld.trace.reduce((sum, row) => sum + (row.mark ?? 0), 0)).toBe(right);
        expect(section.met).toBe(right >= 30 && section.topics.every((topic) => topic.score >= 5));
      }),
      { numRuns: 50 },
    );
  });

  test('one more right answer never lowers a score and never turns met into not met', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...legislation.items.map((item) => item.id)), (given, item) => {
        const before = keyed(inputFor(given));
        const after = keyed(inputFor({ ...given, [item]: 'b' }));
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        after.topics.forEach((topic, i) =>
          expect(topic.score).toBeGreaterThanOrEqual(before.topics[i]?.score ?? 0),
        );
        expect(after.met === true || before.met === false).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
