import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AnswerValue } from '../../question-banks/schema.ts';
import { InconsistentInput } from '../../scoring/inconsistent-input.ts';
import { InvalidAnswer } from '../../scoring/invalid-answer.ts';
import { score, type ScoringInput } from '../../scoring/score.ts';
import { canonical } from '../../server/audit/chain.ts';
import { bankOf, inputOf, keyedItem, scaleOf, statement } from './make-input.ts';

const logic = bankOf('logic', [keyedItem('l1', 'series'), keyedItem('l2', 'series'), keyedItem('l3')]);
const traits = bankOf(
  'traits',
  ['t1', 't2', 't3', 't4'].map((id) => statement(id)),
  {
    kind: 'questionnaire',
    scales: [
      scaleOf(
        'calm',
        [
          { item: 't1', reversed: false },
          { item: 't2', reversed: true },
          { item: 't3', reversed: false },
          { item: 't4', reversed: true },
        ],
        0.5,
      ),
    ],
  },
);
const full: [string, AnswerValue][] = [
  ['l1', 'b'],
  ['l2', 'a'],
  ['l3', 'b'],
  ['t1', 5],
  ['t2', 2],
  ['t3', 4],
  ['t4', 1],
];
const input = (answers = full) => inputOf([{ bank: logic }, { bank: traits }], answers);
const bytes = (given: ScoringInput): string => canonical(JSON.parse(JSON.stringify(score(given))));

describe('impossible answers are errors, never scores', () => {
  test.each([
    ['an option of no item', 'l1', 'z', 'not-an-option'],
    ['a number for a choice', 'l1', 2, 'not-an-option'],
    ['a number outside the scale', 't1', 6, 'not-a-response'],
    ['zero', 't1', 0, 'not-a-response'],
    ['the number as text', 't1', '5', 'not-a-response'],
    ['an item that is not on the form', 'l9', 'a', 'not-on-form'],
  ] as const)('%s', (_, item, value, reason) => {
    const given = input([...full.filter(([id]) => id !== item), [item, value]]);
    expect(() => score(given)).toThrow(InvalidAnswer);
    expect(() => score(given)).toThrow(expect.objectContaining({ item, reason }));
  });

  test('the message does not repeat the answer', () => {
    expect(() => score(input([['l1', 'secret-value']]))).toThrow(/^answer to item l1: not-an-option$/);
  });
});

describe('inputs that do not belong together', () => {
  const good = input();
  const [first, second] = good.form.sections;
  if (first === undefined || second === undefined) throw new Error('no sections');
  const cases: [string, ScoringInput][] = [
    ['another programme', { ...good, programme: { ...good.programme, version: '1.0.1' } }],
    ['a missing bank', { ...good, banks: new Map([['logic@1.0.0', logic]]) }],
    [
      'a bank under a wrong name',
      {
        ...good,
        banks: new Map([
          ['logic@1.0.0', traits],
          ['traits@1.0.0', traits],
        ]),
      },
    ],
    [
      'a section the programme does not have',
      { ...good, form: { ...good.form, sections: [{ ...first, section: 'other' }, second] } },
    ],
    [
      'an item the bank does not have',
      { ...good, form: { ...good.form, sections: [{ ...first, items: [{ item: 'l9' }] }, second] } },
    ],
    [
      'an item twice',
      {
        ...good,
        form: { ...good.form, sections: [{ ...first, items: [{ item: 'l1' }, { item: 'l1' }] }, second] },
      },
    ],
    [
      'other options',
      {
        ...good,
        form: {
          ...good.form,
          sections: [{ ...first, items: [{ item: 'l1', options: ['a', 'b', 'c', 'x'] }] }, second],
        },
      },
    ],
    [
      'an option twice',
      {
        ...good,
        form: {
          ...good.form,
          sections: [{ ...first, items: [{ item: 'l1', options: ['a', 'b', 'c', 'c'] }] }, second],
        },
      },
    ],
    [
      'options of a statement',
      {
        ...good,
        form: {
          ...good.form,
          sections: [first, { ...second, items: [{ item: 't1', options: ['1', '2'] }] }],
        },
      },
    ],
    [
      'both sorts of items in one section',
      inputOf([{ bank: bankOf('mix', [keyedItem('m1'), statement('m2')]) }], []),
    ],
    ['an unknown topic', inputOf([{ bank: bankOf('odd', [keyedItem('o1', 'series')], { topics: [] }) }], [])],
    ['an unknown response scale', inputOf([{ bank: bankOf('odd', [statement('o1', 'seven')]) }], [])],
  ];
  test.each(cases)('%s', (_, given) =>
    expect(() => score({ ...given, answers: new Map() })).toThrow(InconsistentInput),
  );
  test('the good one is scored', () => expect(score(good).sheet.sections).toHaveLength(2));
});

describe('the same answers give the same bytes', () => {
  test('twice', () => expect(bytes(input())).toBe(bytes(input())));

  test('in any order, and with withdrawn answers present or absent', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(full, { minLength: 0 }), (some) => {
        const sorted = full.filter((one) => some.includes(one));
        const withdrawn = full
          .filter((one) => !some.includes(one))
          .map(([id]): [string, AnswerValue] => [id, null]);
        expect(bytes(input(some))).toBe(bytes(input([...withdrawn, ...sorted])));
      }),
      { numRuns: 50 },
    );
  });

  test('the order of options on the form and of banks in the map moves nothing', () => {
    const given = input();
    const shuffled: ScoringInput = {
      ...given,
      banks: new Map([...given.banks].reverse()),
      form: {
        ...given.form,
        sections: given.form.sections.map((section) => ({
          ...section,
          items: section.items.map(({ item }) =>
            item.startsWith('l') ? { item, options: ['d', 'c', 'b', 'a'] } : { item },
          ),
        })),
      },
    };
    expect(bytes(shuffled)).toBe(bytes(given));
  });

  test('inputs are left as they were', () => {
    const given = input();
    const before = JSON.stringify([given.form, given.programme, [...given.banks], [...given.answers]]);
    score(given);
    expect(JSON.stringify([given.form, given.programme, [...given.banks], [...given.answers]])).toBe(before);
  });
});

test('the sheet names everything it was made from', () => {
  const { sheet, withheld } = score(input());
  expect(sheet).toMatchObject({
    format: 'adil-score-sheet-1',
    rulesVersion: '1',
    attempt: 'attempt-1',
    form: { id: 'form-1', sha256: '3'.repeat(64) },
    programme: { id: 'trial', version: '1.0.0', sha256: '1'.repeat(64) },
    banks: [
      { id: 'logic', version: '1.0.0', sha256: '2'.repeat(64) },
      { id: 'traits', version: '1.0.0', sha256: '2'.repeat(64) },
    ],
  });
  expect(withheld).toMatchObject({ format: 'adil-withheld-scores-1', attempt: 'attempt-1' });
});
