/** Who is shown first: those the operator can help now. */
import type { LanguageCode, MonitorRow } from '../../server/wire/contract.ts';

/** Below this the remaining time is low, ms. */
export const lowTimeMs = 5 * 60_000;

const ended: ReadonlySet<MonitorRow['status']> = new Set(['handed-in', 'timed-out', 'stopped', 'declined']);

export function isEnded(row: MonitorRow): boolean {
  return ended.has(row.status);
}

/** A person in the middle of a section whose terminal is gone. */
export function isCutOff(row: MonitorRow): boolean {
  return row.status === 'running' && !row.connected;
}

export function awaitsAdmission(row: MonitorRow): boolean {
  return row.status === 'waiting' && !row.admitted;
}

/** @param remainingMs by the page's clock; null when no time runs */
export function isLowOnTime(row: MonitorRow, remainingMs: number | null): boolean {
  return row.status === 'running' && remainingMs !== null && remainingMs < lowTimeMs;
}

function rank(row: MonitorRow): number {
  if (isCutOff(row)) return 0;
  if (awaitsAdmission(row)) return 1;
  // By the last message, not by the running clock: a row must not jump while it is read.
  if (isLowOnTime(row, row.remainingMs)) return 2;
  switch (row.status) {
    case 'running':
      return 3;
    case 'paused':
      return 4;
    case 'waiting':
    case 'checked-in':
      return 5;
    case 'invited':
      return 6;
    case 'handed-in':
    case 'timed-out':
    case 'stopped':
    case 'declined':
      return row.receiptCode === null ? 8 : 7;
  }
}

/** Sorted for the table: by need of attention, then by name in the order of the language. */
export function orderByAttention(rows: readonly MonitorRow[], language: LanguageCode): MonitorRow[] {
  const byName = new Intl.Collator(language, { numeric: true }).compare;
  return [...rows].sort(
    (a, b) => rank(a) - rank(b) || byName(a.name, b.name) || byName(a.attemptId, b.attemptId),
  );
}

/** Whether every word of the filter occurs in the name, the personnel number or the programme; letter case does not matter. */
export function matchesFilter(row: MonitorRow, filter: string): boolean {
  const text = [row.name, row.personnelNumber, ...Object.values(row.programme)].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
