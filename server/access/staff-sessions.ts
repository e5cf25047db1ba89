/** Sessions of staff: a signed cookie names a record in the store; the record names the account and nothing of what it may do. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { SessionData } from 'express-session';
import { readCookie, sessionCookie } from './cookies.ts';
import { sessionLifeMs, type SessionStore } from './session-store.ts';

declare module 'express-session' {
  interface SessionData {
    accountId: string;
    /** form token of this session */
    csrf: string;
    /** steady clock */
    signedInAt: number;
  }
}

export interface StaffSessions {
  readonly middleware: RequestHandler;
  /** Begins a session under a new id; whatever session the browser had is gone. */
  begin(req: Request, accountId: string, at: number): Promise<void>;
  end(req: Request): Promise<void>;
  /** the session of a handshake or of any request that did not pass the middleware */
  read(cookieHeader: string | undefined): Promise<SessionData | null>;
}

/** The id inside a signed cookie of express-session ("s:" id "." HMAC-SHA256 in base64 without "="); null when the signature is not ours. */
function unsign(cookie: string, secret: string): string | null {
  const dot = cookie.lastIndexOf('.');
  if (!cookie.startsWith('s:') || dot < 0) return null;
  const id = cookie.slice(2, dot);
  const expected = Buffer.from(createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, ''));
  const given = Buffer.from(cookie.slice(dot + 1));
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}

const settled = (act: (done: (e: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => act((e) => (e === undefined || e === null ? resolve() : reject(e))));

export function createStaffSessions(sessions: Pick<SessionStore, 'store'>, key: Buffer): StaffSessions {
  const secret = key.toString('hex');
  return {
    middleware: session({
      name: sessionCookie,
      secret,
      store: sessions.store,
      resave: false,
      saveUninitialized: false,
      rolling: false,
      cookie: {
        httpOnly: true,
        // strict, not lax: a link on a foreign page could otherwise make a member "view" a report in the audit log
        sameSite: 'strict',
        secure: 'auto',
        maxAge: sessionLifeMs,
        path: '/',
      },
    }),
    begin: async (req, accountId, at) => {
      await settled((done) => req.session.regenerate(done));
      req.session.accountId = accountId;
      req.session.csrf = randomBytes(32).toString('base64url');
      req.session.signedInAt = at;
      await settled((done) => req.session.save(done));
    },
    end: (req) => settled((done) => req.session.destroy(done)),
    read: async (header) => {
      const id = unsign(readCookie(header, sessionCookie) ?? '', secret);
      if (id === null) return null;
      return new Promise((resolve, reject) => {
        sessions.store.get(id, (e: unknown, found) => (e ? reject(e) : resolve(found ?? null)));
      });
    },
  };
}
