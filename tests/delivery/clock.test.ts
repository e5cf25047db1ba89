/** The steady clock: it goes on across restarts, and no jump of the wall clock gives or takes time. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { continueClock, heartbeatEveryMs, type Heartbeat } from '../../server/clock.ts';
import { createTestMachine, type TestMachine } from '../kit/test-machine.ts';

const start = 1_760_000_000_000;

/** Runs a life of a server up to its last heartbeat. */
function live(machine: TestMachine, ms: number, last: Heartbeat | null = null): Heartbeat {
  const { clock } = continueClock(last, machine);
  machine.forward(ms);
  return { bootId: machine.bootId, hrMs: machine.hrMs(), at: clock.now() };
}

describe('the steady clock', () => {
  test('begins at wall time, in whole milliseconds', () => {
    const machine = createTestMachine(start);
    const { clock, outage } = continueClock(null, machine);
    expect(outage).toBeNull();
    expect(clock.now()).toBe(start);
    machine.forward(0.7);
    expect(clock.now()).toBe(start);
    machine.forward(0.7);
    expect(clock.now()).toBe(start + 1);
  });

  test.each([3_600_000, -3_600_000, -50 * 365 * 24 * 3_600_000])(
    'a jump of the wall clock by %d ms changes nothing',
    (jump) => {
      const machine = createTestMachine(start);
      const { clock } = continueClock(null, machine);
      machine.forward(1_000);
      machine.jumpWall(jump);
      expect(clock.now()).toBe(start + 1_000);
      machine.forward(500);
      expect(clock.now()).toBe(start + 1_500);
    },
  );

  test.each([0, 3_600_000, -3_600_000])(
    'on the same boot the outage is measured, whatever the wall clock did (%d ms)',
    (jump) => {
      const machine = createTestMachine(start);
      const last = live(machine, 60_000);
      machine.forward(41_000);
      machine.jumpWall(jump);
      const { clock, outage } = continueClock(last, machine);
      expect(outage).toEqual({
        fromAt: start + 60_000,
        toAt: start + 101_000,
        uncertaintyMs: heartbeatEveryMs,
        method: 'hrtime',
      });
      expect(clock.now()).toBe(start + 101_000);
      machine.forward(7);
      expect(clock.now()).toBe(start + 101_007);
    },
  );

  test('after a reboot wall time estimates the outage, and says so', () => {
    const machine = createTestMachine(start);
    const last = live(machine, 60_000);
    machine.forward(90_000);
    machine.reboot();
    const { clock, outage } = continueClock(last, machine);
    expect(outage).toEqual({
      fromAt: start + 60_000,
      toAt: start + 150_000,
      uncertaintyMs: 5_000,
      method: 'wall-estimated',
    });
    machine.forward(10);
    expect(clock.now()).toBe(start + 150_010);
  });

  test('a wall clock that was set back over a reboot does not turn the clock back', () => {
    const machine = createTestMachine(start);
    const last = live(machine, 60_000);
    machine.reboot();
    machine.jumpWall(-3_600_000);
    const { clock, outage } = continueClock(last, machine);
    expect(outage).toMatchObject({ fromAt: start + 60_000, toAt: start + 60_000, method: 'wall-estimated' });
    expect(clock.now()).toBe(start + 60_000);
  });

  test('a boot that carries the old name but a younger monotonic clock is not taken for the same', () => {
    const machine = createTestMachine(start);
    const last = { ...live(machine, 60_000), hrMs: 1e9 };
    const { clock, outage } = continueClock(last, machine);
    expect(outage?.method).toBe('wall-estimated');
    expect(clock.now()).toBe(start + 60_000);
  });

  test('never runs back, and never loses what passed while it ran, over any life', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('forward' as const), ms: fc.integer({ min: 0, max: 1e7 }) }),
      fc.record({ kind: fc.constant('jump' as const), ms: fc.integer({ min: -1e9, max: 1e9 }) }),
      fc.record({ kind: fc.constant('restart' as const), ms: fc.integer({ min: 0, max: 1e7 }) }),
      fc.record({ kind: fc.constant('reboot' as const), ms: fc.integer({ min: 0, max: 1e7 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const machine = createTestMachine(start);
        let { clock } = continueClock(null, machine);
        for (const s of steps) {
          const before = clock.now();
          const beat = { bootId: machine.bootId, hrMs: machine.hrMs(), at: before };
          if (s.kind === 'jump') machine.jumpWall(s.ms);
          else machine.forward(s.ms);
          if (s.kind === 'reboot') machine.reboot();
          if (s.kind === 'restart' || s.kind === 'reboot') ({ clock } = continueClock(beat, machine));
          const passed = clock.now() - before;
          expect(passed).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(clock.now())).toBe(true);
          const due = { forward: s.ms, restart: s.ms, jump: 0, reboot: passed }[s.kind];
          expect(Math.abs(passed - due)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
