import type { Draws } from './draws.ts';

/**
 * When the server is killed, in milliseconds from the beginning of the load, ascending. The time is cut into as many equal parts as
 * there are kills; each kill falls between 25 % and 75 % of its part, so that there is load before it and time to return after it.
 */
export function planKills(kills: number, loadMs: number, draws: Draws): number[] {
  const part = loadMs / Math.max(1, kills);
  return Array.from({ length: kills }, (_, i) =>
    draws.ms(Math.round(part * (i + 0.25)), Math.round(part * (i + 0.75))),
  );
}
