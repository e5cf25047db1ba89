import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { languages, type Language } from '../../question-banks/schema.ts';
import { renderHtml } from '../../server/reports/render-html.ts';
import { renderPage } from '../../server/reports/render-page.ts';
import { viewAttemptReport } from '../../server/reports/view-attempt-report.ts';
import { launchBrowser } from '../kit/launch-browser.ts';
import { root } from './build-pdf-worker.ts';
import { hasPoppler, pagesOf } from './read-pdf.ts';
import { frame, guest, samplePages } from './sample-pages.ts';
import { source } from './sample-report-source.ts';

const launched = await launchBrowser();
const inBrowser = launched.skipped === undefined ? describe : describe.skip;
const why = launched.skipped === undefined ? '' : ` (SKIPPED: ${launched.skipped})`;

const names = [
  'start',
  'sign-in',
  'set-up',
  'commission-list',
  'commission-report',
  'psychology-list',
  'psychology-report',
  'audit',
  'receipt',
  'accounts',
  'error',
] as const;

function htmlOf(name: string, lang: Language): string {
  const data = samplePages(lang);
  if (name === 'report') return renderHtml(viewAttemptReport(source, lang));
  const known = names.find((n) => n === name);
  if (known === undefined) throw new Error(name);
  return renderPage(known, ['start', 'sign-in', 'set-up'].includes(known) ? guest : frame, data[known], lang);
}

inBrowser(`pages in a browser${why}`, () => {
  const styles = join(root, 'dist', 'tests', `styles-${process.pid}`);
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const complaints: string[] = [];
  let server: Server;
  let base = '';
  let page: Page;

  beforeAll(async () => {
    await build({
      entryPoints: ['app', 'pages', 'print'].map((n) => join(root, 'templates', 'styles', `${n}.css`)),
      outdir: styles,
      bundle: true,
      loader: { '.woff2': 'file' },
      assetNames: 'assets/[name]-[hash]',
      logLevel: 'warning',
    });
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const [, name = '', lang = ''] = /^\/([a-z-]+)\/(kk|ru|en)$/.exec(path) ?? [];
      const language = languages.find((l) => l === lang);
      if (path.startsWith('/assets/styles/')) {
        response.setHeader('content-type', path.endsWith('.css') ? 'text/css' : 'font/woff2');
        response.end(readFileSync(join(styles, path.slice('/assets/styles/'.length))));
      } else if (language !== undefined) {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('content-security-policy', "default-src 'self'");
        response.end(htmlOf(name, language));
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    base = `http://127.0.0.1:${address.port}`;
    if (launched.browser === undefined) throw new Error('no browser');
    page = await launched.browser.newPage({ viewport: { width: 1024, height: 768 } });
    page.on('console', (m) => complaints.push(`${page.url()} ${m.text()}`));
    page.on('pageerror', (e) => complaints.push(`${page.url()} ${e.message}`));
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  }, 60_000);

  afterAll(async () => {
    await launched.browser?.close();
    server.close();
    rmSync(styles, { recursive: true, force: true });
  });

  const open = (name: string, lang: Language) => page.goto(`${base}/${name}/${lang}`);
  const violations = async (): Promise<string[]> => {
    await page.evaluate(axe);
    const found: unknown = await page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))`,
    );
    return Array.isArray(found) ? found.map(String) : ['axe gave no list'];
  };

  test.each(names)(
    '%s: no WCAG 2.2 A/AA violation, nothing cut off at 200 % zoom, nothing refused by the content security policy',
    async (name) => {
      for (const lang of languages) {
        await open(name, lang);
        // 1024 × 768 at 200 %
        await page.setViewportSize({ width: 512, height: 384 });
        const over: unknown = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect([lang, over]).toEqual([lang, 0]);
        await page.setViewportSize({ width: 1024, height: 768 });
        // Structure and colours are those of every language; Kazakh has the longest words.
        expect(lang === 'kk' ? await violations() : []).toEqual([]);
      }
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  test('axe sees a violation when there is one', async () => {
    await open('sign-in', 'en');
    await page.evaluate("document.querySelector('label').remove()");
    expect((await violations()).join()).toContain('label');
  });

  test('colours hold in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const name of ['commission-list', 'commission-report', 'sign-in']) {
      await open(name, 'ru');
      expect(await violations()).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('the first key of the keyboard leads to the content', async () => {
    await open('commission-list', 'en');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });

  const onPaper = hasPoppler ? describe : describe.skip;
  onPaper('on paper', () => {
    test('a report carries the mark, the hash and the page number on every sheet, and nothing of the screen; a receipt is one sheet', async () => {
      for (const [name, lang] of [
        ['report', 'kk'],
        ['report', 'en'],
        ['commission-report', 'ru'],
      ] as const) {
        await open(name, lang);
        const sheets = pagesOf(Buffer.from(await page.pdf({ preferCSSPageSize: true })));
        const mark = viewAttemptReport(source, lang).marks[0] ?? 'no mark';
        expect(sheets.length).toBeGreaterThan(2);
        sheets.forEach((sheet, i) => {
          expect(sheet).toContain(mark);
          expect(sheet).toContain(source.sheetSha256);
          expect(sheet).toMatch(new RegExp(`\\s${i + 1} ?/ ?${sheets.length}\\s`));
        });
        expect(sheets.join()).not.toContain('PDF');
      }
      await open('receipt', 'kk');
      expect(pagesOf(Buffer.from(await page.pdf({ preferCSSPageSize: true })))).toHaveLength(1);
    }, 60_000);
  });
});
