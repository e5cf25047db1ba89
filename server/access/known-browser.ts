/**
 * Marks a browser in which someone has signed in to an account, so that strangers who guess at this account do not lock its owner out
 * ("device cookies", OWASP). The mark opens nothing: it only gives the browser a count of wrong tries of its own.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { knownCookie, readCookie } from './cookies.ts';

export const knownBrowserLifeMs = 180 * 24 * 3600_000;

export interface KnownBrowsers {
  /** value of the cookie for a browser that has just signed in to the account of this name */
  mark(name: string): string;
  /** random id of this browser where it has signed in to the account of this name before, else null */
  known(name: string, cookieHeader: string | undefined): string | null;
}

export function createKnownBrowsers(key: Buffer): KnownBrowsers {
  const seal = (id: string, name: string): string =>
    createHmac('sha256', key).update(`known:${id}:${name}`).digest('hex');
  return {
    mark: (name) => {
      const id = randomBytes(16).toString('hex');
      return `${id}.${seal(id, name)}`;
    },
    known: (name, header) => {
      const [id = '', given = ''] = (readCookie(header, knownCookie) ?? '').split('.');
      const expected = Buffer.from(seal(id, name));
      const a = Buffer.from(given);
      return a.length === expected.length && timingSafeEqual(a, expected) ? id : null;
    },
  };
}
