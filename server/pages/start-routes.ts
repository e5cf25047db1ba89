import { readFile } from 'node:fs/promises';
import type { Express } from 'express';
import { join } from 'node:path';
import { renderPage } from '../reports/render-page.ts';
import type { StartPage, TryRole } from '../reports/page-data.ts';
import type { Pages } from './pages.ts';

const tryRoles: readonly TryRole[] = ['operator', 'commission', 'psychologist', 'auditor', 'administrator'];

export interface StartRoutes {
  /** folder of the built browser pages */
  readonly clientFolder: string;
  /** true once everything that was running has been read again */
  readonly ready: () => boolean;
  /** a code for the one who is about to be tested, in a demonstration */
  readonly demonstrationCode: () => Promise<string | null>;
}

/** The start page, the shells of terminal and monitor, and the two questions a machine asks. */
export function registerStartRoutes(app: Express, p: Pages, s: StartRoutes): void {
  app.get('/healthz', p.requireAct('GET /healthz'), (_req, res) => {
    res.json({ ok: true });
  });
  app.get('/readyz', p.requireAct('GET /readyz'), (_req, res) => {
    res.status(s.ready() ? 200 : 503).json({ ok: s.ready() });
  });
  app.get('/', p.requireAct('GET /'), async (req, res) => {
    const data: StartPage = {
      tryAs: p.demonstration ? tryRoles.map((role) => ({ role, action: '/try-as' })) : [],
      terminalHref: '/terminal',
      terminalCode: p.demonstration ? await s.demonstrationCode() : null,
      signInHref: '/sign-in',
    };
    res.type('html').send(renderPage('start', await p.frame(req, res), data, p.languageOf(req)));
  });
  app.get('/terminal', p.requireAct('GET /terminal'), (_req, res) => {
    res.sendFile(join(s.clientFolder, 'terminal', 'index.html'));
  });
  app.get('/monitor', p.requireAct('GET /monitor'), async (req, res) => {
    // The monitor begins in the language of the page that led to it.
    const shell = await readFile(join(s.clientFolder, 'monitor', 'index.html'), 'utf8');
    res.type('html').send(shell.replace('<html lang="kk">', `<html lang="${p.languageOf(req)}">`));
  });
}
