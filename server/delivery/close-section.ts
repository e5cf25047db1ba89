import type { HowClosed } from './bodies.ts';
import type { Delivery } from './delivery.ts';
import { nextEntry, type Live } from './live-attempts.ts';

/** Closes the open section; when it was the last one the attempt ends and is scored in the same commit as its last entry. */
export async function closeSection(d: Delivery, live: Live, how: HowClosed, at: number): Promise<void> {
  const open = live.state.sections[live.state.open];
  if (!open) return;
  await d.lives.write(live, { kind: 'closed', body: { section: open.id, how }, at });
  if (live.state.sections.every((s) => s.status === 'closed')) await endAttempt(d, live, how, at);
}

/** Writes the end of the attempt and its score sheet together. @throws Refusal STORAGE */
export async function endAttempt(d: Delivery, live: Live, how: HowClosed, at: number): Promise<void> {
  const last = nextEntry(live.state, { kind: 'ended', body: { how }, at });
  const sheet = d.score(live.facts, live.state, last);
  try {
    await d.store.end(last, sheet, how);
  } catch (e) {
    d.lives.forget(live.facts.attemptId);
    throw e;
  }
  d.lives.takeIn(live, last);
}
