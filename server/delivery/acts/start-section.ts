import { Refusal } from '../../errors.ts';
import type { AttemptView, In } from '../../wire/contract.ts';
import { limitWithExtraTime, programmeSection } from '../attempt-facts.ts';
import { checkLease } from '../check-lease.ts';
import type { Delivery } from '../delivery.ts';
import { showAttempt } from '../show-attempt.ts';

/**
 * Opens the next section: its time begins with this entry and never again. A repeat (the reply was lost) shows the open section.
 * @throws Refusal NOT_ADMITTED, WRONG_STATE, SUPERSEDED, STORAGE
 */
export async function startSection(
  d: Delivery,
  attemptId: string,
  m: In<'section:start'>,
): Promise<AttemptView> {
  return d.lives.inTurn(attemptId, async (live) => {
    checkLease(live, m.epoch);
    const { state, facts } = live;
    const programme = facts.set.programme.content;
    if (state.sections[state.open]?.id !== m.section) {
      const next = state.sections.findIndex((s) => s.status === 'ahead');
      const mayStart =
        (state.status === 'waiting' || state.status === 'running') &&
        state.open < 0 &&
        state.sections[next]?.id === m.section;
      if (!mayStart || !programme.languages.includes(m.language)) throw new Refusal('WRONG_STATE');
      if (programme.admission === 'operator' && !state.admitted) throw new Refusal('NOT_ADMITTED');
      const limitMs = limitWithExtraTime(programmeSection(facts, next), facts.extraTimePercent);
      const at = d.clock.now();
      // The list first: a restart looks there for attempts whose clock may run.
      if (state.startedAt === null) await d.store.saveStatus(attemptId, 'running', at);
      await d.lives.write(live, {
        kind: 'started',
        body: { section: m.section, language: m.language, limitMs },
        at,
      });
    }
    return showAttempt(d, live);
  });
}
