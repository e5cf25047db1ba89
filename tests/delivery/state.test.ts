/** The state of an attempt is the fold of its journal, and of nothing else. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ChainEntry } from '../../server/audit/chain.ts';
import { foldAnswers } from '../../server/audit/fold-answers.ts';
import type { Bodies, EntryKind } from '../../server/delivery/bodies.ts';
import { asFoldEntry, nextEntry, type Draft } from '../../server/delivery/live-attempts.ts';
import {
  applyEntry,
  deadlineAt,
  emptyState,
  hasUsed,
  nextClientSeq,
  type AttemptState,
} from '../../server/delivery/state.ts';
import { testFacts } from '../kit/test-facts.ts';

const facts = testFacts();
const items = facts.itemsOnForm.map((section) => section.map((i) => i.id));
const runs = Number(process.env['ADIL_RUNS'] ?? 100);

function fold(entries: readonly ChainEntry[], from: AttemptState = emptyState(facts)): AttemptState {
  for (const e of entries) applyEntry(from, asFoldEntry(e));
  return from;
}

/** Entries of one chain from drafts. */
function chain(drafts: readonly Draft<EntryKind>[]): ChainEntry[] {
  const state = emptyState(facts);
  return drafts.map((d) => {
    const entry = nextEntry(state, d);
    applyEntry(state, asFoldEntry(entry));
    return entry;
  });
}

const draft = <K extends EntryKind>(kind: K, body: Bodies[K], more: Partial<Draft<K>> = {}): Draft<K> => ({
  kind,
  body,
  at: 0,
  ...more,
});

/** Any entry that any act could write, in any order: folding must not care whether the order makes sense. */
const anyDraft: fc.Arbitrary<Draft<EntryKind>> = fc
  .record({
    at: fc.integer({ min: 0, max: 1_000 }),
    itemId: fc.constantFrom(...items.flat()),
    section: fc.constantFrom('rules', 'style'),
    value: fc.constantFrom(null, 'a', 'b', 3),
    clientId: fc.constantFrom('x', 'y', 'z'),
    clientSeq: fc.integer({ min: 1, max: 9 }),
    ms: fc.integer({ min: 0, max: 500 }),
    language: fc.constantFrom('kk' as const, 'ru' as const, 'en' as const),
    how: fc.constantFrom('handed-in' as const, 'timed-out' as const),
    kind: fc.integer({ min: 0, max: 15 }),
  })
  .map((r): Draft<EntryKind> => {
    const { at, itemId, section, value, ms, language, how } = r;
    const sent = { at, clientId: r.clientId, clientSeq: r.clientSeq };
    const cause = 'connection' as const;
    const choices: readonly Draft<EntryKind>[] = [
      draft('answered', { itemId, value }, sent),
      draft('answered', { itemId, value }, sent),
      draft('answered', { itemId, value }, sent),
      draft('viewed', { itemId }, sent),
      draft('flagged', { itemId, flagged: ms % 2 === 0 }, sent),
      draft('fault', { itemId, text: 'x' }, sent),
      draft('leased', { by: 'cookie' }, { at, clientId: r.clientId, epoch: r.clientSeq }),
      draft('identified', {}, { at }),
      draft('accepted', { noticeVersion: '1.0.0', language }, { at }),
      draft('admitted', { by: 'x' }, { at }),
      draft('started', { section, language, limitMs: 600_000 }, { at }),
      draft('language', { language }, { at }),
      draft(
        'incident',
        { cause, fromAt: at, toAt: at + ms, lostMs: ms, creditMs: ms, uncertaintyMs: 0, method: 'observed' },
        { at },
      ),
      draft('transferred', { by: 'x' }, { at }),
      draft('closed', { section, how }, { at }),
      ms % 20 === 0
        ? draft('ended', { how }, { at })
        : draft('extended', { ms, by: 'x', reason: 'x' }, { at }),
    ];
    return choices[r.kind] ?? draft('viewed', { itemId }, sent);
  });

describe('the fold', () => {
  test('is the same each time, also when it stops anywhere and goes on', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { maxLength: 60 }), fc.nat(60), (drafts, cut) => {
        const entries = chain(drafts);
        const whole = fold(entries);
        expect(fold(entries)).toEqual(whole);
        expect(fold(entries.slice(cut), fold(entries.slice(0, cut)))).toEqual(whole);
        // What came out of the store, as JSON, folds alike.
        const stored: ChainEntry[] = JSON.parse(JSON.stringify(entries));
        expect(fold(stored)).toEqual(whole);
      }),
      { numRuns: runs },
    );
  });

  test('holds the answers that the auditor’s own fold finds', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { maxLength: 80 }), (drafts) => {
        const entries = chain(drafts);
        const mine = [...fold(entries).answers].flatMap(([id, slot]) =>
          slot.value === null ? [] : [[id, slot.value]],
        );
        expect(new Map(mine as [string, string | number][])).toEqual(foldAnswers(entries));
      }),
      { numRuns: runs },
    );
  });

  test('of one sign-in’s answers does not depend on the order they came in: the last number counts', () => {
    const values = fc.array(fc.constantFrom(null, 'a', 'b', 'c'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        values.chain((v) =>
          fc.tuple(fc.constant(v), fc.shuffledSubarray([...v.keys()], { minLength: v.length })),
        ),
        ([sent, order]) => {
          const itemId = items[0]?.[0] ?? '';
          const state = fold(
            chain(
              order.map((i) =>
                draft('answered', { itemId, value: sent[i] ?? null }, { clientId: 'x', clientSeq: i + 1 }),
              ),
            ),
          );
          expect(state.answers.get(itemId)?.value).toBe(sent.at(-1));
        },
      ),
      { numRuns: runs },
    );
  });

  test('refuses an entry that is not the next', () => {
    const [first, second, third] = chain([
      draft('identified', {}),
      draft('identified', {}),
      draft('identified', {}),
    ]);
    if (!first || !second || !third) throw new Error('three entries');
    expect(() => fold([second])).toThrow('entry 2 after 0');
    expect(() => fold([first, third])).toThrow('entry 3 after 1');
    expect(() => fold([first, first])).toThrow('entry 1 after 1');
  });

  test('refuses a section that the programme does not have', () => {
    const [entry] = chain([draft('identified', {})]);
    const bad = {
      ...entry,
      kind: 'started',
      body: { section: 'nope', language: 'kk', limitMs: 1 },
    } as ChainEntry;
    expect(() => fold([bad])).toThrow('no section nope');
  });
});

test('time never runs back along a chain', () => {
  const entries = chain([draft('identified', {}, { at: 500 }), draft('identified', {}, { at: 400 })]);
  expect(entries.map((e) => e.at)).toEqual([500, 500]);
});

test('a client that takes the lease back finds its own numbers, and no other’s', () => {
  const lease = (clientId: string, epoch: number) => draft('leased', { by: 'cookie' }, { clientId, epoch });
  const say = (clientId: string, clientSeq: number) =>
    draft('viewed', { itemId: items[0]?.[0] ?? '' }, { clientId, clientSeq });
  const state = fold(chain([lease('x', 1), say('x', 1), say('x', 4), lease('y', 2), say('y', 2)]));
  expect([hasUsed(state, 2), hasUsed(state, 4), nextClientSeq(state)]).toEqual([true, false, 3]);
  fold([nextEntry(state, lease('x', 3))], state);
  expect([hasUsed(state, 2), hasUsed(state, 4), nextClientSeq(state)]).toEqual([false, true, 5]);
});

test('a pause stops the clock of the open section and gives the time back', () => {
  const state = fold(
    chain([
      draft('started', { section: 'rules', language: 'kk', limitMs: 600_000 }, { at: 1_000 }),
      draft('paused', { by: 'x', reason: 'alarm' }, { at: 61_000 }),
    ]),
  );
  expect([state.status, deadlineAt(state)]).toEqual(['paused', null]);
  applyEntry(state, asFoldEntry(nextEntry(state, draft('resumed', { by: 'x' }, { at: 161_000 }))));
  expect([state.status, deadlineAt(state)]).toEqual(['running', 1_000 + 600_000 + 100_000]);
  applyEntry(
    state,
    asFoldEntry(
      nextEntry(state, draft('extended', { ms: 5_000, by: 'x', reason: 'noise' }, { at: 162_000 })),
    ),
  );
  expect(deadlineAt(state)).toBe(706_000);
});
