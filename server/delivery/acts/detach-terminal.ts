import type { Delivery } from '../delivery.ts';
import type { Link } from '../live-attempts.ts';
import { isEnded } from '../state.ts';

/**
 * The connection of a terminal ended. Only remembered: what it means is decided when the terminal returns or the time runs out.
 * @param silentMs how long ago the connection may have died without the server noticing; 0 when it was closed
 */
export function detachTerminal(d: Delivery, attemptId: string, link: Link, silentMs: number): void {
  const live = d.lives.peek(attemptId);
  if (!live || live.link !== link) return;
  live.link = null;
  d.lives.deps.changed(attemptId);
  if (isEnded(live.state)) d.lives.forget(attemptId);
  else live.disconnectedAt = Math.max(live.state.lastAt, d.clock.now() - silentMs);
}
