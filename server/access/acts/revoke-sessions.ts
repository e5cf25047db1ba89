import type { Access } from '../access.ts';

/** Signs an account out everywhere and has its sockets closed. @returns how many sessions ended */
export async function revokeSessions(
  d: Pick<Access, 'audit' | 'removeSessions' | 'staffChanged'>,
  accountId: string,
  by: string,
): Promise<number> {
  const ended = await d.removeSessions(accountId);
  d.staffChanged(accountId);
  await d.audit.append('sessions-revoked', { account: accountId, by });
  return ended;
}
