import { Refusal } from '../../errors.ts';
import type { Access } from '../access.ts';
import { accountName } from './create-account.ts';

export interface Credentials {
  readonly name: string;
  readonly password: string;
  /** null, or which of the browsers that signed in to this account before this one is: it has a count of its own */
  readonly knownBrowser: string | null;
}

/**
 * Checks name and password. An unknown name, a wrong password and a disabled account cost the same work and get the same words.
 * @throws Refusal SIGN_IN_FAILED, BUSY; TooManyTries
 */
export async function signIn(
  d: Pick<Access, 'accounts' | 'passwords' | 'audit' | 'signInLimits'>,
  c: Credentials,
): Promise<{ accountId: string; name: string }> {
  const name = accountName(c.name);
  // Strangers who guess slow each other down, not the browser in which the person works every day.
  const key = c.knownBrowser === null ? `name ${name}` : `browser ${c.knownBrowser}`;
  await d.signInLimits.begin(key);
  const account = await d.accounts.findByName(name);
  const right = await d.passwords.matches(account?.passwordHash ?? null, c.password);
  if (!right || account === null || account.disabledAt !== null) {
    await d.signInLimits.failed();
    await d.audit.append('sign-in-failed', { account: account?._id ?? null });
    throw new Refusal('SIGN_IN_FAILED');
  }
  await d.signInLimits.succeeded(key);
  await d.audit.append('signed-in', { account: account._id });
  return { accountId: account._id, name };
}
