import { describe, expect, test } from '@jest/globals';
import { foldAnswers } from '../../server/audit/fold-answers.ts';
import { foldProcedure } from '../../server/audit/fold-procedure.ts';
import { BadBody } from '../../server/audit/journal-bodies.ts';
import { chainOf, startAt, type Act } from './make-chain.ts';
import { sampleActs } from './sample-record.ts';

const answered = (itemId: string, value: string | number | null, client: string, seq: number): Act => ({
  kind: 'answered',
  body: { itemId, value },
  minute: 0,
  client: [client, seq],
});
const fold = (...acts: Act[]) => [...foldAnswers(chainOf(acts))];

describe('answers', () => {
  test('the last of each item counts', () =>
    expect(fold(answered('a', 'x', 'c', 1), answered('b', 2, 'c', 2), answered('a', 'y', 'c', 3))).toEqual([
      ['a', 'y'],
      ['b', 2],
    ]));
  test('a withdrawn answer is none', () =>
    expect(fold(answered('a', 'x', 'c', 1), answered('a', null, 'c', 2))).toEqual([]));
  test('an older message of the same sign-in that arrives later changes nothing', () =>
    expect(fold(answered('a', 'new', 'c', 5), answered('a', 'old', 'c', 4))).toEqual([['a', 'new']]));
  test('of another sign-in it does', () =>
    expect(fold(answered('a', 'x', 'c', 5), answered('a', 'y', 'd', 1))).toEqual([['a', 'y']]));
  test('a purged answer cannot be folded', () => {
    const purged = chainOf([answered('a', 'x', 'c', 1)]).map((e) => ({ ...e, salt: null, body: null }));
    expect(() => foldAnswers(purged)).toThrow(BadBody);
  });
  test('an entry that says something else is refused by place, not by value', () => {
    const odd = chainOf([answered('a', 'x', 'c', 1)]).map((e) => ({
      ...e,
      body: { itemId: 'a', value: { $ne: 'secret' } },
    }));
    expect(() => foldAnswers(odd)).toThrow(/^entry 1: answered: \/value/);
    expect(() => foldAnswers(odd)).not.toThrow(/secret/);
  });
});

describe('procedure', () => {
  const course = foldProcedure(chainOf(sampleActs));
  test('of the sample: limits, pauses, outages, extensions, ends', () => {
    expect(course).toEqual([
      {
        section: 'legislation',
        language: 'ru',
        startedAt: startAt + 240_000,
        limitMs: 75_000,
        addedMs: 600_000,
        closedAt: startAt + 915_000,
        how: 'handed-in',
      },
      {
        section: 'logic',
        language: 'ru',
        startedAt: startAt + 960_000,
        limitMs: 75_000,
        addedMs: 36_250,
        closedAt: startAt + 1_080_000,
        how: 'timed-out',
      },
      {
        section: 'traits',
        language: 'kk',
        startedAt: startAt + 1_140_000,
        limitMs: 75_000,
        addedMs: 0,
        closedAt: startAt + 1_260_000,
        how: 'handed-in',
      },
    ]);
  });
  test('a section that is still open', () => {
    const until = sampleActs.findIndex((act) => act.kind === 'closed');
    expect(foldProcedure(chainOf(sampleActs.slice(0, until)))).toEqual([
      expect.objectContaining({ section: 'legislation', closedAt: null, how: null }),
    ]);
  });
  test.each<[string, Act[]]>([
    [
      'a section closed that is not open',
      [{ kind: 'closed', minute: 1, body: { section: 'logic', how: 'handed-in' } }],
    ],
    [
      'two sections open',
      ['legislation', 'logic'].map((section): Act => ({
        kind: 'started',
        minute: 1,
        body: { section, language: 'kk', limitMs: 1 },
      })),
    ],
    [
      'a section started again',
      [
        ...sampleActs,
        { kind: 'started', minute: 30, body: { section: 'logic', language: 'kk', limitMs: 1 } },
      ],
    ],
    ['resumed without a pause', [{ kind: 'resumed', minute: 1, body: { by: 'x' } }]],
  ])('%s does not fit', (_, acts) => expect(() => foldProcedure(chainOf(acts))).toThrow(BadBody));
});
