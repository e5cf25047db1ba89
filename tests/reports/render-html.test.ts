import { describe, expect, test } from '@jest/globals';
import { languages } from '../../question-banks/schema.ts';
import { renderHtml } from '../../server/reports/render-html.ts';
import { renderPage } from '../../server/reports/render-page.ts';
import type { Frame, PageData, PageName } from '../../server/reports/page-data.ts';
import type { ReportDocument } from '../../server/reports/report-document.ts';
import { viewAttemptReport } from '../../server/reports/view-attempt-report.ts';
import { attempts, frame, guest, samplePages } from './sample-pages.ts';
import { programme, source } from './sample-report-source.ts';
import { stripMarkup } from './words-of.ts';

const names: readonly PageName[] = [
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
];

function page<N extends PageName>(
  name: N,
  lang: 'kk' | 'ru' | 'en',
  around: Frame = frame,
  change: Partial<PageData[N]> = {},
): string {
  const data: PageData[N] = { ...samplePages(lang)[name], ...change };
  return renderPage(name, around, data, lang);
}

const evil = `{{constructor.constructor "return 1"}} {{{x}}} <script>alert(1)</script> <img src=x onerror=alert(1)> " ' & [[7*7]]`;

/** What no page may hold: code or style inside it, and addresses of other hosts. */
function expectClean(html: string): void {
  expect(html).not.toMatch(/<script/i);
  expect(html).not.toMatch(/<style/i);
  expect(html).not.toMatch(/<[^>]*\sstyle=/i);
  expect(html).not.toMatch(/<[^>]*\son[a-z]+=/i);
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/(src|href|action)="(https?:)?\/\//i);
}

describe('every page in every language', () => {
  test.each(names)('%s', (name) => {
    for (const lang of languages) {
      const html = page(name, lang);
      expectClean(html);
      expect(html).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${lang}">`));
      expect(html.match(/<h1\b/g)).toHaveLength(1);
      expect(html.match(/<main\b/g)).toHaveLength(1);
      expect(html).toContain('<a class="skip" href="#main">');
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
      expect(ids).toEqual([...new Set(ids)]);
      for (const form of html.match(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g) ?? [])
        expect(form).toContain('<input type="hidden" name="csrf" value="token-1">');
      expect(stripMarkup(html)).not.toMatch(/undefined|\[object|NaN|\{\w/);
    }
  });

  test('offers the other two languages and keeps the query', () => {
    const html = page('commission-list', 'kk').replaceAll('&#x3D;', '=');
    expect(html).toContain('href="/commission?text=%D3%98&amp;lang=ru"');
    expect(html).toContain('href="/commission?text=%D3%98&amp;lang=en"');
    expect(html).not.toContain('&amp;lang=kk"');
    expect(html).toContain('<strong lang="kk" aria-current="true">Қазақша</strong>');
  });

  test('tells who is signed in, or nobody', () => {
    expect(page('audit', 'en')).toContain(
      'Ұлықбекова Ң. <span class="quiet">(commission member, secretary)</span>',
    );
    const open = page('sign-in', 'en', guest);
    expect(open).not.toContain('Sign out');
    expect(open).not.toContain('/sign-out');
  });

  test('shows the banners of a demonstration and of plain HTTP only where they hold', () => {
    const banner = 'Demonstration: all people and results are made up.';
    const plain = 'The connection is not encrypted (HTTP).';
    for (const name of names) {
      expect(page(name, 'en', { ...frame, demonstration: true, plainHttp: true })).toContain(banner);
      expect(page(name, 'en', { ...frame, demonstration: true, plainHttp: true })).toContain(plain);
      expect(page(name, 'en', { ...frame, demonstration: false })).not.toContain(banner);
      expect(page(name, 'en', { ...frame, demonstration: false })).not.toContain(plain);
    }
  });
});

describe('strings of people and banks', () => {
  const marked = { kk: evil, ru: evil, en: evil };

  test('come out literally on every kind of page', () => {
    const pagesWithEvil = [
      page(
        'commission-list',
        'en',
        { ...frame, person: { name: evil, roles: [] } },
        {
          attempts: attempts.map((a) => ({
            ...a,
            name: evil,
            programme: marked,
            results: [{ section: marked, met: true, close: true }],
          })),
          filters: { text: evil, status: '', programme: '', result: '' },
        },
      ),
      page('sign-in', 'en', guest, { name: evil, next: evil }),
      page('error', 'en', frame, { errorId: evil }),
      page('commission-report', 'en', frame, {
        document: viewAttemptReport(
          {
            ...source,
            person: { name: evil, personnelNumber: evil },
            operator: evil,
            terminal: evil,
            incidents: [{ kind: 'note', at: 0, text: evil }],
            programme: {
              ...programme,
              title: marked,
              sections: programme.sections.map((s) => ({ ...s, title: marked })),
            },
          },
          'en',
        ),
      }),
    ];
    for (const html of pagesWithEvil) {
      expectClean(html);
      expect(stripMarkup(html.replace(/value="([^"]*)"/g, '>$1<'))).toContain(evil);
    }
  });

  test('the check sees markup that was not escaped', () => {
    expect(() => expectClean(`<p>${evil}</p>`)).toThrow('script');
  });

  test('control characters do not break the drawings', () => {
    const title = { en: 'a\u0000b\u0008\ud800c\ufffe' };
    const sections = programme.sections.map((s) => ({ ...s, title }));
    const svg = viewAttemptReport({ ...source, programme: { ...programme, sections } }, 'en').blocks.flatMap(
      (b) => (b.kind === 'chart' ? [b.svg] : []),
    );
    expect(svg[0]).toContain('a\ufffdb\ufffd\ufffdc\ufffd');
  });
});

describe('the report as HTML', () => {
  const html = renderHtml(viewAttemptReport(source, 'en'));

  test('stands alone, with a mark above, the hash below and named table cells', () => {
    expectClean(html);
    expect(html.match(/DEMONSTRATION\. This result must not be used for a decision\./g)).toHaveLength(1);
    expect(html).toContain(`SHA-256 of the score sheet: ${source.sheetSha256}`);
    expect(html.match(/<caption>/g)?.length).toBe(html.match(/<table class="report-table/g)?.length);
    expect(html).not.toMatch(/<th(?![^>]*scope=)[\s>]/);
  });

  test('headings go down one step at a time', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map((m) => Number(m[1]));
    expect(levels[0]).toBe(1);
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1));
  });

  test('a field that a template needs and the data lacks is an error, not an empty place', () => {
    const whole = viewAttemptReport(source, 'en');
    const broken: unknown = Object.fromEntries(Object.entries(whole).filter(([field]) => field !== 'footer'));
    const render: (d: ReportDocument) => string = renderHtml;
    expect(() => Reflect.apply(render, undefined, [broken])).toThrow('footer');
  });
});

describe('lists', () => {
  test('the filters keep what was chosen', () => {
    const html = page('commission-list', 'en');
    for (const value of ['timed-out', 'attestation-demo', 'close'])
      expect(html).toContain(`<option value="${value}" selected>`);
    expect(html).toContain('value="Ә"');
    expect(html.match(/ selected>/g)).toHaveLength(3);
  });

  test('empty lists say why they are empty', () => {
    expect(page('commission-list', 'en', frame, { attempts: [] })).toContain('No such test was found.');
    expect(page('commission-list', 'en', frame, { attempts: [], total: 0 })).toContain(
      'There are no finished tests yet.',
    );
    expect(page('psychology-list', 'en', frame, { attempts: [] })).toContain(
      'There are no finished tests yet.',
    );
    expect(page('audit', 'en', frame, { attempts: [] })).toContain('There are no finished tests yet.');
  });

  test('links say where they lead when read alone', () => {
    const html = page('commission-list', 'en');
    const links = [...html.matchAll(/<td>[\s\S]*?<\/td>/g)].flatMap((td) =>
      [...td[0].matchAll(/<a [^>]*>([\s\S]*?)<\/a>/g)].map((m) => stripMarkup(m[1] ?? '')),
    );
    expect(links).toHaveLength(8);
    expect(new Set(links).size).toBe(8);
  });

  test('in operation the start page offers the terminal and the sign-in only', () => {
    const html = page('start', 'en', { ...guest, demonstration: false }, { tryAs: [], terminalCode: null });
    expect(html).not.toContain('name="role"');
    expect(html).toContain('href="/terminal"');
    expect(html).toContain('href="/sign-in"');
  });
});
