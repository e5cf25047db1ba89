import { randomBytes } from 'node:crypto';
import { makeEntry } from '../../audit/make-entry.ts';
import type { ChainEntry } from '../../audit/chain.ts';
import { Refusal } from '../../errors.ts';
import { randomId } from '../../random-id.ts';
import type { AccountRecord } from '../../store/build-models.ts';
import type { Access } from '../access.ts';
import { checkPassword } from '../passwords.ts';
import type { Role } from '../roles.ts';

export interface NewAccount {
  /** as typed; kept in lower case: Latin letters, digits, dot, hyphen, underline, 2 to 40 */
  readonly name: string;
  /** as shown to others, 1 to 100 characters */
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly password: string;
}

/** Who makes the account: the id of an account, or the server itself. */
export type AccountMaker = string;

/** @throws Refusal BAD_SHAPE, WEAK_PASSWORD or BUSY */
export async function draftAccount(
  d: Pick<Access, 'clock' | 'passwords'>,
  a: NewAccount,
  by: AccountMaker,
): Promise<{ record: AccountRecord; entry: ChainEntry }> {
  const name = accountName(a.name);
  const displayName = a.displayName.trim();
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(name)) throw new Refusal('BAD_SHAPE', '/name');
  if (displayName.length < 1 || displayName.length > 100) throw new Refusal('BAD_SHAPE', '/displayName');
  checkPassword(a.password, name);
  const passwordHash = await d.passwords.hash(a.password);
  const at = d.clock.now();
  const accountId = randomId();
  const roles = [...new Set(a.roles)];
  return {
    record: { _id: accountId, name, displayName, passwordHash, roles, createdAt: at, disabledAt: null },
    entry: makeEntry('account', accountId, null, {
      kind: 'created',
      body: { by, roles },
      at,
      salt: randomBytes(16).toString('hex'),
    }),
  };
}

/** The form in which names are compared and kept. */
export function accountName(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/**
 * Creates an account of staff and the first entry of its chain.
 * @throws Refusal BAD_SHAPE, WEAK_PASSWORD, NAME_TAKEN or BUSY
 */
export async function createAccount(
  d: Pick<Access, 'clock' | 'passwords' | 'accounts' | 'audit'>,
  a: NewAccount,
  by: AccountMaker,
): Promise<{ accountId: string }> {
  const { record, entry } = await draftAccount(d, a, by);
  await d.accounts.create(record, entry);
  await d.audit.append('account-created', { account: record._id, by });
  return { accountId: record._id };
}
