/** The middleware that every request of a page or of the JSON twin passes, in the one order that makes sense. */
import express from 'express';
import type { Express } from 'express';
import { languageCookie, setCookie } from './cookies.ts';
import { beginVisit, type FormTokens } from './form-token.ts';
import { guardForm, guardOrigin } from './guard-unsafe.ts';
import { languageOf } from './language-of.ts';
import type { OriginRules } from './origin.ts';
import { noStore, securityHeaders } from './security-headers.ts';
import type { StaffSessions } from './staff-sessions.ts';

export interface AccessMiddleware {
  readonly origin: OriginRules;
  readonly sessions: Pick<StaffSessions, 'middleware'>;
  readonly tokens: FormTokens;
  /** folder of bundles, styles and fonts, served under /assets before anything else is asked; null: none */
  readonly assetsFolder: string | null;
}

const languageLifeMs = 365 * 24 * 3600_000;

/**
 * 1 headers, 2 assets, 3 Origin (before a body is read), 4 bodies (64 KB JSON, 16 KB forms), 5 session, 6 form token. Routes come after;
 * notFound and sendRefusal last.
 */
export function useAccess(app: Express, m: AccessMiddleware): void {
  app.disable('x-powered-by');
  app.set('trust proxy', m.origin.trustProxy);
  // "?next[a]=b" stays text: no objects from addresses
  app.set('query parser', 'simple');
  app.use(securityHeaders(m.origin));
  if (m.assetsFolder !== null)
    app.use('/assets', express.static(m.assetsFolder, { index: false, fallthrough: true }));
  app.use(noStore);
  app.use(guardOrigin(m.origin));
  app.use(express.json({ limit: '64kb' }));
  app.use(express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 100 }));
  app.use(m.sessions.middleware);
  app.use(guardForm(m.tokens));
  app.use((req, res, next) => {
    // the terminal's page is a file: its visit, which wrong codes are counted under, begins here
    if (req.path === '/terminal') beginVisit(req, res);
    // A document fetched in another language is no wish for pages in that language.
    if (req.query.lang !== undefined && !req.path.endsWith('.pdf'))
      setCookie(req, res, languageCookie, languageOf(req), languageLifeMs);
    next();
  });
}
