import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { learnClock, passedThreshold, remainingAt, type Clock } from '../../client/terminal/clock.ts';
import { showClock } from '../../client/shared/show-clock.ts';

test('never promises more than the server allows, and each reply brings it closer', () => {
  const reply = fc.record({ wait: fc.nat(60_000), there: fc.nat(3_000), back: fc.nat(3_000) });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7_200_000 }),
      fc.array(reply, { minLength: 1, maxLength: 30 }),
      (end, replies) => {
        let clock: Clock | null = null;
        let width = Infinity;
        let now = 0;
        for (const { wait, there, back } of replies) {
          const sentAt = now + wait;
          const servedAt = sentAt + there;
          now = servedAt + back;
          if (servedAt > end) break;
          clock = learnClock(clock, end - servedAt, sentAt, now);
          expect(clock.earliestEnd).toBeLessThanOrEqual(end);
          expect(clock.latestEnd).toBeGreaterThanOrEqual(end);
          expect(clock.latestEnd - clock.earliestEnd).toBeLessThanOrEqual(width);
          width = clock.latestEnd - clock.earliestEnd;
          expect(remainingAt(clock, now)).toBeLessThanOrEqual(Math.max(0, end - now));
        }
      },
    ),
  );
});

test('time given back replaces what was known', () => {
  const before = learnClock(null, 10_000, 0, 50);
  const after = learnClock(before, 40_000, 1_000, 1_050);
  expect(remainingAt(after, 1_050)).toBe(39_950);
});

test('is never negative', () => {
  expect(remainingAt(learnClock(null, 5, 0, 0), 100)).toBe(0);
});

test('a threshold is passed once, the lowest counts, and not at the end', () => {
  const thresholds = [300_000, 60_000];
  expect(passedThreshold(300_100, 299_900, thresholds)).toBe(300_000);
  expect(passedThreshold(299_900, 299_700, thresholds)).toBeNull();
  expect(passedThreshold(400_000, 59_000, thresholds)).toBe(60_000);
  expect(passedThreshold(70_000, 0, thresholds)).toBeNull();
});

test('shows whole seconds, begun ones counted, and more than an hour in minutes', () => {
  expect(showClock(0)).toBe('00:00');
  expect(showClock(1)).toBe('00:01');
  expect(showClock(59_001)).toBe('01:00');
  expect(showClock(75 * 60_000)).toBe('75:00');
});
