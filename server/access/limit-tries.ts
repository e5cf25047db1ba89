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
  /** wrong tries of one key in windowS before it is refused */
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
   * Counts a try before it is made, so that tries at the same moment count too, and waits as long as the rules say.
   * @throws TooManyTries
   */
  begin(key: string): Promise<void>;
  /** The try was right: it does not count, and the key starts afresh. */
  succeeded(key: string): Promise<void>;
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
export const codeRules: TryRules = {
  of: 'code',
  perKey: 15,
  free: 5,
  together: 200,
  windowS: 300,
  gatePerS: 4,
  gateLine: 40,
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

  async function passTogether(): Promise<void> {
    try {
      await together.consume(everyone);
      return;
    } catch (e) {
      if (!(e instanceof RateLimiterRes)) throw e;
    }
    try {
      await gate.removeTokens(1);
    } catch {
      throw new TooManyTries(Math.ceil(rules.gateLine / rules.gatePerS), `${rules.of}: all`);
    }
  }

  return {
    begin: async (key) => {
      const before = await perKey.get(key);
      // A key that is at its end is refused before it can narrow the gate for the others.
      if (before !== null && before.consumedPoints >= rules.perKey && before.msBeforeNext > 0)
        throw new TooManyTries(retryAfterS(before), `${rules.of}: key`);
      await passTogether();
      let tries: RateLimiterRes;
      try {
        tries = await perKey.consume(key);
      } catch (e) {
        if (e instanceof RateLimiterRes) throw new TooManyTries(retryAfterS(e), `${rules.of}: key`);
        throw e;
      }
      const ms = delayMs(tries.consumedPoints, rules.free);
      if (ms > 0) await sleep(ms);
    },
    succeeded: async (key) => {
      await perKey.delete(key);
      await together.reward(everyone);
    },
  };
}
