import { createHash, randomBytes } from 'node:crypto';
import type { Access } from '../access.ts';

export const setupLinkLifeMs = 3600_000;

/** The form in which the store keeps a token. */
export function setupLinkId(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Makes the link by which the first administrator of an operational store is created: valid once and for an hour; the link before it is
 * void. For a store without accounts.
 * @returns the token; the path of the page is /setup/TOKEN
 */
export async function createSetupLink(
  d: Pick<Access, 'clock' | 'accounts' | 'audit'>,
): Promise<{ token: string; validUntilAt: number }> {
  const token = randomBytes(32).toString('base64url');
  const validUntilAt = d.clock.now() + setupLinkLifeMs;
  await d.accounts.saveLink(setupLinkId(token), validUntilAt);
  await d.audit.append('setup-link-created', {});
  return { token, validUntilAt };
}
