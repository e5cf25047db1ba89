import { Refusal } from '../../errors.ts';
import type { AttemptView, In } from '../../wire/contract.ts';
import { checkLease } from '../check-lease.ts';
import { closeSection, endIfLacking } from '../close-section.ts';
import type { Delivery } from '../delivery.ts';
import { showAttempt } from '../show-attempt.ts';

/** The employee hands the open section in; the last one ends the attempt. A repeat shows what came of it. */
export async function handInSection(
  d: Delivery,
  attemptId: string,
  m: In<'section:hand-in'>,
): Promise<AttemptView> {
  return d.lives.inTurn(attemptId, async (live) => {
    checkLease(live, m.epoch);
    const section = live.state.sections.find((s) => s.id === m.section);
    if (section?.status === 'ahead' || !section) throw new Refusal('NOT_OPEN');
    if (section.status === 'open') await closeSection(d, live, 'handed-in', d.clock.now());
    else await endIfLacking(d, live);
    return showAttempt(d, live);
  });
}
