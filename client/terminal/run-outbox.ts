/** The outbox at work: runs the effects of outbox-state in the browser. */
import type { Ask } from '../shared/ask.ts';
import { backOffMs } from '../shared/back-off.ts';
import {
  emptyOutbox,
  stepOutbox,
  type Entry,
  type Message,
  type OutboxEffect,
  type OutboxEvent,
  type OutboxRefusal,
  type OutboxReply,
  type OutboxState,
  type StoredReply,
} from './outbox-state.ts';
import type { OutboxStore } from './outbox-store.ts';

/** After this without a reply a message is sent again, ms. */
const replyTimeoutMs = 5_000;

export interface OutboxOptions {
  readonly attemptId: string;
  readonly clientId: string;
  readonly store: OutboxStore;
  readonly ask: Ask;
  readonly random: () => number;
  readonly now: () => number;
  readonly changed: (state: OutboxState) => void;
  readonly settled: (entry: Entry, data: StoredReply, sentAt: number) => void;
  readonly refused: (entry: Entry, code: OutboxRefusal) => void;
  readonly halted: (code: OutboxRefusal) => void;
  readonly suspect: () => void;
}

export interface Outbox {
  readonly state: () => OutboxState;
  readonly put: (message: Message) => void;
  readonly linked: (epoch: number, nextClientSeq: number) => void;
  readonly unlinked: () => void;
  readonly drop: (clientSeqs: readonly number[]) => void;
  /** sends now what waits for a later try: for the last seconds before the time is up */
  readonly hurry: () => void;
  /** ends this outbox; what it held stays in the store */
  readonly close: () => void;
}

export function runOutbox(options: OutboxOptions): Outbox {
  const { attemptId, clientId, store } = options;
  let state = emptyOutbox;
  let epoch = 1;
  let closed = false;
  /** when the message was sent whose reply is being heard */
  let replySentAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // One after another, so that "forget" cannot overtake "save". A disk that fails must not stop the answers.
  let writing: Promise<unknown> = Promise.resolve();
  const write = (act: () => Promise<void>) => {
    writing = writing.then(act).catch(() => undefined);
  };

  const step = (event: OutboxEvent) => {
    if (closed) return;
    const next = stepOutbox(state, event);
    state = next.state;
    options.changed(state);
    next.effects.forEach(run);
  };

  const send = async (entry: Entry, sendingId: number) => {
    const sentAt = options.now();
    const reply = await post(entry);
    if (reply === null) return step({ kind: 'timed-out', sendingId });
    replySentAt = sentAt;
    step({ kind: 'replied', sendingId, clientSeq: entry.clientSeq, reply });
  };

  const post = async (entry: Entry): Promise<OutboxReply | null> => {
    const { clientSeq } = entry;
    switch (entry.name) {
      case 'answer:submit':
        return options.ask(entry.name, { ...entry.body, epoch, clientSeq }, replyTimeoutMs);
      case 'item:view':
        return options.ask(entry.name, { ...entry.body, epoch, clientSeq }, replyTimeoutMs);
      case 'item:flag':
        return options.ask(entry.name, { ...entry.body, epoch, clientSeq }, replyTimeoutMs);
      case 'fault:report':
        return options.ask(entry.name, { ...entry.body, epoch, clientSeq }, replyTimeoutMs);
    }
  };

  const run = (effect: OutboxEffect) => {
    switch (effect.kind) {
      case 'save':
        // That an item was on screen is not worth a write: after a crash it is not sent again.
        if (effect.entry.name === 'item:view') return undefined;
        return write(() => store.save(attemptId, clientId, effect.entry));
      case 'forget':
        return write(() => store.forget(attemptId, clientId, effect.clientSeq));
      case 'send':
        return void send(effect.entry, effect.sendingId);
      case 'wait':
        clearTimeout(timer);
        timer = setTimeout(
          () => step({ kind: 'retry-due' }),
          backOffMs(effect.failures - 1, options.random()),
        );
        return undefined;
      case 'suspect':
        return options.suspect();
      case 'settled':
        return options.settled(effect.entry, effect.data, replySentAt);
      case 'refused':
        return options.refused(effect.entry, effect.code);
      case 'halted':
        return options.halted(effect.code);
    }
  };

  return {
    state: () => state,
    put: (message) => step({ kind: 'queued', message }),
    linked: (lease, nextClientSeq) => {
      epoch = lease;
      write(() => store.noteLease(attemptId, clientId, lease));
      step({ kind: 'linked', nextClientSeq });
    },
    unlinked: () => step({ kind: 'unlinked' }),
    drop: (clientSeqs) => step({ kind: 'dropped', clientSeqs }),
    hurry: () => {
      clearTimeout(timer);
      step({ kind: 'retry-due' });
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
