/** Puts access together from store, clock and keys, for the server and for tests. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Express } from 'express';
import { createAuditLog, type AuditLog } from '../audit/append-audit.ts';
import type { Clock } from '../clock.ts';
import type { AttemptStore } from '../delivery/attempt-store.ts';
import type { CodeMaker } from '../delivery/code-maker.ts';
import type { renderPage } from '../reports/render-page.ts';
import type { Store } from '../store/open-store.ts';
import { createAccountStore } from './account-store.ts';
import type { Access } from './access.ts';
import type { TerminalAccess } from './acts/take-terminal-code.ts';
import { createFormTokens } from './form-token.ts';
import { createFrameOf, type FrameOf } from './frame-of.ts';
import type { ServerKeys } from './keys.ts';
import { createKnownBrowsers } from './known-browser.ts';
import { codeRules, createTryLimits, signInRules } from './limit-tries.ts';
import { originAllowed, type OriginRules } from './origin.ts';
import { argon2id, createPasswords, type PasswordHasher } from './passwords.ts';
import { registerAccessRoutes } from './register-access-routes.ts';
import { registerAccountRoutes } from './register-account-routes.ts';
import { createRequireAct, type RequireAct } from './require-act.ts';
import { createSeats, type Seats } from './seats.ts';
import { notFound, sendRefusal, type Log } from './send-refusal.ts';
import { openSessionStore } from './session-store.ts';
import { createStaffReader, type StaffReader } from './staff-of.ts';
import { createStaffSessions } from './staff-sessions.ts';
import { useAccess } from './use-access.ts';

export interface AccessInput {
  readonly store: Store;
  readonly clock: Clock;
  readonly keys: ServerKeys;
  /** random id of this node */
  readonly nodeId: string;
  readonly attempts: Pick<AttemptStore, 'takeCode' | 'findBySeat'>;
  readonly codes: Pick<CodeMaker, 'hashOf'>;
  readonly origin: OriginRules;
  readonly demonstration: boolean;
  /** plain HTTP was allowed beyond loopback: pages carry a banner */
  readonly plainHttp: boolean;
  /** IANA name */
  readonly timeZone: string;
  /** served under /assets; null: none */
  readonly assetsFolder: string | null;
  readonly show: typeof renderPage;
  readonly log: Log;
  onSeatTaken(attemptId: string, by: 'code' | 'transfer'): void;
  /** its sockets are to be closed: they come back if they still may */
  staffChanged(accountId: string): void;
  /** the costly work of passwords and the waiting of slow-down; tests count them */
  readonly hasher?: PasswordHasher;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

export interface ComposedAccess extends StaffReader, Pick<Seats, 'seatOf'> {
  /** for the acts createAccount, disableAccount, changeRoles, revokeSessions, createSetupLink */
  readonly access: Access;
  readonly audit: AuditLog;
  readonly requireAct: RequireAct;
  readonly frameOf: FrameOf;
  /** for handshakes of sockets */
  originAllowed(headers: IncomingHttpHeaders): boolean;
  /** call first: headers, assets, Origin, bodies, session, form token */
  use(app: Express): void;
  /** call next, among the other routes */
  register(app: Express): void;
  /** call last: 404 and the error edge */
  finish(app: Express): void;
}

export async function composeAccess(x: AccessInput): Promise<ComposedAccess> {
  const accounts = createAccountStore(x.store);
  const sessionStore = await openSessionStore(x.store.connection);
  const sessions = createStaffSessions(sessionStore, x.keys.session);
  const audit = createAuditLog({ store: x.store, clock: x.clock, nodeId: x.nodeId });
  const access: Access = {
    clock: x.clock,
    accounts,
    passwords: await createPasswords(x.hasher ?? argon2id),
    audit,
    signInLimits: createTryLimits(signInRules, x.sleep),
    codeLimits: createTryLimits(codeRules, x.sleep),
    removeSessions: (accountId) => sessionStore.removeOf(accountId),
    staffChanged: (accountId) => x.staffChanged(accountId),
  };
  const seats = createSeats({ clock: x.clock, attempts: x.attempts, key: x.keys.seat });
  const tokens = createFormTokens(x.keys.form);
  const staff = createStaffReader({ clock: x.clock, accounts, sessions });
  const frameOf = createFrameOf({
    staffOf: staff.staffOf,
    tokens,
    demonstration: x.demonstration,
    plainHttp: x.plainHttp,
    timeZone: x.timeZone,
  });
  const requireAct = createRequireAct(staff.staffOf, seats);
  const terminal: TerminalAccess = {
    clock: x.clock,
    audit,
    codeLimits: access.codeLimits,
    codes: x.codes,
    attempts: x.attempts,
    seats,
    onSeatTaken: (attemptId, by) => x.onSeatTaken(attemptId, by),
  };
  const routes = {
    access,
    terminal,
    sessions,
    staffOf: staff.staffOf,
    requireAct,
    frameOf,
    known: createKnownBrowsers(x.keys.form),
    show: x.show,
    log: x.log,
    demonstration: x.demonstration,
  };
  return {
    ...staff,
    seatOf: seats.seatOf,
    access,
    audit,
    requireAct,
    frameOf,
    originAllowed: (headers) => originAllowed(headers, x.origin),
    use: (app) => useAccess(app, { origin: x.origin, sessions, tokens, assetsFolder: x.assetsFolder }),
    register: (app) => {
      registerAccessRoutes(app, routes);
      registerAccountRoutes(app, routes);
    },
    finish: (app) => {
      app.use(notFound);
      app.use(sendRefusal({ log: x.log, show: x.show, frameOf }));
    },
  };
}
