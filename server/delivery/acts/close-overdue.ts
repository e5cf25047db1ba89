import type { Delivery } from '../delivery.ts';
import { closeSection, endIfLacking, lacksEnd } from '../close-section.ts';
import { isOverdue } from '../remaining.ts';
import { settleAbsence } from '../settle-absence.ts';
import { showAttempt } from '../show-attempt.ts';

/** How long after the server is back a terminal may take to return before its clock runs again. */
export const returnWithinMs = 10_000;

/**
 * One round of the deadline sweep: closes what is overdue, with or without a terminal, and ends waiting for terminals that do not return.
 * @returns false when something could not be written and must be tried again
 */
export async function closeOverdue(d: Delivery): Promise<boolean> {
  const allRead = await readDoubtful(d);
  const now = d.clock.now();
  const due: string[] = [];
  for (const live of d.lives.loaded()) {
    const waitedOut = live.suspendedFrom !== null && now - live.suspendedFrom > returnWithinMs;
    if (waitedOut || isOverdue(live, now) || lacksEnd(live.state)) due.push(live.facts.attemptId);
  }
  const done = await Promise.all(
    due.map((attemptId) =>
      closeOne(d, attemptId).catch((e: unknown) => {
        d.fault(e, attemptId);
        return false;
      }),
    ),
  );
  return allRead && done.every(Boolean);
}

/** Where a write failed, the attempt is not in memory, its time could run out unseen, and its terminal may show what is not so. */
async function readDoubtful(d: Delivery): Promise<boolean> {
  for (const attemptId of d.lives.doubtful()) {
    try {
      await d.lives.inTurn(attemptId, async (live) => {
        live.link?.send('attempt:changed', await showAttempt(d, live));
      });
    } catch {
      return false;
    }
  }
  return true;
}

async function closeOne(d: Delivery, attemptId: string): Promise<boolean> {
  return d.lives.inTurn(attemptId, async (live) => {
    const now = d.clock.now();
    if (live.suspendedFrom !== null && now - live.suspendedFrom > returnWithinMs)
      await settleAbsence(d, live);
    if (lacksEnd(live.state)) await endIfLacking(d, live);
    else {
      if (!isOverdue(live, now)) return true;
      await settleAbsence(d, live);
      if (!isOverdue(live, d.clock.now())) return true;
      await closeSection(d, live, 'timed-out', d.clock.now());
    }
    live.link?.send('attempt:changed', await showAttempt(d, live));
    return true;
  });
}
