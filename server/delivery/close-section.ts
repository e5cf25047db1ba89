import type { HowClosed } from './bodies.ts';
import type { Delivery } from './delivery.ts';
import { nextEntry, type Live } from './live-attempts.ts';
import { isEnded, type AttemptState } from './state.ts';

/** Closes the open section; when it was the last one the attempt ends and is scored in the same commit as its last entry. */
export async function closeSection(d: Delivery, live: Live, how: HowClosed, at: number): Promise<void> {
  const open = live.state.sections[live.state.open];
  if (!open) return;
  await d.lives.write(live, { kind: 'closed', body: { section: open.id, how }, at });
  await endIfLacking(d, live);
}

/** Writes the end of the attempt and its score sheet together. @throws Refusal STORAGE */
async function endAttempt(d: Delivery, live: Live, how: HowClosed, at: number): Promise<void> {
  const last = nextEntry(live.state, { kind: 'ended', body: { how }, at });
  const sheet = d.score(live.facts, live.state, last);
  await d.lives.commitWith(live, last, () => d.store.end(last, sheet, how));
}

/** True when the last section was closed and the end could not be written: a failure or a kill came between. */
export function lacksEnd(state: AttemptState): boolean {
  return !isEnded(state) && state.sections.every((s) => s.status === 'closed');
}

/** Writes the end that is lacking; changes nothing otherwise. @throws Refusal STORAGE */
export async function endIfLacking(d: Delivery, live: Live): Promise<void> {
  const how = live.state.lastClosed;
  if (how !== null && lacksEnd(live.state)) await endAttempt(d, live, how, d.clock.now());
}
