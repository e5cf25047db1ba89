import type { Outage } from '../../clock.ts';
import type { Delivery } from '../delivery.ts';
import { endIfLacking } from '../close-section.ts';
import { Refusal } from '../../errors.ts';
import type { Live } from '../live-attempts.ts';

/** How many attempts are read at once: their entries then share commits. */
const atOnce = 64;

/**
 * After a start of the server: reads every attempt that has begun and not ended, gives the outage back to each that was running, and lets their
 * clocks stand until the terminals return. An attempt that was closed but not yet scored is ended now.
 * @returns how many attempts were running
 */
export async function recoverAttempts(d: Delivery, outage: Outage | null): Promise<number> {
  const begun = await d.store.listBegun();
  let running = 0;
  for (let i = 0; i < begun.length; i += atOnce) {
    const group = begun.slice(i, i + atOnce);
    const were = await Promise.all(
      group.map((attemptId) =>
        d.lives
          .inTurn(attemptId, (live) => recoverOne(d, live, outage))
          .catch((e: unknown) => notRead(d, attemptId, e)),
      ),
    );
    running += were.filter(Boolean).length;
  }
  return running;
}

async function recoverOne(d: Delivery, live: Live, outage: Outage | null): Promise<boolean> {
  const { state } = live;
  const now = d.clock.now();
  // The list was told before the journal: a section that was about to start may not have started.
  if (state.status !== 'running' && state.status !== 'paused')
    await d.store.saveStatus(state.attemptId, state.status, state.startedAt);
  if (state.open >= 0 && state.pausedAt === null) {
    if (outage !== null) await writeOutage(d, live, outage, now);
    live.suspendedFrom = now;
    return true;
  }
  await endIfLacking(d, live);
  return false;
}

/** One damaged attempt must not keep the others waiting; a store that does not store must. */
function notRead(d: Delivery, attemptId: string, e: unknown): false {
  if (e instanceof Refusal && e.code === 'STORAGE') throw e;
  d.fault(e, attemptId);
  return false;
}

async function writeOutage(d: Delivery, live: Live, outage: Outage, now: number): Promise<void> {
  // Killed again before the terminal was back: the time since the outage before belongs to this one.
  const fromAt = live.state.awaySince ?? Math.max(outage.fromAt, live.state.lastAt);
  const lostMs = Math.max(0, now - fromAt);
  await d.lives.write(live, {
    kind: 'incident',
    body: {
      cause: 'server-outage',
      fromAt,
      toAt: now,
      lostMs,
      creditMs: lostMs,
      uncertaintyMs: outage.uncertaintyMs,
      method: outage.method,
    },
    at: now,
  });
}
