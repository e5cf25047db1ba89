import { Refusal } from '../../errors.ts';
import type { Access } from '../access.ts';
import { draftAccount, type NewAccount } from './create-account.ts';
import { setupLinkId } from './create-setup-link.ts';

/**
 * Creates the first administrator and uses the link up, both or neither.
 * @throws Refusal LINK_SPENT, BAD_SHAPE, WEAK_PASSWORD or BUSY; the link stays valid unless it was spent
 */
export async function completeSetup(
  d: Pick<Access, 'clock' | 'accounts' | 'audit' | 'passwords'>,
  token: string,
  a: Omit<NewAccount, 'roles'>,
): Promise<{ accountId: string }> {
  // Before the password is hashed: that is costly work, and anyone can send a token.
  if (!(await d.accounts.linkValid(setupLinkId(token), d.clock.now()))) {
    await d.audit.append('setup-refused', {});
    throw new Refusal('LINK_SPENT');
  }
  const { record, entry } = await draftAccount(d, { ...a, roles: ['administrator'] }, 'setup');
  await d.accounts.createFirst(setupLinkId(token), d.clock.now(), record, entry);
  await d.audit.append('setup-completed', { account: record._id });
  return { accountId: record._id };
}
