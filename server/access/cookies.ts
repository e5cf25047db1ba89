/** Names of the cookies and how they are read and set. None is readable by scripts; all are strict: no foreign page can make a browser send them. */
import type { Request, Response } from 'express';

/** staff session, signed */
export const sessionCookie = 'adil_session';
/** the terminal that holds an attempt */
export const seatCookie = 'adil_seat';
/** a browser that opened a page: ties form tokens and the count of wrong codes to it before anyone is signed in */
export const visitCookie = 'adil_visit';
/** this browser has signed in to an account before */
export const knownCookie = 'adil_known';
/** language of the pages */
export const languageCookie = 'adil_lang';

/**
 * The value of a cookie in a Cookie header; null when absent. Of several with one name the first counts (RFC 6265: the longest path).
 * Values of ours need no decoding except the session's, whose ":" and "/" come as %XX.
 */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    const raw = pair.slice(at + 1).trim();
    try {
      return decodeURIComponent(raw);
    } catch {
      return null;
    }
  }
  return null;
}

/** Secure follows the scheme: a Secure cookie over plain HTTP would be dropped without a word. */
export function setCookie(req: Request, res: Response, name: string, value: string, maxAgeMs: number): void {
  res.cookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    secure: req.secure,
    path: '/',
    maxAge: maxAgeMs,
  });
}
