import { randomBytes } from 'node:crypto';
import { makeEntry } from '../../audit/make-entry.ts';
import { Refusal } from '../../errors.ts';
import type { Access } from '../access.ts';
import type { Role } from '../roles.ts';
import { keepAdministrator } from './keep-administrator.ts';

/**
 * Gives an account these roles instead of those it had; they hold from its next request.
 * @throws Refusal NOT_FOUND, or FORBIDDEN for the last administrator
 */
export async function changeRoles(
  d: Pick<Access, 'clock' | 'accounts' | 'audit' | 'staffChanged'>,
  accountId: string,
  roles: readonly Role[],
  by: string,
): Promise<void> {
  const account = await d.accounts.findById(accountId);
  if (account === null) throw new Refusal('NOT_FOUND');
  const next = [...new Set(roles)];
  if (!next.includes('administrator')) await keepAdministrator(d, accountId);
  const entry = makeEntry('account', accountId, await d.accounts.lastEntry(accountId), {
    kind: 'roles-changed',
    body: { by, from: account.roles, to: next },
    at: d.clock.now(),
    salt: randomBytes(16).toString('hex'),
  });
  await d.accounts.change(accountId, { roles: next }, entry);
  await d.audit.append('roles-changed', { account: accountId, by });
  d.staffChanged(accountId);
}
