/** The operator's live view: one row a person, changes gathered and sent at most once a second to everyone who watches. */
import type { MonitorRow } from '../wire/contract.ts';
import { programmeSection } from './attempt-facts.ts';
import type { Live } from './live-attempts.ts';
import { remainingMs } from './remaining.ts';

export function monitorRow(live: Live, now: number, receiptCode: string | null): MonitorRow {
  const { facts, state } = live;
  const open = state.sections[state.open];
  // While no section is open the row tells of the whole form: before, between and after the sections.
  const items = facts.itemsOnForm[state.open] ?? facts.itemsOnForm.flat();
  return {
    attemptId: facts.attemptId,
    name: facts.personName,
    personnelNumber: facts.personnelNumber,
    programme: facts.set.programme.content.title,
    status: state.status,
    admitted: state.admitted || facts.set.programme.content.admission === 'automatic',
    connected: live.link !== null,
    section: open
      ? {
          title: programmeSection(facts, state.open).title,
          number: state.open + 1,
          of: state.sections.length,
        }
      : null,
    answered: items.filter((i) => (state.answers.get(i.id)?.value ?? null) !== null).length,
    items: items.length,
    lastAnswerAt: state.lastAnswerAt,
    remainingMs: open ? remainingMs(live, now) : null,
    extraTimePercent: facts.extraTimePercent,
    incidents: state.incidents,
    faults: state.faults,
    receiptCode,
  };
}

export type RoomMessage = { readonly rows: MonitorRow[]; readonly serverAt: number };

export interface Room {
  changed(attemptId: string): void;
  /** begins to send; the returned function ends it */
  watch(send: (m: RoomMessage) => void): () => void;
  /** sends what changed since the last round; called once a second */
  tell(): Promise<void>;
}

/** @param rowOf null when the attempt is no longer there */
export function createRoom(
  rowOf: (attemptId: string) => Promise<MonitorRow | null>,
  now: () => number,
): Room {
  let dirty = new Set<string>();
  const watchers = new Set<(m: RoomMessage) => void>();
  return {
    changed: (id) => {
      if (watchers.size > 0) dirty.add(id);
    },
    watch: (send) => {
      watchers.add(send);
      return () => watchers.delete(send);
    },
    tell: async () => {
      if (dirty.size === 0 || watchers.size === 0) return;
      const ids = dirty;
      dirty = new Set();
      const rows = (await Promise.all([...ids].map(rowOf))).filter((r) => r !== null);
      for (const send of watchers) send({ rows, serverAt: now() });
    },
  };
}
