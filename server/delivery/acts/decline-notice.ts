import { Refusal } from '../../errors.ts';
import type { AttemptView } from '../../wire/contract.ts';
import { checkLease } from '../check-lease.ts';
import type { Delivery } from '../delivery.ts';
import { nextEntry } from '../live-attempts.ts';
import { showAttempt } from '../show-attempt.ts';

/** The employee declines: a normal choice, journalled, without a score. Possible until the first section has begun. */
export async function declineNotice(d: Delivery, attemptId: string, epoch: number): Promise<AttemptView> {
  return d.lives.inTurn(attemptId, async (live) => {
    checkLease(live, epoch);
    if (live.state.status === 'checked-in' || live.state.status === 'waiting') {
      const entry = nextEntry(live.state, { kind: 'declined', body: {}, at: d.clock.now() });
      await d.lives.commitWith(live, entry, () => d.store.end(entry, null, 'declined'));
    } else if (live.state.status !== 'declined') throw new Refusal('WRONG_STATE');
    return showAttempt(d, live);
  });
}
