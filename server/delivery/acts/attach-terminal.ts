import type { AttemptView } from '../../wire/contract.ts';
import type { Delivery } from '../delivery.ts';
import { settleAbsence } from '../settle-absence.ts';
import type { Link } from '../live-attempts.ts';
import { isEnded } from '../state.ts';
import { showAttempt } from '../show-attempt.ts';

/**
 * A terminal comes, or comes back: it takes the lease unless it holds it already, the time of its absence is settled, and it learns
 * everything it must show. Another terminal that held the lease is told that it was superseded.
 * @param link null when it comes by HTTP: a websocket that the same page had is dead then
 * @throws Refusal STORAGE
 */
export async function attachTerminal(
  d: Delivery,
  attemptId: string,
  clientId: string,
  link: Link | null,
): Promise<AttemptView> {
  return d.lives.inTurn(attemptId, async (live) => {
    const ended = isEnded(live.state);
    const sameClient = live.state.clientId === clientId;
    if (!ended) await settleAbsence(d, live);
    if (!ended && !sameClient) {
      const by = live.leaseBy;
      await d.lives.write(live, {
        kind: 'leased',
        body: { by },
        at: d.clock.now(),
        epoch: live.state.epoch + 1,
        clientId,
      });
      live.leaseBy = 'cookie';
    }
    const former = live.link;
    if (former !== link) {
      if (!sameClient) former?.send('attempt:superseded', { attemptId });
      former?.drop();
      live.link = link;
    }
    live.disconnectedAt = null;
    d.lives.deps.changed(attemptId);
    return showAttempt(d, live);
  });
}
