import type { CodeMaker } from '../../delivery/code-maker.ts';
import type { AttemptStore } from '../../delivery/attempt-store.ts';
import { Refusal } from '../../errors.ts';
import type { Access } from '../access.ts';
import type { Seats } from '../seats.ts';

export interface TerminalAccess extends Pick<Access, 'clock' | 'audit' | 'codeLimits'> {
  readonly codes: Pick<CodeMaker, 'hashOf'>;
  readonly attempts: Pick<AttemptStore, 'takeCode'>;
  readonly seats: Pick<Seats, 'make'>;
  /** told when a terminal has taken an attempt: a former terminal is superseded at its next message */
  onSeatTaken(attemptId: string, by: 'code' | 'transfer'): void;
}

/** What is asked for when the typed text cannot be a code, so that it costs what a wrong code costs. No hash looks like this. */
const noHash = 'none';
const anyCode = '0'.repeat(14);

/**
 * Uses a one-time code up and gives this terminal the cookie of its attempt. An unknown, a used, an expired and a malformed code cost
 * the same (one HMAC, one query) and get the same words.
 * @param browser what the wrong codes of this terminal are counted under; null: it sends no cookie
 * @returns the cookie to set
 * @throws Refusal CODE_REFUSED; TooManyTries
 */
export async function takeTerminalCode(
  d: TerminalAccess,
  typed: string,
  browser: string | null,
): Promise<{ attemptId: string; cookie: string }> {
  await d.codeLimits.begin(browser);
  const hash = d.codes.hashOf(typed) ?? (d.codes.hashOf(anyCode), noHash);
  const seat = d.seats.make();
  const taken = await d.attempts.takeCode(hash, seat.hash, d.clock.now());
  if (taken === null) {
    await d.codeLimits.failed();
    await d.audit.append('code-refused', {});
    throw new Refusal('CODE_REFUSED');
  }
  await d.codeLimits.succeeded(browser);
  const by = taken.isTransfer ? 'transfer' : 'code';
  d.onSeatTaken(taken.attemptId, by);
  await d.audit.append('code-accepted', { attempt: taken.attemptId, by });
  return { attemptId: taken.attemptId, cookie: seat.cookie };
}
