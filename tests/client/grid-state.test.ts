import { describe, expect, test } from '@jest/globals';
import type { AttemptView, ShownItem } from '../../server/wire/contract.ts';
import { itemState, itemStates, learnStored, noFacts, tallyItems } from '../../client/terminal/grid-state.ts';
import {
  emptyOutbox,
  stepOutbox,
  type Entry,
  type Message,
  type OutboxState,
} from '../../client/terminal/outbox-state.ts';
import { salvageEntries } from '../../client/terminal/salvage-entries.ts';
import { choosePage } from '../../client/terminal/choose-page.ts';

const item = (id: string): ShownItem => ({ id, kind: 'single-choice', stem: { en: id }, options: [] });
const withQueued = (messages: readonly Message[], linked: boolean): OutboxState => {
  let state = emptyOutbox;
  if (linked) state = stepOutbox(state, { kind: 'linked', nextClientSeq: 1 }).state;
  for (const message of messages) state = stepOutbox(state, { kind: 'queued', message }).state;
  return state;
};
const answer = (itemId: string, value: string | null): Message => ({
  name: 'answer:submit',
  body: { itemId, value },
});
const flag = (itemId: string, flagged: boolean): Message => ({
  name: 'item:flag',
  body: { itemId, flagged },
});

describe('state of an item', () => {
  test('goes from none through storing to stored', () => {
    expect(itemState('a', noFacts, emptyOutbox).save).toBe('none');
    const outbox = withQueued([answer('a', 'x')], true);
    expect(itemState('a', noFacts, outbox)).toMatchObject({ value: 'x', answered: true, save: 'storing' });
    const [entry] = outbox.entries;
    if (entry === undefined) throw new Error('nothing queued');
    expect(itemState('a', learnStored(noFacts, entry), emptyOutbox)).toMatchObject({
      value: 'x',
      save: 'stored',
    });
  });

  test('says "not stored yet" without a link, also when an older answer is stored', () => {
    const facts = { answers: new Map([['a', 'old']]), flagged: new Set<string>() };
    expect(itemState('a', facts, withQueued([answer('a', 'new')], false))).toMatchObject({
      value: 'new',
      save: 'unsent',
    });
  });

  test('says "not stored yet" while the store fails', () => {
    const sent = withQueued([answer('a', 'x')], true);
    const failed = stepOutbox(sent, {
      kind: 'replied',
      sendingId: 1,
      clientSeq: 1,
      reply: { ok: false, code: 'STORAGE' },
    }).state;
    expect(itemState('a', noFacts, failed).save).toBe('unsent');
  });

  test('the newest of several acts counts', () => {
    const outbox = withQueued(
      [answer('a', 'x'), flag('a', true), answer('a', 'y'), flag('a', false), flag('b', true)],
      true,
    );
    expect(itemState('a', noFacts, outbox)).toMatchObject({ value: 'y', flagged: false });
    expect(itemState('b', noFacts, outbox)).toMatchObject({ answered: false, flagged: true, save: 'none' });
  });

  test('a cleared answer is stored, but it is no answer', () => {
    const outbox = withQueued([answer('a', null)], true);
    const [entry] = outbox.entries;
    if (entry === undefined) throw new Error('nothing queued');
    const facts = learnStored({ answers: new Map([['a', 'x']]), flagged: new Set() }, entry);
    expect(itemState('a', facts, emptyOutbox)).toMatchObject({ answered: false, save: 'stored' });
  });

  test('the tally adds up', () => {
    const facts = { answers: new Map([['a', 'x']]), flagged: new Set(['c']) };
    const states = itemStates(
      [item('a'), item('b'), item('c')],
      facts,
      withQueued([answer('b', 'y')], false),
    );
    expect(tallyItems(states)).toEqual({ answered: 2, unanswered: 1, flagged: 1, notStored: 1 });
  });
});

function viewWith(
  answers: Record<string, string | null>,
  flagged: string[] = [],
  over: Partial<AttemptView> = {},
): AttemptView {
  return {
    attemptId: 'attempt-1',
    epoch: 2,
    status: 'running',
    person: { name: 'N' },
    demonstration: true,
    programme: {
      id: 'p',
      version: '1.0.0',
      title: { en: 'P' },
      languages: ['en'],
      notice: { version: '1', paragraphs: [] },
      announceAtMs: [],
      admission: 'operator',
    },
    language: 'en',
    admitted: true,
    accommodations: { extraTimePercent: 0, largeText: false, highContrast: false },
    sections: [],
    open: {
      section: 's',
      language: 'en',
      items: ['a', 'b', 'c'].map(item),
      answers: Object.entries(answers).map(([itemId, value]) => ({ itemId, value })),
      flagged,
      remainingMs: 1000,
    },
    results: [],
    receipt: null,
    nextClientSeq: 1,
    serverAt: 0,
    ...over,
  };
}

describe('what a crash left behind', () => {
  const entries = (messages: readonly Message[]): Entry[] =>
    messages.map((message, n) => ({ ...message, clientSeq: n + 1 }));

  test('is sent again when the server does not have it, the last of each item only', () => {
    const left = entries([answer('a', 'x'), answer('a', 'y'), answer('b', 'z'), flag('c', true)]);
    expect(salvageEntries(left, viewWith({ b: 'z' }), false)).toEqual({
      again: [answer('a', 'y'), flag('c', true)],
      outlived: [],
    });
  });

  test('overrides an older stored answer of this terminal', () => {
    expect(salvageEntries(entries([answer('a', 'new')]), viewWith({ a: 'old' }), false).again).toEqual([
      answer('a', 'new'),
    ]);
  });

  test('never overrides an answer stored by another terminal, and says so', () => {
    const salvage = salvageEntries(
      entries([answer('a', 'mine'), answer('b', 'mine'), flag('c', true)]),
      viewWith({ a: 'theirs' }),
      true,
    );
    expect(salvage).toEqual({ again: [answer('b', 'mine')], outlived: ['a'] });
  });

  test('a report of a fault is sent in any case, a view never', () => {
    const report: Message = { name: 'fault:report', body: { itemId: 'a', text: 'two right answers' } };
    const left = entries([{ name: 'item:view', body: { itemId: 'a' } }, report]);
    expect(salvageEntries(left, viewWith({}), true).again).toEqual([report]);
  });

  test('what belongs to no open item is left', () => {
    expect(salvageEntries(entries([answer('gone', 'x')]), viewWith({}), false).again).toEqual([]);
    expect(
      salvageEntries(entries([answer('a', 'x')]), viewWith({}, [], { open: null }), false).again,
    ).toEqual([]);
  });
});

describe('page', () => {
  const closed = { open: null };
  test.each([
    [viewWith({}, [], { ...closed, status: 'checked-in' }), false, 'identity'],
    [viewWith({}, [], { ...closed, status: 'checked-in' }), true, 'notice'],
    [viewWith({}, [], { ...closed, status: 'waiting', admitted: false }), true, 'waiting'],
    [viewWith({}, [], { ...closed, status: 'waiting' }), true, 'section'],
    [viewWith({}), false, 'items'],
    [viewWith({}, [], closed), true, 'section'],
    [viewWith({}, [], { status: 'paused' }), true, 'paused'],
    [viewWith({}, [], { ...closed, status: 'timed-out' }), true, 'end'],
    [viewWith({}, [], { ...closed, status: 'declined' }), true, 'declined'],
    [viewWith({}, [], { ...closed, status: 'stopped' }), true, 'stopped'],
  ] as const)('%#: the view decides', (view, confirmed, page) => {
    expect(choosePage(view, confirmed)).toBe(page);
  });
});
