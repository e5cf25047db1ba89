import { verifyChain, type ChainEntry, type Json } from '../../audit/chain.ts';
import type { Value } from '../../wire/contract.ts';
import type { Ledger, Sent, Stored } from './ledger.ts';

export interface LedgerCheck {
  /** acknowledged, but not in the journal as acknowledged, or not what the journal or the terminal's page ends with */
  readonly lost: number;
  /** stored more than once, or a repeat that was acknowledged as something else */
  readonly duplicated: number;
  /** in the journal under this terminal's name, but never sent by it */
  readonly unexplained: number;
  readonly chainBroken: boolean;
}

const kindOf = { 'answer:submit': 'answered', 'item:view': 'viewed', 'item:flag': 'flagged' } as const;

/**
 * Compares what a simulated employee was told with what the journal of the attempt holds. Written against the journal's format alone:
 * the state code of the server has no part in it, so that a fault there cannot hide itself.
 * @param entries the whole chain in order of n
 */
export function checkLedger(ledger: Ledger, entries: readonly ChainEntry[]): LedgerCheck {
  const bySeq = new Map<number, ChainEntry[]>();
  for (const e of entries) {
    if (e.clientId !== ledger.clientId || e.clientSeq === 0) continue;
    const same = bySeq.get(e.clientSeq);
    if (same) same.push(e);
    else bySeq.set(e.clientSeq, [e]);
  }

  const lost = new Set<number>();
  let duplicated = ledger.unequalRepeats;
  let unexplained = 0;
  for (const [seq, same] of bySeq) {
    duplicated += same.length - 1;
    const sent = ledger.sent.get(seq);
    if (!sent || !same.every((e) => says(e, sent))) unexplained += 1;
  }
  for (const [seq, stored] of ledger.acked) {
    const sent = ledger.sent.get(seq);
    const kept = sent && bySeq.get(seq)?.some((e) => isAcked(e, stored) && says(e, sent));
    if (kept !== true) lost.add(seq);
  }
  const stored = lastStored(ledger, bySeq);
  for (const [itemId, end] of expectedEnds(ledger)) {
    if (!end.values.has(stored.get(itemId) ?? null)) lost.add(end.lastAckedSeq);
    if (ledger.shown && !end.values.has(ledger.shown.get(itemId) ?? null)) lost.add(end.lastAckedSeq);
  }
  const closed =
    ledger.handedIn === null ||
    entries.some((e) => e.kind === 'closed' && field(e.body, 'section') === ledger.handedIn);
  return {
    lost: lost.size + (closed ? 0 : 1),
    duplicated,
    unexplained,
    chainBroken: verifyChain('attempt', ledger.attemptId, entries) !== null,
  };
}

function isAcked(e: ChainEntry, stored: Stored): boolean {
  return e.n === stored.n && e.hash === stored.hash && e.at === stored.storedAt;
}

function says(e: ChainEntry, sent: Sent): boolean {
  if (e.kind !== kindOf[sent.name] || field(e.body, 'itemId') !== sent.itemId) return false;
  if (sent.name === 'answer:submit') return field(e.body, 'value') === sent.value;
  if (sent.name === 'item:flag') return field(e.body, 'flagged') === sent.flagged;
  return true;
}

function field(body: Json, name: string): Json | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.entries(body).find(([k]) => k === name)?.[1]
    : undefined;
}

interface End {
  readonly lastAckedSeq: number;
  readonly values: Set<Value>;
}

/** By item what it may end with: the last acknowledged value, or one sent after it whose acknowledgement was not heard. */
function expectedEnds(ledger: Ledger): Map<string, End> {
  const answers = [...ledger.sent.values()]
    .filter((m) => m.name === 'answer:submit')
    .toSorted((a, b) => a.clientSeq - b.clientSeq);
  const ends = new Map<string, End>();
  for (const { clientSeq, itemId, value } of answers) {
    if (ledger.acked.has(clientSeq)) ends.set(itemId, { lastAckedSeq: clientSeq, values: new Set([value]) });
    else ends.get(itemId)?.values.add(value);
  }
  return ends;
}

function lastStored(ledger: Ledger, bySeq: ReadonlyMap<number, readonly ChainEntry[]>): Map<string, Value> {
  const last = new Map<string, Value>();
  for (const seq of [...bySeq.keys()].toSorted((a, b) => a - b)) {
    const sent = ledger.sent.get(seq);
    if (sent?.name === 'answer:submit') last.set(sent.itemId, sent.value);
  }
  return last;
}

/** Milliseconds that the journal gave back to the person in all. */
export function creditedMs(entries: readonly ChainEntry[]): number {
  return entries.reduce((sum, e) => {
    const ms = e.kind === 'incident' ? field(e.body, 'creditMs') : 0;
    return sum + (typeof ms === 'number' ? ms : 0);
  }, 0);
}
