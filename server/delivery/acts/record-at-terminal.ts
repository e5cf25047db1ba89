import { canonical } from '../../audit/chain.ts';
import { Refusal } from '../../errors.ts';
import { isAnswer } from '../../../question-banks/kinds/item-kinds.ts';
import { itemOnForm } from '../attempt-facts.ts';
import type { Bodies } from '../bodies.ts';
import type { Delivery } from '../delivery.ts';
import { remainingMs, isLate } from '../remaining.ts';
import type { Live } from '../live-attempts.ts';
import { settleReturn } from '../settle-absence.ts';
import { hasUsed } from '../state.ts';

/** What an employee records while a section is open: all of it on one road, numbered by the terminal. */
export type RecordKind = 'answered' | 'viewed' | 'flagged' | 'fault';

export interface Stored {
  readonly n: number;
  readonly storedAt: number;
  readonly hash: string;
  readonly remainingMs: number;
}

export interface RecordRequest<K extends RecordKind> {
  readonly kind: K;
  readonly body: Bodies[K];
  readonly epoch: number;
  readonly clientSeq: number;
  /** it came without a connection, whose return would have told that the person is back */
  readonly byHttp?: boolean;
}

/**
 * Stores an answer (or a view, a flag, a reported fault) and returns only when it is durable. A repeat under the same number returns the
 * same n, storedAt and hash. What comes too late or under an old lease is kept beside the journal and refused.
 * @param receivedAt when the server received it, before any queue: the time that counts
 */
export async function recordAtTerminal<K extends RecordKind>(
  d: Delivery,
  attemptId: string,
  r: RecordRequest<K>,
  receivedAt: number,
): Promise<Stored> {
  return d.lives.inTurn(attemptId, async (live) => {
    const { state, facts } = live;
    if (r.epoch !== state.epoch) return refuse(d, live, r, receivedAt, 'SUPERSEDED');
    if (r.byHttp === true) await settleReturn(d, live);
    if (hasUsed(state, r.clientSeq)) return repeat(d, live, r);
    const open = state.sections[state.open];
    if (!open)
      return refuse(d, live, r, receivedAt, wasInClosedSection(live, r.body.itemId) ? 'LATE' : 'NOT_OPEN');
    const found = itemOnForm(facts, state.open, r.body.itemId);
    if (!found)
      return refuse(
        d,
        live,
        r,
        receivedAt,
        wasInClosedSection(live, r.body.itemId) ? 'LATE' : 'UNKNOWN_ITEM',
      );
    if (state.pausedAt !== null) throw new Refusal('NOT_OPEN');
    if ('value' in r.body && !isAnswer(found.item, found.bank, r.body.value)) throw new Refusal('BAD_ANSWER');
    if (isLate(live, receivedAt)) return refuse(d, live, r, receivedAt, 'LATE');
    const entry = await d.lives.write(live, {
      kind: r.kind,
      body: r.body,
      at: receivedAt,
      clientId: state.clientId,
      clientSeq: r.clientSeq,
    });
    return {
      n: entry.n,
      storedAt: entry.at,
      hash: entry.hash,
      remainingMs: remainingMs(live, d.clock.now()),
    };
  });
}

function wasInClosedSection(live: Live, itemId: string): boolean {
  return live.state.sections.some(
    (s, i) => s.status === 'closed' && itemOnForm(live.facts, i, itemId) !== null,
  );
}

/** The terminal did not hear the acknowledgement and asks again. */
async function repeat<K extends RecordKind>(d: Delivery, live: Live, r: RecordRequest<K>): Promise<Stored> {
  const entry = await d.store.findBySeq(live.facts.attemptId, live.state.clientId, r.clientSeq);
  if (!entry || entry.kind !== r.kind || canonical(entry.body) !== canonical(r.body))
    throw new Refusal('SEQ_REUSED');
  return { n: entry.n, storedAt: entry.at, hash: entry.hash, remainingMs: remainingMs(live, d.clock.now()) };
}

async function refuse<K extends RecordKind>(
  d: Delivery,
  live: Live,
  r: RecordRequest<K>,
  at: number,
  code: 'LATE' | 'SUPERSEDED' | 'NOT_OPEN' | 'UNKNOWN_ITEM',
): Promise<never> {
  const kept = code === 'LATE' || (code === 'SUPERSEDED' && r.epoch < live.state.epoch);
  if (kept && 'value' in r.body && isOnForm(live, r.body.itemId))
    await d.store.insertLate({
      _id: `${live.facts.attemptId}:${r.epoch}:${r.clientSeq}`,
      attemptId: live.facts.attemptId,
      clientId: String(r.epoch),
      clientSeq: r.clientSeq,
      itemId: r.body.itemId,
      value: r.body.value,
      at,
      code,
    });
  throw new Refusal(code);
}

function isOnForm(live: Live, itemId: string): boolean {
  return live.state.sections.some((_, i) => itemOnForm(live.facts, i, itemId) !== null);
}
