import { Refusal } from '../../errors.ts';
import type { AttemptView, In } from '../../wire/contract.ts';
import { checkLease } from '../check-lease.ts';
import type { Delivery } from '../delivery.ts';
import { showAttempt } from '../show-attempt.ts';

/** The employee has read the notice, in that version and language. A repeat changes nothing. */
export async function acceptNotice(
  d: Delivery,
  attemptId: string,
  m: In<'notice:accept'>,
): Promise<AttemptView> {
  return d.lives.inTurn(attemptId, async (live) => {
    checkLease(live, m.epoch);
    const programme = live.facts.set.programme.content;
    if (live.state.status === 'checked-in') {
      const valid =
        live.state.identified &&
        m.version === programme.notice.version &&
        programme.languages.includes(m.language);
      if (!valid) throw new Refusal('WRONG_STATE');
      await d.lives.write(live, {
        kind: 'accepted',
        body: { noticeVersion: m.version, language: m.language },
        at: d.clock.now(),
      });
      await d.store.saveStatus(attemptId, live.state.status, null);
    } else if (live.state.status !== 'waiting') throw new Refusal('WRONG_STATE');
    return showAttempt(d, live);
  });
}
