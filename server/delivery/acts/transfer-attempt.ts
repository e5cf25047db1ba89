import { Refusal } from '../../errors.ts';
import type { CodeMaker } from '../code-maker.ts';
import type { Delivery } from '../delivery.ts';
import { nextEntry } from '../live-attempts.ts';
import { isEnded } from '../state.ts';

/**
 * Gives a new code for an attempt that goes on: at another terminal, or because the slip was lost. The former code is void at once; the
 * former terminal keeps writing until the new code is used.
 */
export async function transferAttempt(
  d: Delivery,
  codes: CodeMaker,
  attemptId: string,
  by: string,
): Promise<{ code: string; validUntilAt: number }> {
  return d.lives.inTurn(attemptId, async (live) => {
    if (isEnded(live.state)) throw new Refusal('WRONG_STATE');
    const now = d.clock.now();
    const made = codes.make();
    const validUntilAt = now + codes.validForMs;
    const entry = nextEntry(live.state, { kind: 'transferred', body: { by }, at: now });
    const code = { hash: made.hash, validUntilAt, isTransfer: live.state.status !== 'invited' };
    await d.lives.commitWith(live, entry, () => d.store.transfer(attemptId, code, entry));
    return { code: made.code, validUntilAt };
  });
}
