/** The clocks of a machine that stand still until a test moves them. */
import type { MachineTime } from '../../server/clock.ts';

export interface TestMachine extends MachineTime {
  /** both clocks go on */
  forward(ms: number): void;
  /** somebody sets the wall clock; the monotonic clock does not know */
  jumpWall(ms: number): void;
  /** another boot: the monotonic clock begins anew */
  reboot(): void;
}

export function createTestMachine(wallMs = 1_760_000_000_000): TestMachine {
  let wall = wallMs;
  let hr = 5_000;
  let boot = 1;
  return {
    get bootId() {
      return `boot-${boot}`;
    },
    hrMs: () => hr,
    wallMs: () => wall,
    forward: (ms) => {
      wall += ms;
      hr += ms;
    },
    jumpWall: (ms) => {
      wall += ms;
    },
    reboot: () => {
      boot += 1;
      hr = 100;
    },
  };
}
