/**
 * Limits of guessing. A key (an account, a browser) has few tries in a window and gets slower before they end. All keys together have no
 * hard end, or one person could lock everybody out: beyond a number of wrong tries everyone goes through a narrow gate, a few a second.
 * The address of the sender plays no part: a whole room can stand behind one address.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterQueue, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyTries } from './too-many-tries.ts';

export interface TryRules {
  /** names the limit in the log */
  readonly of: string;
  /** tries of one key in windowS, until one is right */
  readonly perKey: number;
  /** of these, so many without a delay; each further one waits twice as long, from 250 ms to 4 s */
  readonly free: number;
  /** wrong tries of all keys in windowS before the gate narrows */
  readonly together: number;
  readonly windowS: number;
  /** tries let through a second once the gate is narrow */
  readonly gatePerS: number;
  /** tries that may wait at the gate; more are refused at once */
  readonly gateLine: number;
}

export interface TryLimits {
  /**
   * Counts a try before it is made, so that tries of one key at the same moment count too, and waits as long as the rules say.
   * @param key null: a sender that cannot be told apart from others; only what all do together limits it
   * @throws TooManyTries
   */
  readonly begin: (key: string | null) => Promise<void>;
  readonly failed: () => Promise<void>;
  /** The try was right: the key starts afresh. */
  readonly succeeded: (key: string | null) => Promise<void>;
}

export const signInRules: TryRules = {
  of: 'sign-in',
  perKey: 15,
  free: 5,
  together: 200,
  windowS: 900,
  gatePerS: 4,
  gateLine: 40,
};

/** At the narrow gate one in 10^13 codes is tried ten times a second: with 1,000 codes in use, one guess in 30 years is right. */
export const codeRules: TryRules = {
  of: 'code',
  perKey: 15,
  free: 5,
  together: 200,
  windowS: 300,
  gatePerS: 10,
  gateLine: 100,
};

const everyone = 'all';
const delayMs = (n: number, free: number): number =>
  n <= free ? 0 : Math.min(4_000, 250 * 2 ** (n - free - 1));
const retryAfterS = (r: RateLimiterRes): number => Math.max(1, Math.ceil(r.msBeforeNext / 1000));

/** @param sleep waits so many milliseconds; tests take their own */
export function createTryLimits(rules: TryRules, sleep: (ms: number) => Promise<unknown> = wait): TryLimits {
  const perKey = new RateLimiterMemory({ points: rules.perKey, duration: rules.windowS });
  const together = new RateLimiterMemory({ points: rules.together, duration: rules.windowS });
  const gate = new RateLimiterQueue(new RateLimiterMemory({ points: rules.gatePerS, duration: 1 }), {
    maxQueueSize: rules.gateLine,
  });

  async function passGate(): Promise<void> {
    const wrong = await together.get(everyone);
    if (wrong === null || wrong.msBeforeNext <= 0 || wrong.consumedPoints < rules.together) return;
    try {
      await gate.removeTokens(1);
    } catch {
      throw new TooManyTries(Math.ceil(rules.gateLine / rules.gatePerS), `${rules.of}: all`);
    }
  }

  async function count(key: string): Promise<RateLimiterRes> {
    try {
      return await perKey.consume(key);
    } catch (e) {
      if (e instanceof RateLimiterRes) throw new TooManyTries(retryAfterS(e), `${rules.of}: key`);
      throw e;
    }
  }

  return {
    begin: async (key) => {
      const tries = key === null ? null : await count(key);
      await passGate();
      const ms = delayMs(tries?.consumedPoints ?? 0, rules.free);
      if (ms > 0) await sleep(ms);
    },
    failed: async () => {
      // beyond the limit it rejects with the count: that is what the gate asks for
      await together.consume(everyone).catch(() => undefined);
    },
    succeeded: async (key) => {
      if (key !== null) await perKey.delete(key);
    },
  };
}
