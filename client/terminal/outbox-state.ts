/**
 * The outbox without effects: what waits, what is on its way, what a reply means. One message is on its way at a time, in the order of
 * the person's acts, so an older answer can never land after a newer one. A number (clientSeq) is bound to one content for ever; a
 * repeat is the same message, and the server answers it with the same reply.
 */
import type { In, Out, RefusalOf } from '../../server/wire/contract.ts';

export type SequencedName = 'answer:submit' | 'item:view' | 'item:flag' | 'fault:report';
type Bare<K extends SequencedName> = Omit<In<K>, 'epoch' | 'clientSeq'>;
/** A message without the lease and the number: those are added when it is sent. */
export type Message = { [K in SequencedName]: { readonly name: K; readonly body: Bare<K> } }[SequencedName];
export type Entry = Message & { readonly clientSeq: number };
export type StoredReply = Out<SequencedName>;
export type OutboxRefusal = RefusalOf<SequencedName>;
export type OutboxReply = { ok: true; data: StoredReply } | { ok: false; code: OutboxRefusal };

export interface OutboxState {
  /** not acknowledged yet, in the order of the person's acts */
  readonly entries: readonly Entry[];
  readonly nextSeq: number;
  readonly linked: boolean;
  /** the sending on its way, if any: a repeat of the same message is another sending */
  readonly sending: { readonly id: number; readonly clientSeq: number } | null;
  readonly lastSendingId: number;
  /** how often the first entry was tried without success since the last success */
  readonly failures: number;
}

export type OutboxEvent =
  | { readonly kind: 'queued'; readonly message: Message }
  | { readonly kind: 'linked'; readonly nextClientSeq: number }
  | { readonly kind: 'unlinked' }
  | {
      readonly kind: 'replied';
      readonly sendingId: number;
      readonly clientSeq: number;
      readonly reply: OutboxReply;
    }
  | { readonly kind: 'timed-out'; readonly sendingId: number }
  | { readonly kind: 'retry-due' }
  | { readonly kind: 'dropped'; readonly clientSeqs: readonly number[] };

export type OutboxEffect =
  | { readonly kind: 'save'; readonly entry: Entry }
  | { readonly kind: 'forget'; readonly clientSeq: number }
  | { readonly kind: 'send'; readonly entry: Entry; readonly sendingId: number }
  /** send again after a wait; `failures` sets its length */
  | { readonly kind: 'wait'; readonly failures: number }
  /** the link answers nothing: open it anew */
  | { readonly kind: 'suspect' }
  | { readonly kind: 'settled'; readonly entry: Entry; readonly data: StoredReply }
  /** this message will never be stored */
  | { readonly kind: 'refused'; readonly entry: Entry; readonly code: OutboxRefusal }
  /** nothing can be stored through this lease or cookie; the entries stay */
  | { readonly kind: 'halted'; readonly code: OutboxRefusal };

export interface OutboxStep {
  readonly state: OutboxState;
  readonly effects: readonly OutboxEffect[];
}

export const emptyOutbox: OutboxState = {
  entries: [],
  nextSeq: 1,
  linked: false,
  sending: null,
  lastSendingId: 0,
  failures: 0,
};

/** After so many INTERNAL replies one message is set aside, so that it cannot hold up the others for ever. */
export const internalFaultsAllowed = 5;

const retried: ReadonlySet<OutboxRefusal> = new Set(['STORAGE', 'BUSY', 'INTERNAL']);
const halting: ReadonlySet<OutboxRefusal> = new Set(['SUPERSEDED', 'NOT_SIGNED_IN']);

function pump(state: OutboxState, effects: OutboxEffect[]): OutboxStep {
  const first = state.entries[0];
  if (!state.linked || state.sending !== null || first === undefined) return { state, effects };
  const id = state.lastSendingId + 1;
  effects.push({ kind: 'send', entry: first, sendingId: id });
  return { state: { ...state, sending: { id, clientSeq: first.clientSeq }, lastSendingId: id }, effects };
}

function settle(state: OutboxState, clientSeq: number, effect: OutboxEffect): OutboxStep {
  const sending = state.sending?.clientSeq === clientSeq ? null : state.sending;
  const entries = state.entries.filter((entry) => entry.clientSeq !== clientSeq);
  return pump({ ...state, entries, sending, failures: 0 }, [{ kind: 'forget', clientSeq }, effect]);
}

function hear(state: OutboxState, event: OutboxEvent & { kind: 'replied' }): OutboxStep {
  const entry = state.entries.find((candidate) => candidate.clientSeq === event.clientSeq);
  if (entry === undefined) return { state, effects: [] };
  // A late "stored" is as true as a timely one; a late "no" may speak of a lease that is over.
  if (event.reply.ok)
    return settle(state, event.clientSeq, { kind: 'settled', entry, data: event.reply.data });
  if (state.sending?.id !== event.sendingId) return { state, effects: [] };
  const { code } = event.reply;
  if (halting.has(code))
    return { state: { ...state, sending: null, linked: false }, effects: [{ kind: 'halted', code }] };
  const failures = state.failures + 1;
  if (retried.has(code) && !(code === 'INTERNAL' && failures >= internalFaultsAllowed)) {
    // `sending` stays set: nothing else may overtake while it waits for the retry.
    return { state: { ...state, failures }, effects: [{ kind: 'wait', failures }] };
  }
  return settle(state, event.clientSeq, { kind: 'refused', entry, code });
}

/** The next state and what must be done in the world. Total: any event in any state is answered. */
export function stepOutbox(state: OutboxState, event: OutboxEvent): OutboxStep {
  switch (event.kind) {
    case 'queued': {
      const entry: Entry = { ...event.message, clientSeq: state.nextSeq };
      return pump({ ...state, entries: [...state.entries, entry], nextSeq: state.nextSeq + 1 }, [
        { kind: 'save', entry },
      ]);
    }
    case 'linked':
      return pump(
        { ...state, linked: true, sending: null, nextSeq: Math.max(state.nextSeq, event.nextClientSeq) },
        [],
      );
    case 'unlinked':
      return { state: { ...state, linked: false, sending: null }, effects: [] };
    case 'replied':
      return hear(state, event);
    case 'timed-out': {
      if (state.sending?.id !== event.sendingId) return { state, effects: [] };
      const failures = state.failures + 1;
      return pump({ ...state, sending: null, failures }, failures >= 2 ? [{ kind: 'suspect' }] : []);
    }
    case 'retry-due':
      return state.failures > 0 ? pump({ ...state, sending: null }, []) : { state, effects: [] };
    case 'dropped': {
      const gone = new Set(event.clientSeqs);
      const sending = state.sending !== null && gone.has(state.sending.clientSeq) ? null : state.sending;
      const effects = state.entries
        .filter((entry) => gone.has(entry.clientSeq))
        .map(({ clientSeq }) => ({ kind: 'forget', clientSeq }) as const);
      return pump(
        { ...state, sending, entries: state.entries.filter((entry) => !gone.has(entry.clientSeq)) },
        effects,
      );
    }
  }
}
