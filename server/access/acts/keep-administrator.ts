import { Refusal } from '../../errors.ts';
import type { Access } from '../access.ts';

/** @throws Refusal FORBIDDEN when nobody but this account could administer afterwards */
export async function keepAdministrator(d: Pick<Access, 'accounts'>, accountId: string): Promise<void> {
  const others = (await d.accounts.list()).filter((a) => a._id !== accountId && a.disabledAt === null);
  if (!others.some((a) => a.roles.includes('administrator')))
    throw new Refusal('FORBIDDEN', 'last administrator');
}
