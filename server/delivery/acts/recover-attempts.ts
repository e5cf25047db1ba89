import type { Outage } from '../../clock.ts';
import type { Delivery } from '../delivery.ts';
import { endAttempt } from '../close-section.ts';

/**
 * After a start of the server: reads every attempt that has not ended, gives the outage back to each that was running, and lets their
 * clocks stand until the terminals return. An attempt that was closed but not yet scored is ended now.
 */
export async function recoverAttempts(d: Delivery, outage: Outage | null): Promise<number> {
  const records = await d.store.listOpen();
  let running = 0;
  for (const record of records) {
    await d.lives.inTurn(record._id, async (live) => {
      const { state } = live;
      const now = d.clock.now();
      if (state.status !== record.status) await d.store.saveStatus(record._id, state.status, state.startedAt);
      if (state.open >= 0 && state.pausedAt === null) {
        running += 1;
        const fromAt = Math.max(outage?.fromAt ?? now, state.lastAt);
        const lostMs = Math.max(0, now - fromAt);
        if (outage !== null)
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
        live.suspendedFrom = now;
      } else if (state.startedAt !== null && state.sections.every((s) => s.status === 'closed')) {
        await endAttempt(d, live, 'timed-out', now);
      }
    });
  }
  return running;
}
