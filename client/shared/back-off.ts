/** Longest wait between two tries, ms. */
export const longestWaitMs = 5_000;

/** How long a link must hold before its failures are forgotten, ms. A link that flaps must not hammer the server. */
export const stableAfterMs = 5_000;

/**
 * Wait before try number `tries` (0 = the first repeat), ms. Doubles from 500 ms to 5 s; the upper half is drawn at random, so that a
 * room of terminals does not return in one moment.
 * @param random uniform in [0, 1)
 */
export function backOffMs(tries: number, random: number): number {
  const whole = Math.min(longestWaitMs, 500 * 2 ** Math.min(tries, 10));
  return Math.round(whole * (0.5 + random / 2));
}
