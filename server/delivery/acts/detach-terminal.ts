import type { Delivery } from '../delivery.ts';
import type { Link } from '../live-attempts.ts';
import { isEnded } from '../state.ts';

/** The connection of a terminal ended. Only remembered: what it means is decided when the terminal returns or the time runs out. */
export function detachTerminal(d: Delivery, attemptId: string, link: Link): void {
  const live = d.lives.peek(attemptId);
  if (!live || live.link !== link) return;
  live.link = null;
  if (!isEnded(live.state)) live.disconnectedAt = Math.min(link.lastHeardAt(), d.clock.now());
  d.lives.deps.changed(attemptId);
}
