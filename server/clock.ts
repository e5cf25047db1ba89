/**
 * The server's steady clock. Deadlines live on this one line of time: it starts at wall time, advances by the machine's monotonic clock
 * and goes on across restarts, so a jump of the wall clock neither gives nor takes time.
 */

/** Milliseconds since the epoch, integer, never going back. */
export interface Clock {
  now(): number;
}

/** What was last known of a life of the server; written a few times a second. */
export interface Heartbeat {
  /** identity of this boot of the machine */
  readonly bootId: string;
  /** monotonic milliseconds of this boot */
  readonly hrMs: number;
  /** the steady clock at that moment */
  readonly at: number;
}

export interface MachineTime {
  readonly bootId: string;
  hrMs(): number;
  wallMs(): number;
}

/** A stretch of time in which no server ran. */
export interface Outage {
  readonly fromAt: number;
  readonly toAt: number;
  /** the true length differs from toAt - fromAt by at most this */
  readonly uncertaintyMs: number;
  /** hrtime: measured by the monotonic clock of the same boot; wall-estimated: the machine was booted in between */
  readonly method: 'hrtime' | 'wall-estimated';
}

/** How often heartbeats are written: the bound of what a crash leaves unknown. */
export const heartbeatEveryMs = 250;

/**
 * Goes on from the last heartbeat. On the same boot the monotonic clock measured the outage; after a reboot wall time estimates it,
 * never below zero.
 */
export function continueClock(
  last: Heartbeat | null,
  machine: MachineTime,
): { clock: Clock; outage: Outage | null } {
  const hr0 = machine.hrMs();
  const sameBoot = last !== null && last.bootId === machine.bootId && hr0 >= last.hrMs;
  const at0 =
    last === null
      ? machine.wallMs()
      : sameBoot
        ? last.at + (hr0 - last.hrMs)
        : Math.max(machine.wallMs(), last.at);
  const clock: Clock = { now: () => Math.floor(at0 + (machine.hrMs() - hr0)) };
  if (last === null) return { clock, outage: null };
  return {
    clock,
    outage: {
      fromAt: last.at,
      toAt: Math.floor(at0),
      uncertaintyMs: sameBoot ? heartbeatEveryMs : 5_000,
      method: sameBoot ? 'hrtime' : 'wall-estimated',
    },
  };
}
