import { Refusal } from '../../errors.ts';
import type { Delivery } from '../delivery.ts';
import { isEnded } from '../state.ts';
import { showAttempt } from '../show-attempt.ts';

/** The operator lets the employee begin. @param by random id of the operator's account */
export async function admitAttempt(
  d: Delivery,
  attemptId: string,
  by: string,
): Promise<Record<string, never>> {
  return d.lives.inTurn(attemptId, async (live) => {
    if (isEnded(live.state)) throw new Refusal('WRONG_STATE');
    if (!live.state.admitted) {
      await d.lives.write(live, { kind: 'admitted', body: { by }, at: d.clock.now() });
      live.link?.send('attempt:changed', await showAttempt(d, live));
    }
    return {};
  });
}
