/**
 * The state of an attempt is the fold of its journal: nothing else may change it. Pure; time comes from the entries.
 *
 *   invited --leased--> checked-in --accepted--> waiting --started--> running --ended--> handed-in | timed-out | stopped
 *                            \--declined--> declined          paused <--> running
 */
import type { AnswerValue } from '../../question-banks/schema.ts';
import type { AttemptStatus, LanguageCode } from '../wire/contract.ts';
import { genesisHash, type ChainEntry } from '../audit/chain.ts';
import type { AttemptFacts } from './attempt-facts.ts';
import { limitWithExtraTime } from './attempt-facts.ts';
import type { HowClosed, KindAndBody } from './bodies.ts';

export interface SectionState {
  readonly id: string;
  status: 'ahead' | 'open' | 'closed';
  limitMs: number;
  startedAt: number;
  /** time given back or added while it was open */
  creditMs: number;
  language: LanguageCode | null;
}

/** Numbers come nearly in order: all up to one are used, and a few beyond it. */
interface SeqUse {
  upTo: number;
  readonly beyond: Set<number>;
  max: number;
}

interface AnswerSlot {
  readonly value: AnswerValue;
  readonly clientId: string;
  readonly clientSeq: number;
}

export interface AttemptState {
  readonly attemptId: string;
  /** number and hash of the last entry; 0 and the genesis hash before the first */
  n: number;
  hash: string;
  epoch: number;
  clientId: string;
  status: AttemptStatus;
  identified: boolean;
  language: LanguageCode | null;
  admitted: boolean;
  readonly sections: SectionState[];
  /** index of the open section, -1 when none is open */
  open: number;
  readonly answers: Map<string, AnswerSlot>;
  readonly flagged: Set<string>;
  /** numbers that each client has used: one that takes the lease back must find its own again */
  readonly usedSeqs: Map<string, SeqUse>;
  startedAt: number | null;
  lastAnswerAt: number | null;
  lastAt: number;
  pausedAt: number | null;
  /** end of an outage of the server after which no terminal has come back yet */
  awaySince: number | null;
  /** how the section closed that was closed last */
  lastClosed: HowClosed | null;
  /** of the programme's allowance for lost connections, how much is used */
  disconnectCreditMs: number;
  incidents: number;
  faults: number;
  endedAt: number | null;
}

export function emptyState(facts: AttemptFacts): AttemptState {
  return {
    attemptId: facts.attemptId,
    n: 0,
    hash: genesisHash('attempt', facts.attemptId),
    epoch: 0,
    clientId: '',
    status: 'invited',
    identified: false,
    language: null,
    admitted: false,
    sections: facts.set.programme.content.sections.map((s) => ({
      id: s.id,
      status: 'ahead',
      limitMs: limitWithExtraTime(s, facts.extraTimePercent),
      startedAt: 0,
      creditMs: 0,
      language: null,
    })),
    open: -1,
    answers: new Map(),
    flagged: new Set(),
    usedSeqs: new Map(),
    startedAt: null,
    lastAnswerAt: null,
    lastAt: 0,
    pausedAt: null,
    awaySince: null,
    lastClosed: null,
    disconnectCreditMs: 0,
    incidents: 0,
    faults: 0,
    endedAt: null,
  };
}

/** The part of an entry that folding reads. */
export type FoldEntry = Pick<ChainEntry, 'n' | 'hash' | 'at' | 'epoch' | 'clientId' | 'clientSeq'> &
  KindAndBody;

/** Takes the next entry in. @throws Error when it is not the next one */
export function applyEntry(s: AttemptState, e: FoldEntry): void {
  if (e.n !== s.n + 1) throw new Error(`attempt ${s.attemptId}: entry ${e.n} after ${s.n}`);
  s.n = e.n;
  s.hash = e.hash;
  s.lastAt = e.at;
  if (e.clientSeq > 0) noteSeq(s, e.clientId, e.clientSeq);
  const open = s.sections[s.open];
  switch (e.kind) {
    case 'issued':
      return;
    case 'leased':
      s.awaySince = null;
      s.epoch = e.epoch;
      s.clientId = e.clientId;
      if (s.status === 'invited') s.status = 'checked-in';
      return;
    case 'identified':
      s.identified = true;
      return;
    case 'accepted':
      s.language = e.body.language;
      s.status = 'waiting';
      return;
    case 'declined':
      s.status = 'declined';
      s.endedAt = e.at;
      return;
    case 'admitted':
      s.admitted = true;
      return;
    case 'started': {
      const index = s.sections.findIndex((x) => x.id === e.body.section);
      const section = s.sections[index];
      if (!section) throw new Error(`attempt ${s.attemptId}: no section ${e.body.section}`);
      section.status = 'open';
      section.startedAt = e.at;
      section.limitMs = e.body.limitMs;
      section.language = e.body.language;
      s.open = index;
      s.startedAt ??= e.at;
      s.status = 'running';
      return;
    }
    case 'language':
      s.language = e.body.language;
      if (open) open.language = e.body.language;
      return;
    case 'answered': {
      s.lastAnswerAt = e.at;
      const before = s.answers.get(e.body.itemId);
      if (before && before.clientId === e.clientId && before.clientSeq > e.clientSeq) return;
      s.answers.set(e.body.itemId, { value: e.body.value, clientId: e.clientId, clientSeq: e.clientSeq });
      return;
    }
    case 'viewed':
      return;
    case 'flagged':
      if (e.body.flagged) s.flagged.add(e.body.itemId);
      else s.flagged.delete(e.body.itemId);
      return;
    case 'fault':
      s.faults += 1;
      return;
    case 'paused':
      s.pausedAt = e.at;
      s.status = 'paused';
      return;
    case 'resumed':
      if (open && s.pausedAt !== null) open.creditMs += e.at - s.pausedAt;
      s.pausedAt = null;
      s.status = 'running';
      return;
    case 'extended':
      if (open) open.creditMs += e.body.ms;
      return;
    case 'incident':
      s.incidents += 1;
      s.awaySince = e.body.cause === 'server-outage' ? e.body.toAt : null;
      if (open) open.creditMs += e.body.creditMs;
      if (e.body.cause === 'connection') s.disconnectCreditMs += e.body.creditMs;
      return;
    case 'transferred':
      return;
    case 'closed':
      if (open) open.status = 'closed';
      s.open = -1;
      s.lastClosed = e.body.how;
      return;
    case 'ended':
      s.status = e.body.how;
      s.endedAt = e.at;
      return;
  }
}

function noteSeq(s: AttemptState, clientId: string, clientSeq: number): void {
  let use = s.usedSeqs.get(clientId);
  if (!use) s.usedSeqs.set(clientId, (use = { upTo: 0, beyond: new Set(), max: 0 }));
  use.beyond.add(clientSeq);
  while (use.beyond.delete(use.upTo + 1)) use.upTo += 1;
  use.max = Math.max(use.max, clientSeq);
}

/** Whether the client that holds the lease has used that number before. */
export function hasUsed(s: AttemptState, clientSeq: number): boolean {
  const use = s.usedSeqs.get(s.clientId);
  return use !== undefined && (clientSeq <= use.upTo || use.beyond.has(clientSeq));
}

/** The number that the client that holds the lease may use next. */
export function nextClientSeq(s: AttemptState): number {
  return (s.usedSeqs.get(s.clientId)?.max ?? 0) + 1;
}

/** When the open section ends on the steady clock; null when none is open or the attempt is paused. */
export function deadlineAt(s: AttemptState): number | null {
  const open = s.sections[s.open];
  return open && s.pausedAt === null ? open.startedAt + open.limitMs + open.creditMs : null;
}

export function isEnded(s: AttemptState): boolean {
  return s.endedAt !== null;
}
