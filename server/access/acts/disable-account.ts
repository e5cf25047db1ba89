import { randomBytes } from 'node:crypto';
import { makeEntry } from '../../audit/make-entry.ts';
import { Refusal } from '../../errors.ts';
import type { Access } from '../access.ts';
import { keepAdministrator } from './keep-administrator.ts';
import { revokeSessions } from './revoke-sessions.ts';

/**
 * Ends an account: it cannot sign in, and is signed out wherever it is. What it did stays on record.
 * @throws Refusal NOT_FOUND, or FORBIDDEN for the last administrator
 */
export async function disableAccount(
  d: Pick<Access, 'clock' | 'accounts' | 'audit' | 'removeSessions' | 'staffChanged'>,
  accountId: string,
  by: string,
): Promise<void> {
  const account = await d.accounts.findById(accountId);
  if (account === null) throw new Refusal('NOT_FOUND');
  if (account.disabledAt !== null) return;
  await keepAdministrator(d, accountId);
  const at = d.clock.now();
  const entry = makeEntry('account', accountId, await d.accounts.lastEntry(accountId), {
    kind: 'disabled',
    body: { by },
    at,
    salt: randomBytes(16).toString('hex'),
  });
  await d.accounts.change(accountId, { disabledAt: at }, entry);
  await d.audit.append('account-disabled', { account: accountId, by });
  await revokeSessions(d, accountId, by);
}
