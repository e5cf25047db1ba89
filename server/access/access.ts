/** What the acts of access work with. */
import type { AuditLog } from '../audit/append-audit.ts';
import type { Clock } from '../clock.ts';
import type { AccountStore } from './account-store.ts';
import type { TryLimits } from './limit-tries.ts';
import type { Passwords } from './passwords.ts';

export interface Access {
  readonly clock: Clock;
  readonly accounts: AccountStore;
  readonly passwords: Passwords;
  readonly audit: AuditLog;
  readonly signInLimits: TryLimits;
  readonly codeLimits: TryLimits;
  /** ends the sessions of an account in the store */
  removeSessions(accountId: string): Promise<number>;
  /** told when the sessions of an account ended or its roles changed: its sockets are to be closed */
  staffChanged(accountId: string): void;
}
