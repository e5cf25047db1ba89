/**
 * The remaining time as far as this page can know it. The server's clock decides; every reply brings remainingMs, taken by the server at
 * some moment between sending and receiving. So each reply bounds the end from both sides, and the bounds of all replies are intersected.
 * All moments here are performance.now() of the page, in ms: a clock that nobody can set.
 */
export interface Clock {
  readonly earliestEnd: number;
  readonly latestEnd: number;
}

/**
 * What a reply teaches about the end. When the new bounds do not meet the old ones (time was given back, a pause, a sleeping computer)
 * the new ones win.
 */
export function learnClock(
  known: Clock | null,
  remainingMs: number,
  sentAt: number,
  receivedAt: number,
): Clock {
  const fresh = { earliestEnd: sentAt + remainingMs, latestEnd: receivedAt + remainingMs };
  if (known === null) return fresh;
  const earliestEnd = Math.max(known.earliestEnd, fresh.earliestEnd);
  const latestEnd = Math.min(known.latestEnd, fresh.latestEnd);
  return earliestEnd <= latestEnd ? { earliestEnd, latestEnd } : fresh;
}

/** Milliseconds left at `now`: never more than the server will allow, never below 0. */
export function remainingAt(clock: Clock, now: number): number {
  return Math.max(0, clock.earliestEnd - now);
}

/** The threshold (ms) passed between two looks at the clock, the lowest if several, else null. */
export function passedThreshold(before: number, after: number, thresholds: readonly number[]): number | null {
  const passed = thresholds.filter((at) => before > at && after <= at && after > 0);
  return passed.length === 0 ? null : Math.min(...passed);
}
