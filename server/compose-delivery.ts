/** Puts delivery together from store, clock and keys: live attempts, journal, room, handlers. */
import { randomBytes } from 'node:crypto';
import { assembleForm } from './banks/assemble-form.ts';
import { createProgrammeRegister, type ProgrammeRegister } from './banks/programme-register.ts';
import type { Clock } from './clock.ts';
import { closeOverdue } from './delivery/acts/close-overdue.ts';
import { createAttemptStore } from './store/attempt-store.ts';
import { createHandlers } from './delivery/handlers.ts';
import { guardStore } from './delivery/guard-store.ts';
import { createJournal, type Journal, type InsertEntries } from './delivery/journal.ts';
import { createLiveAttempts, type Live } from './delivery/live-attempts.ts';
import { createRoom, monitorRow, type Room } from './delivery/room.ts';
import type { CodeMaker } from './delivery/code-maker.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Handlers } from './wire/bind.ts';
import type { MonitorRow } from './wire/contract.ts';
import { outcomeOf } from './delivery/outcome.ts';
import { randomId } from './random-id.ts';
import { scoreAttempt } from './delivery/score-attempt.ts';
import { createSealReceipt } from './delivery/seal-receipt.ts';
import type { SealingKey } from './audit/seal.ts';
import type { Store } from './store/open-store.ts';
import { isEnded } from './delivery/state.ts';
import type { IssueInput } from './delivery/acts/issue-attempt.ts';
import { findPublication } from './store/find-publication.ts';

export interface ComposeInput {
  readonly store: Store;
  readonly clock: Clock;
  readonly demonstration: boolean;
  readonly codes: CodeMaker;
  readonly sealingKey: () => SealingKey;
  readonly fault: (e: unknown, attemptId: string) => void;
  /** shared with others; a new one when absent */
  readonly register?: ProgrammeRegister;
  /** told after every change of an attempt, besides the monitor */
  changed?(attemptId: string): void;
  /** wraps the insertion of entries; tests use it to break promises and see that this is noticed */
  readonly insertEntries?: (insert: InsertEntries) => InsertEntries;
}

export interface Composed {
  readonly delivery: Delivery;
  readonly register: ProgrammeRegister;
  readonly room: Room;
  readonly journal: Journal;
  readonly handlers: Handlers;
  readonly issueInput: (
    personId: string,
    programme: { id: string; version: string },
    by: string,
  ) => Promise<IssueInput>;
  /** a terminal signed in with a code: whoever held the attempt before must stop */
  seatTaken(attemptId: string, by: 'code' | 'transfer'): void;
  /** one round of the deadline sweep */
  sweep(): Promise<void>;
}

/** After a round that could not write: a full disk must not also fill the log. */
const sweepAgainAfterMs = 1000;

export function composeDelivery(x: ComposeInput): Composed {
  const attemptStore = guardStore(createAttemptStore(x.store), (e) => x.fault(e, ''));
  const register =
    x.register ?? createProgrammeRegister({ find: (kind, ref) => findPublication(x.store, kind, ref) });
  const insert: InsertEntries = (entries) => attemptStore.insertEntries(entries);
  const journal = createJournal(x.insertEntries ? x.insertEntries(insert) : insert, (e) => x.fault(e, ''));
  const room = createRoom(rowOf, () => x.clock.now());
  const lives = createLiveAttempts({
    clock: x.clock,
    store: attemptStore,
    journal,
    programmeSet: (ref) => register.set(ref),
    changed: (id) => {
      room.changed(id);
      x.changed?.(id);
    },
  });
  const sealReceipt = createSealReceipt(x.sealingKey);
  const delivery: Delivery = {
    clock: x.clock,
    store: attemptStore,
    lives,
    demonstration: x.demonstration,
    score: (facts, state, last) =>
      scoreAttempt(facts, state, last, randomBytes(16).toString('hex'), sealReceipt),
    fault: x.fault,
  };

  let sweepNotBefore = 0;

  async function rowOf(attemptId: string): Promise<MonitorRow | null> {
    return lives.inTurn(attemptId, (live) => rowOfLive(live)).catch(() => null);
  }

  async function rowOfLive(live: Live): Promise<MonitorRow> {
    const code = isEnded(live.state) ? ((await outcomeOf(delivery, live))?.receipt.code ?? null) : null;
    return monitorRow(live, x.clock.now(), code);
  }

  async function allRows(): Promise<MonitorRow[]> {
    const open = await x.store.attempts.find({ endedAt: null }, { _id: 1 }).lean();
    const ended = await x.store.attempts
      .find({ endedAt: { $ne: null } }, { _id: 1 })
      .sort({ endedAt: -1 })
      .limit(200)
      .lean();
    return (await Promise.all([...open, ...ended].map((a) => rowOf(a._id)))).filter((r) => r !== null);
  }

  async function listPeople() {
    const people = await x.store.people.find().sort({ name: 1 }).lean();
    const programmes = await x.store.publications.find({ kind: 'programme' }, { id: 1, version: 1 }).lean();
    return {
      people: people.map((p) => ({ id: p._id, name: p.name, personnelNumber: p.personnelNumber })),
      programmes: await Promise.all(
        programmes.map(async (p) => ({
          id: p.id,
          version: p.version,
          title: (await register.set(p)).programme.content.title,
        })),
      ),
    };
  }

  async function issueInput(
    personId: string,
    programme: { id: string; version: string },
    by: string,
  ): Promise<IssueInput> {
    const person = await x.store.people.findById(personId).lean();
    const set = await register.set(programme);
    return {
      person,
      set,
      by,
      attemptId: randomId(),
      assemble: (s, formId) =>
        assembleForm({
          programme: s.programme.content,
          programmeSha256: s.programme.sha256,
          banks: new Map(
            [...s.banks].map(([, b]) => [
              `${b.content.id}@${b.content.version}` as const,
              { bank: b.content, sha256: b.sha256 },
            ]),
          ),
          seed: randomBytes(32).toString('hex'),
          formId,
        }),
    };
  }

  return {
    delivery,
    register,
    room,
    journal,
    handlers: createHandlers({ delivery, codes: x.codes, room, allRows, listPeople, issueInput }),
    issueInput,
    seatTaken: (attemptId, by) => {
      lives
        .inTurn(attemptId, async (live) => {
          live.leaseBy = by;
          live.link?.send('attempt:superseded', { attemptId });
          live.link?.drop();
        })
        .catch((e: unknown) => x.fault(e, attemptId));
    },
    sweep: async () => {
      if (x.clock.now() < sweepNotBefore) return;
      if (!(await closeOverdue(delivery))) sweepNotBefore = x.clock.now() + sweepAgainAfterMs;
    },
  };
}
