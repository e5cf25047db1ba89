/** Which attempt a terminal holds: a cookie of 32 random bytes, kept by the store as a keyed hash only. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { AttemptStore } from '../delivery/attempt-store.ts';
import { readCookie, seatCookie } from './cookies.ts';

export const seatLifeMs = 24 * 3600_000;

export interface Seats {
  /** a new cookie and its stored form */
  make(): { cookie: string; hash: string };
  /** the attempt of the terminal that sends these cookies; null when none or when the cookie is older than 24 h */
  readonly seatOf: (cookieHeader: string | undefined) => Promise<string | null>;
}

export interface SeatDeps {
  readonly clock: Clock;
  readonly attempts: Pick<AttemptStore, 'findBySeat'>;
  /** secret of the server, not kept in the store */
  readonly key: Buffer;
}

/** When it was made (milliseconds, base 36), a dot, 43 characters of base64url. The hash covers both, so the time cannot be altered. */
const shape = /^([0-9a-z]{6,10})\.[A-Za-z0-9_-]{43}$/;

export function createSeats(d: SeatDeps): Seats {
  const hashOf = (cookie: string): string =>
    createHmac('sha256', d.key).update(`seat:${cookie}`).digest('hex');
  return {
    make: () => {
      const cookie = `${d.clock.now().toString(36)}.${randomBytes(32).toString('base64url')}`;
      return { cookie, hash: hashOf(cookie) };
    },
    seatOf: async (header) => {
      const cookie = readCookie(header, seatCookie) ?? '';
      const madeAt = parseInt(shape.exec(cookie)?.[1] ?? '', 36);
      if (!(d.clock.now() - madeAt < seatLifeMs)) return null;
      return d.attempts.findBySeat(hashOf(cookie));
    },
  };
}
