import { Refusal } from '../../errors.ts';
import type { AttemptView } from '../../wire/contract.ts';
import { checkLease } from '../check-lease.ts';
import type { Delivery } from '../delivery.ts';
import { showAttempt } from '../show-attempt.ts';

/** The employee says "this is me". A repeat changes nothing. */
export async function confirmIdentity(d: Delivery, attemptId: string, epoch: number): Promise<AttemptView> {
  return d.lives.inTurn(attemptId, async (live) => {
    checkLease(live, epoch);
    if (!live.state.identified) {
      if (live.state.status !== 'checked-in') throw new Refusal('WRONG_STATE');
      await d.lives.write(live, { kind: 'identified', body: {}, at: d.clock.now() });
    }
    return showAttempt(d, live);
  });
}
