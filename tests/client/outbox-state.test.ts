import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  emptyOutbox,
  internalFaultsAllowed,
  stepOutbox,
  type Entry,
  type Message,
  type OutboxEffect,
  type OutboxEvent,
  type OutboxReply,
  type OutboxState,
} from '../../client/terminal/outbox-state.ts';

const answer = (itemId: string, value: string): Message => ({
  name: 'answer:submit',
  body: { itemId, value },
});
const stored = (n: number): OutboxReply => ({
  ok: true,
  data: { n, storedAt: 0, hash: '', remainingMs: 1000 },
});

/** Runs events from the first state and gives the last state and all effects. */
function run(
  events: readonly OutboxEvent[],
  from: OutboxState = emptyOutbox,
): { state: OutboxState; effects: OutboxEffect[] } {
  const effects: OutboxEffect[] = [];
  let state = from;
  for (const event of events) {
    const step = stepOutbox(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

const sends = (effects: readonly OutboxEffect[]) => effects.filter((effect) => effect.kind === 'send');
const linked: OutboxEvent = { kind: 'linked', nextClientSeq: 1 };

describe('outbox', () => {
  test('keeps a message while there is no link and sends it when there is one', () => {
    const before = run([{ kind: 'queued', message: answer('a', 'x') }]);
    expect(sends(before.effects)).toHaveLength(0);
    expect(before.effects).toContainEqual({ kind: 'save', entry: { ...answer('a', 'x'), clientSeq: 1 } });
    expect(sends(run([linked], before.state).effects)).toHaveLength(1);
  });

  test('has one message on its way at a time', () => {
    const { effects } = run([
      linked,
      { kind: 'queued', message: answer('a', 'x') },
      { kind: 'queued', message: answer('b', 'y') },
    ]);
    expect(sends(effects)).toHaveLength(1);
  });

  test('sends the same number again after a lost link', () => {
    const { effects } = run([
      linked,
      { kind: 'queued', message: answer('a', 'x') },
      { kind: 'unlinked' },
      linked,
    ]);
    expect(sends(effects).map((effect) => effect.kind === 'send' && effect.entry.clientSeq)).toEqual([1, 1]);
  });

  test('asks for a new link after the second silence', () => {
    const { effects } = run([
      linked,
      { kind: 'queued', message: answer('a', 'x') },
      { kind: 'timed-out', sendingId: 1 },
      { kind: 'timed-out', sendingId: 2 },
    ]);
    expect(effects.filter(({ kind }) => kind === 'suspect')).toHaveLength(1);
  });

  test('waits and repeats when the store cannot save, and lets nothing overtake', () => {
    const failed = run([
      linked,
      { kind: 'queued', message: answer('a', 'old') },
      { kind: 'replied', sendingId: 1, clientSeq: 1, reply: { ok: false, code: 'STORAGE' } },
      { kind: 'queued', message: answer('a', 'new') },
    ]);
    expect(failed.effects).toContainEqual({ kind: 'wait', failures: 1 });
    expect(sends(failed.effects)).toHaveLength(1);
    const again = run([{ kind: 'retry-due' }], failed.state);
    expect(sends(again.effects)).toMatchObject([{ entry: { clientSeq: 1 } }]);
  });

  test.each(['LATE', 'NOT_OPEN', 'BAD_ANSWER', 'UNKNOWN_ITEM', 'SEQ_REUSED', 'BAD_SHAPE'] as const)(
    '%s ends a message and tells so',
    (code) => {
      const { state, effects } = run([
        linked,
        { kind: 'queued', message: answer('a', 'x') },
        { kind: 'queued', message: answer('b', 'y') },
        { kind: 'replied', sendingId: 1, clientSeq: 1, reply: { ok: false, code } },
      ]);
      expect(effects).toContainEqual({ kind: 'refused', entry: { ...answer('a', 'x'), clientSeq: 1 }, code });
      expect(effects).toContainEqual({ kind: 'forget', clientSeq: 1 });
      expect(state.entries.map((entry) => entry.clientSeq)).toEqual([2]);
      expect(state.sending?.clientSeq).toBe(2);
    },
  );

  test.each(['SUPERSEDED', 'NOT_SIGNED_IN'] as const)('%s stops the sending and keeps everything', (code) => {
    const { state, effects } = run([
      linked,
      { kind: 'queued', message: answer('a', 'x') },
      { kind: 'replied', sendingId: 1, clientSeq: 1, reply: { ok: false, code } },
      { kind: 'queued', message: answer('b', 'y') },
    ]);
    expect(effects).toContainEqual({ kind: 'halted', code });
    expect(state.entries).toHaveLength(2);
    expect(sends(effects)).toHaveLength(1);
  });

  test('one message that breaks the server is set aside after some tries', () => {
    const events: OutboxEvent[] = [linked, { kind: 'queued', message: answer('a', 'x') }];
    for (let sendingId = 1; sendingId <= internalFaultsAllowed; sendingId += 1) {
      events.push(
        { kind: 'replied', sendingId, clientSeq: 1, reply: { ok: false, code: 'INTERNAL' } },
        { kind: 'retry-due' },
      );
    }
    const { state, effects } = run(events);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'refused', code: 'INTERNAL' }));
    expect(state.entries).toHaveLength(0);
  });

  test('a refusal of an old sending says nothing about the present one', () => {
    const { state, effects } = run([
      linked,
      { kind: 'queued', message: answer('a', 'x') },
      { kind: 'unlinked' },
      linked,
      { kind: 'replied', sendingId: 1, clientSeq: 1, reply: { ok: false, code: 'SUPERSEDED' } },
    ]);
    expect(effects.some(({ kind }) => kind === 'halted')).toBe(false);
    expect(state.entries).toHaveLength(1);
  });

  test('starts after the numbers the server has seen', () => {
    const { state } = run([
      { kind: 'linked', nextClientSeq: 7 },
      { kind: 'queued', message: answer('a', 'x') },
    ]);
    expect(state.entries[0]?.clientSeq).toBe(7);
  });
});

/** The worst network: what a step does to the world is drawn at random. */
type Turn =
  | { kind: 'act'; item: number; value: number }
  | {
      kind:
        | 'link'
        | 'unlink'
        | 'deliver'
        | 'lose-request'
        | 'lose-reply'
        | 'answer-late'
        | 'time-out'
        | 'fail'
        | 'retry';
    };

const turns = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('act' as const), item: fc.nat(3), value: fc.nat(9) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('link', 'deliver') }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'unlink',
          'lose-request',
          'lose-reply',
          'answer-late',
          'time-out',
          'fail',
          'retry',
        ),
      }),
    },
  ),
  { maxLength: 120 },
);

/** A server that stores by number, once, and answers a repeat with the same reply. */
class World {
  state: OutboxState = emptyOutbox;
  /** what the server has, in its order */
  readonly journal: Entry[] = [];
  readonly acts: Message[] = [];
  readonly told: number[] = [];
  readonly kept = new Set<number>();
  private onWay: { entry: Entry; sendingId: number }[] = [];
  private lateReplies: { clientSeq: number; sendingId: number; reply: OutboxReply }[] = [];

  feed(event: OutboxEvent): void {
    const step = stepOutbox(this.state, event);
    this.state = step.state;
    for (const effect of step.effects) {
      if (effect.kind === 'send') this.onWay.push({ entry: effect.entry, sendingId: effect.sendingId });
      if (effect.kind === 'save') this.kept.add(effect.entry.clientSeq);
      if (effect.kind === 'forget') this.kept.delete(effect.clientSeq);
      if (effect.kind === 'settled') this.told.push(effect.entry.clientSeq);
      if (effect.kind === 'refused' || effect.kind === 'halted') throw new Error(`unexpected ${effect.kind}`);
    }
  }

  store(entry: Entry): OutboxReply {
    const known = this.journal.findIndex((each) => each.clientSeq === entry.clientSeq);
    if (known >= 0) {
      if (JSON.stringify(this.journal[known]) !== JSON.stringify(entry))
        throw new Error('a number was used for another content');
      return stored(known + 1);
    }
    this.journal.push(entry);
    return stored(this.journal.length);
  }

  turn(turn: Turn): void {
    switch (turn.kind) {
      case 'act': {
        const message = answer(`item-${turn.item}`, `value-${turn.value}`);
        this.acts.push(message);
        return this.feed({ kind: 'queued', message });
      }
      case 'link':
        return this.feed({ kind: 'linked', nextClientSeq: 1 });
      case 'unlink':
        // What is on its way dies with the link, but the server may have stored it: both are drawn.
        return this.feed({ kind: 'unlinked' });
      case 'retry':
        return this.feed({ kind: 'retry-due' });
      case 'time-out': {
        const last = this.onWay.at(-1);
        return last === undefined ? undefined : this.feed({ kind: 'timed-out', sendingId: last.sendingId });
      }
      case 'answer-late': {
        const late = this.lateReplies.shift();
        return late === undefined ? undefined : this.feed({ kind: 'replied', ...late });
      }
      case 'lose-request':
        return void this.onWay.shift();
      case 'deliver':
      case 'lose-reply':
      case 'fail': {
        const sent = this.onWay.shift();
        if (sent === undefined) return undefined;
        const { entry, sendingId } = sent;
        const at = { clientSeq: entry.clientSeq, sendingId };
        if (turn.kind === 'fail')
          return this.feed({ kind: 'replied', ...at, reply: { ok: false, code: 'STORAGE' } });
        const reply = this.store(entry);
        if (turn.kind === 'deliver') return this.feed({ kind: 'replied', ...at, reply });
        this.lateReplies.push({ ...at, reply });
        return undefined;
      }
    }
  }

  /** A good network at last. */
  calm(): void {
    this.onWay = [];
    this.feed({ kind: 'unlinked' });
    this.feed({ kind: 'linked', nextClientSeq: 1 });
    while (this.onWay.length > 0) this.turn({ kind: 'deliver' });
  }
}

test('whatever the network does, every act is stored once, in order, and "stored" is said only of what is stored', () => {
  fc.assert(
    fc.property(turns, (drawn) => {
      const world = new World();
      for (const turn of drawn) {
        world.turn(turn);
        const inJournal = new Set(world.journal.map((entry) => entry.clientSeq));
        for (const clientSeq of world.told) expect(inJournal.has(clientSeq)).toBe(true);
        expect(world.kept).toEqual(new Set(world.state.entries.map((entry) => entry.clientSeq)));
      }
      world.calm();
      expect(world.state.entries).toEqual([]);
      expect(world.journal.map(({ name, body }) => ({ name, body }))).toEqual(world.acts);
      expect([...world.told].sort((a, b) => a - b)).toEqual(world.acts.map((_, n) => n + 1));
    }),
    { numRuns: 400 },
  );
});
