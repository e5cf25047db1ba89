import { Refusal } from '../../errors.ts';
import type { In } from '../../wire/contract.ts';
import { programmeSection } from '../attempt-facts.ts';
import { checkLease } from '../check-lease.ts';
import type { Delivery } from '../delivery.ts';

/** Changes the language of the open section where the section allows it; which languages were used is in the journal. */
export async function setLanguage(
  d: Delivery,
  attemptId: string,
  m: In<'language:set'>,
): Promise<Record<string, never>> {
  return d.lives.inTurn(attemptId, async (live) => {
    checkLease(live, m.epoch);
    const open = live.state.sections[live.state.open];
    if (!open) throw new Refusal('NOT_OPEN');
    if (open.language === m.language) return {};
    const allowed =
      programmeSection(live.facts, live.state.open).languageSwitch &&
      live.facts.set.programme.content.languages.includes(m.language);
    if (!allowed) throw new Refusal('LANGUAGE_FIXED');
    await d.lives.write(live, { kind: 'language', body: { language: m.language }, at: d.clock.now() });
    return {};
  });
}
