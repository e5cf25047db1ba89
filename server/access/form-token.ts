/**
 * Form tokens: a form is accepted only with the token that this server put into the page. Of staff the token lies in the session. A
 * visitor has no session, which would cost a durable write for anyone who opens a page; there the token is a keyed hash of the cookie of
 * the visit.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { readCookie, setCookie, visitCookie } from './cookies.ts';

/** name of the hidden field in every form */
export const formTokenField = 'csrf';

export interface FormTokens {
  /** for the hidden field of a form; begins a visit where there is none */
  tokenFor(req: Request, res: Response): string;
  matches(req: Request, token: unknown): boolean;
}

const visitLifeMs = 24 * 3600_000;

/** The random id of a browser's visit; null when it has none. */
export function visitOf(cookieHeader: string | undefined): string | null {
  const visit = readCookie(cookieHeader, visitCookie);
  return visit !== null && /^[0-9a-f]{32}$/.test(visit) ? visit : null;
}

/** Gives the browser a visit where it has none. */
export function beginVisit(req: Request, res: Response): string {
  const old = visitOf(req.headers.cookie);
  if (old !== null) return old;
  const visit = randomBytes(16).toString('hex');
  setCookie(req, res, visitCookie, visit, visitLifeMs);
  return visit;
}

export function createFormTokens(key: Buffer): FormTokens {
  const ofVisit = (visit: string): string =>
    createHmac('sha256', key).update(`form:${visit}`).digest('base64url');
  return {
    tokenFor: (req, res) => req.session?.csrf ?? ofVisit(beginVisit(req, res)),
    matches: (req, token) => {
      const visit = visitOf(req.headers.cookie);
      const expected = req.session?.csrf ?? (visit === null ? null : ofVisit(visit));
      if (expected === null || typeof token !== 'string') return false;
      const a = Buffer.from(expected);
      const b = Buffer.from(token);
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}
