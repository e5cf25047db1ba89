import type { Delivery } from '../delivery.ts';
import { closeSection } from '../close-section.ts';
import { isOverdue } from '../remaining.ts';
import { settleAbsence } from '../settle-absence.ts';
import { showAttempt } from '../show-attempt.ts';

/** How long after the server is back a terminal may take to return before its clock runs again. */
export const returnWithinMs = 10_000;

/** One round of the deadline sweep: closes what is overdue, with or without a terminal, and ends waiting for terminals that do not return. */
export async function closeOverdue(d: Delivery): Promise<void> {
  const now = d.clock.now();
  const due: string[] = [];
  for (const live of d.lives.loaded()) {
    const waitedOut = live.suspendedFrom !== null && now - live.suspendedFrom > returnWithinMs;
    if (waitedOut || isOverdue(live, now)) due.push(live.facts.attemptId);
  }
  await Promise.all(
    due.map((attemptId) => closeOne(d, attemptId).catch((e: unknown) => d.fault(e, attemptId))),
  );
}

async function closeOne(d: Delivery, attemptId: string): Promise<void> {
  await d.lives.inTurn(attemptId, async (live) => {
    const now = d.clock.now();
    if (live.suspendedFrom !== null && now - live.suspendedFrom > returnWithinMs)
      await settleAbsence(d, live);
    if (!isOverdue(live, now)) return;
    await settleAbsence(d, live);
    if (!isOverdue(live, d.clock.now())) return;
    await closeSection(d, live, 'timed-out', d.clock.now());
    live.link?.send('attempt:changed', await showAttempt(d, live));
  });
}
