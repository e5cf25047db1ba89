/** Who of the staff sends a request. The session names the account; roles and whether it is disabled are read from the account each time. */
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import type { Clock } from '../clock.ts';
import type { AccountRecord } from '../store/build-models.ts';
import type { AccountStore } from './account-store.ts';
import { mayStaff, type Act } from './policy.ts';
import type { Role } from './roles.ts';
import { sessionLifeMs } from './session-store.ts';
import type { StaffSessions } from './staff-sessions.ts';

export interface Staff {
  readonly accountId: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** when the session ends, steady clock */
  readonly untilAt: number;
}

export interface StaffReader {
  readonly staffOf: (req: Request) => Promise<Staff | null>;
  /** @param cookieHeader of a socket's handshake */
  staffOfHandshake(cookieHeader: string | undefined): Promise<Staff | null>;
  /** asked at each message of a socket */
  mayStaff(accountId: string, act: Act): Promise<boolean>;
}

export interface StaffReaderDeps {
  readonly clock: Clock;
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly sessions: Pick<StaffSessions, 'read'>;
}

export function createStaffReader(d: StaffReaderDeps): StaffReader {
  const asked = new WeakMap<Request, { accountId: string; staff: Promise<Staff | null> }>();

  async function enabled(accountId: string): Promise<AccountRecord | null> {
    const account = await d.accounts.findById(accountId);
    return account !== null && account.disabledAt === null ? account : null;
  }

  async function staffOfSession(session: Partial<SessionData> | null | undefined): Promise<Staff | null> {
    if (session?.accountId === undefined || session.signedInAt === undefined) return null;
    const untilAt = session.signedInAt + sessionLifeMs;
    if (d.clock.now() >= untilAt) return null;
    const account = await enabled(session.accountId);
    return (
      account && { accountId: account._id, displayName: account.displayName, roles: account.roles, untilAt }
    );
  }

  return {
    staffOf: (req) => {
      const accountId = req.session?.accountId ?? '';
      const known = asked.get(req);
      if (known?.accountId === accountId) return known.staff;
      const staff = staffOfSession(req.session);
      asked.set(req, { accountId, staff });
      return staff;
    },
    staffOfHandshake: async (header) => staffOfSession(await d.sessions.read(header)),
    mayStaff: async (accountId, act) => {
      const account = await enabled(accountId);
      return account !== null && mayStaff(account.roles, act);
    },
  };
}
