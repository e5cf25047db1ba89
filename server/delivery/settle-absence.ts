import { heartbeatEveryMs } from '../clock.ts';
import type { Delivery } from './delivery.ts';
import type { Live } from './live-attempts.ts';
import { disconnectCredit } from './remaining.ts';

/** Shorter gaps of the connection are everyday life of a network and change nothing. */
const leastGapMs = 1000;

/** The person is there again: settles the absence and ends it. */
export async function settleReturn(d: Delivery, live: Live): Promise<void> {
  if (live.suspendedFrom === null && live.disconnectedAt === null) return;
  await settleAbsence(d, live);
  live.disconnectedAt = null;
}

/**
 * Writes down the time in which the person could not work and gives it back by rule: the return after an outage of the server in full,
 * a lost connection within the programme's allowance.
 */
export async function settleAbsence(d: Delivery, live: Live): Promise<void> {
  const now = d.clock.now();
  if (live.suspendedFrom !== null) {
    const fromAt = live.suspendedFrom;
    const lostMs = Math.max(0, now - fromAt);
    if (live.state.open >= 0 && live.state.pausedAt === null)
      await d.lives.write(live, {
        kind: 'incident',
        body: {
          cause: 'reconnect',
          fromAt,
          toAt: now,
          lostMs,
          creditMs: lostMs,
          uncertaintyMs: 0,
          method: 'observed',
        },
        at: now,
      });
    live.suspendedFrom = null;
    live.disconnectedAt = live.link === null ? now : null;
    return;
  }
  if (live.disconnectedAt === null || live.state.open < 0 || live.state.pausedAt !== null) return;
  const lostMs = now - live.disconnectedAt;
  if (lostMs < leastGapMs) return;
  await d.lives.write(live, {
    kind: 'incident',
    body: {
      cause: 'connection',
      fromAt: live.disconnectedAt,
      toAt: now,
      lostMs,
      creditMs: disconnectCredit(live, now),
      uncertaintyMs: heartbeatEveryMs,
      method: 'observed',
    },
    at: now,
  });
  live.disconnectedAt = live.link === null ? now : null;
}
