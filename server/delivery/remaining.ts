/** Time that is left, by the server's clock and the rules for time that was lost. Pure. */
import type { Live } from './live-attempts.ts';
import { deadlineAt } from './state.ts';

/** Where the clock of this attempt stands: now, or the moment since which the server was away. */
function standingAt(live: Live, now: number): number {
  return live.state.pausedAt ?? live.suspendedFrom ?? now;
}

/** Of the time since the connection was lost, how much the programme still allows to be given back. */
export function disconnectCredit(live: Live, now: number): number {
  if (live.disconnectedAt === null || live.suspendedFrom !== null) return 0;
  const allowance =
    live.facts.set.programme.content.giveBack.disconnectTotalMs - live.state.disconnectCreditMs;
  return Math.max(0, Math.min(now - live.disconnectedAt, allowance));
}

/** Milliseconds left in the open section, 0 when none is open. */
export function remainingMs(live: Live, now: number): number {
  const open = live.state.sections[live.state.open];
  if (!open) return 0;
  return Math.max(
    0,
    open.startedAt + open.limitMs + open.creditMs + disconnectCredit(live, now) - standingAt(live, now),
  );
}

/** True when an answer received at that moment came too late. */
export function isLate(live: Live, receivedAt: number): boolean {
  const deadline = deadlineAt(live.state);
  if (deadline === null || live.suspendedFrom !== null) return false;
  return (
    receivedAt > deadline + disconnectCredit(live, receivedAt) + live.facts.set.programme.content.graceMs
  );
}

/** An answer that was received in time may still wait for its sender to be looked up. */
const onItsWayMs = 250;

/** True when the section must be closed by the server: deadline, allowance and grace are over, and nothing can be on its way. */
export function isOverdue(live: Live, now: number): boolean {
  return deadlineAt(live.state) !== null && isLate(live, now - onItsWayMs);
}
