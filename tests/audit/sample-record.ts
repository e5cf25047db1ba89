/** An ended attempt with every sort of journal entry. */
import type { AnswerValue, Bank, Item } from '../../question-banks/schema.ts';
import type { AttemptRecord } from '../../server/audit/attempt-record.ts';
import type { SealingKey } from '../../server/audit/seal.ts';
import { bankOf, scaleOf, type SectionPlan } from '../scoring/make-input.ts';
import { startAt, type Act } from './make-chain.ts';
import { issue, issuedAct, makeRecord } from './make-record.ts';

/** Every key, answer, item and scale has "canary" in its name, and every response a value below -90: nothing of it may be in an open dossier. */
function canaryItem(id: string, topic: string): Item {
  const options = ['right', 'wrong', 'other'].map((which) => ({
    id: `canary-${which}-${id}`,
    text: { kk: `нұсқа ${which}`, ru: `вариант ${which}`, en: `canary text ${which}` },
  }));
  return {
    kind: 'single-choice',
    id: `canary-${id}`,
    topic,
    stem: { kk: 'Сұрақ', ru: 'Вопрос', en: `canary stem ${id}` },
    options,
    shuffle: true,
    key: `canary-right-${id}`,
  };
}
const legislation = bankOf(
  'legislation',
  ['a1', 'a2', 'a3', 'a4'].map((id, i) => canaryItem(id, i < 2 ? 'service' : 'data')),
);
const logic = bankOf(
  'logic',
  ['b1', 'b2', 'b3'].map((id) => canaryItem(id, 'series')),
  { kind: 'ability' },
);
const statements = ['c1', 'c2', 'c3', 'c4', 'c5'].map((id): Item => ({
  kind: 'likert',
  id: `canary-${id}`,
  stem: { en: `canary stem ${id}` },
  responses: 'canary-five',
}));
const traits: Bank = bankOf('traits', statements, {
  kind: 'questionnaire',
  responseScales: [
    {
      id: 'canary-five',
      responses: [-97, -96, -95, -94, -93].map((value) => ({
        value,
        text: { en: `canary response ${value}` },
      })),
    },
  ],
  scales: [
    scaleOf(
      'canary-calm',
      statements.map((item, i) => ({ item: item.id, reversed: i % 2 === 1 })),
    ),
  ],
});

const basis = { kk: 'ереже', ru: 'правило', en: 'rule' };
const plans: SectionPlan[] = [
  { bank: legislation, threshold: { total: 3, eachTopic: 1, basis } },
  { bank: logic, threshold: { total: 2, basis } },
  { bank: traits },
];

const issued = issue(plans);

const answers: readonly (readonly [section: string, item: string, value: AnswerValue])[] = [
  ['legislation', 'canary-a1', 'canary-right-a1'],
  ['legislation', 'canary-a2', 'canary-wrong-a2'],
  ['legislation', 'canary-a3', 'canary-right-a3'],
  ['legislation', 'canary-a4', 'canary-right-a4'],
  ['logic', 'canary-b1', 'canary-wrong-b1'],
  ['logic', 'canary-b2', 'canary-other-b2'],
  ['logic', 'canary-b3', 'canary-right-b3'],
  ['traits', 'canary-c1', -97],
  ['traits', 'canary-c2', -94],
  ['traits', 'canary-c3', -96],
  ['traits', 'canary-c4', -93],
  ['traits', 'canary-c5', -95],
];

const first = 'c1aaaaaaaaaaaaaaaaaa';
const second = 'c2bbbbbbbbbbbbbbbbbb';

function answering(section: string, minute: number, client: string, seq: number): Act[] {
  return answers
    .filter(([own]) => own === section)
    .map(([, itemId, value], i): Act => ({
      kind: 'answered',
      body: { itemId, value },
      minute: minute + i / 4,
      client: [client, seq + i],
    }));
}

/** A whole morning: two terminals, a pause, an extension, an outage, a withdrawn answer, a resent older answer, a section that timed out. */
export const sampleActs: readonly Act[] = [
  issuedAct(issued, 25),
  { kind: 'leased', minute: 0, body: { by: 'code' }, client: [first, 0] },
  { kind: 'identified', minute: 1, body: {}, client: [first, 1] },
  { kind: 'accepted', minute: 2, body: { noticeVersion: '1.0.0', language: 'ru' }, client: [first, 2] },
  { kind: 'admitted', minute: 3, body: { by: 'operator-random-id' } },
  {
    kind: 'started',
    minute: 4,
    body: { section: 'legislation', language: 'ru', limitMs: 75_000 },
    client: [first, 3],
  },
  { kind: 'viewed', minute: 4, body: { itemId: 'canary-a1' }, client: [first, 4] },
  ...answering('legislation', 4.1, first, 10),
  { kind: 'flagged', minute: 5, body: { itemId: 'canary-a2', flagged: true }, client: [first, 14] },
  {
    kind: 'fault',
    minute: 5,
    body: { itemId: 'canary-a2', text: 'canary: two options look right' },
    client: [first, 15],
  },
  { kind: 'paused', minute: 5.1, body: { by: 'operator-random-id', reason: 'fire drill' } },
  { kind: 'resumed', minute: 15.1, body: { by: 'operator-random-id' } },
  { kind: 'answered', minute: 15.2, body: { itemId: 'canary-a4', value: null }, client: [first, 17] },
  // sent before the withdrawal, arrived after it: must not bring the answer back
  {
    kind: 'answered',
    minute: 15.21,
    body: { itemId: 'canary-a4', value: 'canary-other-a4' },
    client: [first, 16],
  },
  {
    kind: 'answered',
    minute: 15.22,
    body: { itemId: 'canary-a4', value: 'canary-right-a4' },
    client: [first, 18],
  },
  { kind: 'closed', minute: 15.25, body: { section: 'legislation', how: 'handed-in' }, client: [first, 19] },
  {
    kind: 'started',
    minute: 16,
    body: { section: 'logic', language: 'ru', limitMs: 75_000 },
    client: [first, 20],
  },
  { kind: 'language', minute: 16, body: { language: 'kk' }, client: [first, 21] },
  ...answering('logic', 16.1, first, 22),
  { kind: 'transferred', minute: 16.8, body: { by: 'operator-random-id' } },
  { kind: 'leased', minute: 16.9, body: { by: 'transfer' }, client: [second, 0] },
  {
    kind: 'incident',
    minute: 17,
    body: {
      cause: 'server-outage',
      fromAt: startAt + 16.9 * 60_000,
      toAt: startAt + 17 * 60_000,
      lostMs: 6000,
      creditMs: 6250,
      uncertaintyMs: 250,
      method: 'hrtime',
    },
  },
  { kind: 'extended', minute: 17, body: { ms: 30_000, by: 'operator-random-id', reason: 'slow terminal' } },
  { kind: 'closed', minute: 18, body: { section: 'logic', how: 'timed-out' } },
  {
    kind: 'started',
    minute: 19,
    body: { section: 'traits', language: 'kk', limitMs: 75_000 },
    client: [second, 1],
  },
  ...answering('traits', 19, second, 2),
  { kind: 'closed', minute: 21, body: { section: 'traits', how: 'handed-in' }, client: [second, 8] },
  { kind: 'ended', minute: 21, body: { how: 'handed-in' } },
];

/** The record of the sample, or of other acts of the same attempt. */
export function recordOf(
  acts: readonly Act[] = sampleActs,
  key?: SealingKey,
  saltLabel?: string,
): AttemptRecord {
  return {
    ...makeRecord(issued, acts, key, saltLabel),
    lateAnswers: [{ itemId: 'canary-b1', value: 'canary-right-b1', at: startAt + 18.1 * 60_000 }],
  };
}
