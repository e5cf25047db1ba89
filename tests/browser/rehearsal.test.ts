/**
 * The whole road as people walk it, by keyboard alone: an employee from the code to the receipt, through a killed server, a crashed
 * browser and a change of terminal; then the commission's report, the psychologist's scales and the auditor's check.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { languages, type Language } from '../../question-banks/schema.ts';
import { launchBrowser } from '../kit/launch-browser.ts';
import { findKey, type ShownKey } from './find-key.ts';
import { hasFocus } from './inspect-page.ts';
import { openStage } from './open-stage.ts';
import { readScoreSheet } from './read-score-sheet.ts';
import {
  answerIs,
  answerIsKeptInBrowser,
  chosenOption,
  clockHasRun,
  connectionIsLost,
  remainingS,
} from './see-terminal.ts';
import { root, startChild, type Child } from './start-child.ts';
import { kazakhKeyboard, pressButton, tabTo } from './walk-by-keys.ts';
import { ownNames } from './walk-terminal.ts';
import { wordsOf } from './words.ts';

/** Kazakh, the language with the longest words and the hardest keyboard; another one to look at the pictures. */
const lang: Language = languages.find((l) => l === process.env['ADIL_LANGUAGE']) ?? 'kk';
const say = wordsOf(lang);
const ownName = ownNames[lang];
const person = 'Қасымова Динара Әлібекқызы';

const launched = await launchBrowser();
const inBrowser = launched.skipped === undefined ? describe : describe.skip;
const why = launched.skipped === undefined ? '' : ` (SKIPPED: ${launched.skipped})`;

inBrowser(`rehearsal${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'adil-rehearsal-'));
  let server: Child;
  const stage = openStage(
    () => {
      if (launched.browser === undefined) throw new Error('no browser');
      return launched.browser;
    },
    () => server.base,
  );
  const { inspect, step } = stage;
  let terminal: Page;
  let staff: Page;
  let attemptId = '';

  const heading = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text });
  /** Waits until the page of that heading is there, and the focus on it: a person without a mouse must land somewhere. */
  async function arrive(page: Page, title: string): Promise<void> {
    await heading(page, title).waitFor();
    expect(await hasFocus(page)).toBe(true);
  }
  const live = (page: Page) => page.locator('.strip-link', { hasText: say.terminal('link.live') }).waitFor();
  /** positions chosen so far, from 0 */
  const chosen: number[] = [];
  /** Chooses an option of the item on screen by the key of its number, on the Kazakh keyboard. */
  async function choose(which: keyof ShownKey): Promise<void> {
    const position = (await findKey(terminal, lang))[which];
    await (await kazakhKeyboard(terminal)).digits(String(position));
    chosen.push(position - 1);
  }

  /** A member of staff signs in from the start page. */
  async function tryAs(
    page: Page,
    role: 'operator' | 'commission' | 'psychologist' | 'auditor',
  ): Promise<void> {
    await page.goto(`${server.base}/`);
    await pressButton(page, say.page(`start.as.${role}`));
    await page.waitForURL((url) => url.pathname !== '/' && url.pathname !== '/try-as');
  }

  beforeAll(async () => {
    server = await startChild(join(folder, 'data'));
    staff = (await stage.open(lang)).page;
  }, 60_000);

  afterAll(async () => {
    await launched.browser?.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    'an operator sees the room; the start page hands out a code',
    step(async () => {
      await tryAs(staff, 'operator');
      await staff.getByRole('table').waitFor();
      expect(await staff.getByRole('rowheader', { name: person }).count()).toBe(1);
      await inspect(staff, 'monitor');
    }),
    30_000,
  );

  let code = '';
  test(
    'code, identity, notice, instructions and practice',
    step(async () => {
      const { page } = await stage.open(lang);
      terminal = page;
      await page.goto(`${server.base}/`);
      await inspect(page, 'start');
      code = (await page.locator('.code-big').textContent()) ?? '';
      await pressButton(page, say.page('start.open-terminal'));

      await page.locator('.language-buttons').waitFor();
      expect(await hasFocus(page)).toBe(true);
      await inspect(page, 'terminal-language');
      await pressButton(page, ownName);

      await heading(page, say.terminal('code.title')).waitFor();
      const keyboard = await kazakhKeyboard(page);
      await inspect(page, 'terminal-code');
      // One digit wrong: told at once, without asking the server.
      await keyboard.digits(code.replace(/\d(?=\D*$)/, (d) => String((Number(d) + 1) % 10)));
      await page.getByText(say.terminal('code.mistyped')).waitFor();
      await inspect(page, 'terminal-code-mistyped');
      await page.keyboard.press('Backspace');
      await keyboard.digits(code.trim().slice(-1));
      expect(await page.locator('#code').inputValue()).toBe(code);
      await page.keyboard.press('Enter');

      await arrive(page, say.terminal('identity.title'));
      expect(await page.locator('.person-name').textContent()).toBe(person);
      await inspect(page, 'terminal-identity');
      await pressButton(page, say.terminal('identity.no'));
      await arrive(page, say.terminal('identity.call'));
      await inspect(page, 'terminal-not-me');
      await pressButton(page, say.terminal('app.back'));
      await pressButton(page, say.terminal('identity.yes'));

      await arrive(page, say.terminal('notice.title'));
      await inspect(page, 'terminal-notice');
      await pressButton(page, say.terminal('notice.decline'));
      await arrive(page, say.terminal('decline.title'));
      await inspect(page, 'terminal-decline');
      await pressButton(page, say.terminal('decline.return'));
      await pressButton(page, say.terminal('notice.accept'));

      await page.getByRole('button', { name: say.terminal('section.practise') }).waitFor();
      expect(await hasFocus(page)).toBe(true);
      await inspect(page, 'terminal-instructions');
      await pressButton(page, say.terminal('section.practise'));
      await page.locator('.options').waitFor();
      await keyboard.digits('1');
      await page.getByText(say.terminal('practice.chosen')).waitFor();
      await inspect(page, 'terminal-practice');
      await pressButton(page, say.terminal('section.start'));
    }),
    60_000,
  );

  test(
    'items, flag, a report of a fault',
    step(async () => {
      await arrive(terminal, say.terminal('items.number', { n: 1, count: 4 }));
      await choose('right');
      await answerIs(terminal, 'stored');
      expect(await chosenOption(terminal)).toBe(chosen[0]);
      expect(await hasFocus(terminal)).toBe(true);
      await inspect(terminal, 'terminal-item');
      await terminal.keyboard.press('Enter');

      await arrive(terminal, say.terminal('items.number', { n: 2, count: 4 }));
      await choose('right');
      await answerIs(terminal, 'stored');
      await tabTo(terminal, say.terminal('items.flag'));
      await terminal.keyboard.press('Space');
      await terminal.getByRole('button', { name: say.terminal('items.flagged'), pressed: true }).waitFor();

      await pressButton(terminal, say.terminal('items.fault'));
      await terminal.getByRole('dialog').waitFor();
      await inspect(terminal, 'terminal-fault');
      await pressButton(terminal, say.terminal('fault.send'));
      await terminal.getByText(say.terminal('fault.empty')).waitFor();
      await inspect(terminal, 'terminal-fault-empty');
      await tabTo(terminal, say.terminal('fault.label'));
      await terminal.keyboard.insertText('Екі жауап та дұрыс сияқты.');
      await pressButton(terminal, say.terminal('fault.send'));
      await terminal.getByText(say.terminal('fault.taken')).waitFor();
      expect(await hasFocus(terminal)).toBe(true);
      await inspect(terminal, 'terminal-flagged');
    }),
    60_000,
  );

  test(
    'the server is killed and started again: the page comes back by itself, nothing is lost, the time is given back',
    step(async () => {
      await terminal.keyboard.press('ArrowRight');
      await arrive(terminal, say.terminal('items.number', { n: 3, count: 4 }));
      const before = await remainingS(terminal);
      await server.kill();
      await connectionIsLost(terminal);
      await choose('wrong');
      await answerIs(terminal, 'unsent');
      await inspect(terminal, 'terminal-no-connection');
      // The page's own clock runs on; all of that has to come back.
      await clockHasRun(terminal, before, 3);
      await server.start();
      await live(terminal);
      await answerIs(terminal, 'stored');
      expect(before - (await remainingS(terminal))).toBeLessThanOrEqual(2);
      expect(await chosenOption(terminal)).toBe(chosen[2]);
      expect(await hasFocus(terminal)).toBe(true);
      await terminal.keyboard.press('ArrowLeft');
      await arrive(terminal, say.terminal('items.number', { n: 2, count: 4 }));
      expect(await chosenOption(terminal)).toBe(chosen[1]);
      await terminal.keyboard.press('ArrowLeft');
      await arrive(terminal, say.terminal('items.number', { n: 1, count: 4 }));
      expect(await chosenOption(terminal)).toBe(chosen[0]);
    }),
    60_000,
  );

  test(
    'server and browser die together: the answer that never left goes out when the page is opened again',
    step(async () => {
      for (let n = 2; n <= 4; n += 1) {
        await terminal.keyboard.press('ArrowRight');
        await arrive(terminal, say.terminal('items.number', { n, count: 4 }));
      }
      await server.kill();
      await connectionIsLost(terminal);
      await choose('right');
      await answerIs(terminal, 'unsent');
      await answerIsKeptInBrowser(terminal);
      const context = terminal.context();
      const crashed = terminal.waitForEvent('crash');
      // A page that has crashed never answers.
      void (await context.newCDPSession(terminal)).send('Page.crash').catch(() => undefined);
      await crashed;
      await terminal.close();
      await server.start();
      terminal = await context.newPage();
      await terminal.goto(`${server.base}/terminal`);
      await live(terminal);
      const cell = terminal.getByRole('button', {
        name: new RegExp(`^${say.terminal('items.question', { n: 4 })}, ${say.terminal('grid.answered')}`),
      });
      await cell.waitFor();
      await terminal.locator('.cell.is-pending').waitFor({ state: 'detached' });
      await tabTo(terminal, new RegExp(`^${say.terminal('items.question', { n: 4 })},`));
      await terminal.keyboard.press('Enter');
      await arrive(terminal, say.terminal('items.number', { n: 4, count: 4 }));
      expect(await chosenOption(terminal)).toBe(chosen[3]);
      await answerIs(terminal, 'stored');
    }),
    60_000,
  );

  test(
    'the operator moves the person to another terminal by a code; the first one says so',
    step(async () => {
      const first = terminal;
      await staff.getByText(say.monitor('link.live')).waitFor();
      await pressButton(staff, say.monitor('act.transfer-person', { name: person }));
      await staff.getByRole('heading', { level: 2, name: say.monitor('slip.title') }).waitFor();
      expect(await hasFocus(staff)).toBe(true);
      await inspect(staff, 'monitor-slip');
      await staff.emulateMedia({ media: 'print' });
      expect(await staff.locator('.slip-code').isVisible()).toBe(true);
      expect(await staff.getByRole('table').isVisible()).toBe(false);
      await staff.emulateMedia({ media: 'screen' });
      const transfer = (await staff.locator('.slip-code').textContent()) ?? '';
      await pressButton(staff, say.monitor('slip.hide'));
      await pressButton(staff, say.monitor('act.issue'));
      await staff.locator('#issue-person option').first().waitFor();
      await inspect(staff, 'monitor-issue');
      await pressButton(staff, say.monitor('issue.cancel'));
      expect(await hasFocus(staff)).toBe(true);

      const { page, watch } = await stage.open(lang);
      terminal = page;
      await page.goto(`${server.base}/terminal`);
      await pressButton(page, ownName);
      const keyboard = await kazakhKeyboard(page);
      await heading(page, say.terminal('code.title')).waitFor();
      // The first code was used up long ago.
      await watch.expectRefusal(async () => {
        await keyboard.digits(code);
        await page.keyboard.press('Enter');
        await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
      });
      await inspect(page, 'terminal-code-refused');
      for (let n = 0; n < 14; n += 1) await page.keyboard.press('Backspace');
      await keyboard.digits(transfer);
      await page.keyboard.press('Enter');
      await page.locator('.options').waitFor();
      await arrive(first, say.terminal('superseded.title'));
      await inspect(first, 'terminal-superseded');
      expect(await page.locator('.cell.is-answered').count()).toBe(4);
      await first.close();
    }),
    60_000,
  );

  test(
    'review, hand in, the other sections, the receipt',
    step(async () => {
      const keyboard = await kazakhKeyboard(terminal);
      await pressButton(terminal, say.terminal('grid.review'));
      await arrive(terminal, say.terminal('review.title'));
      expect(await terminal.locator('.review-list .cell.is-flagged').count()).toBe(1);
      await inspect(terminal, 'terminal-review');
      await pressButton(terminal, say.terminal('review.hand-in'));
      await terminal.getByText(say.terminal('hand-in.final')).waitFor();
      await inspect(terminal, 'terminal-hand-in');
      await pressButton(terminal, say.terminal('hand-in.confirm'));
      for (const [section, count, answered] of [
        ['logic', 3, 2],
        ['personality', 8, 8],
      ] as const) {
        await terminal.getByRole('button', { name: say.terminal('section.start') }).waitFor();
        expect(await hasFocus(terminal)).toBe(true);
        await inspect(terminal, `terminal-before-${section}`);
        await pressButton(terminal, say.terminal('section.start'));
        for (let n = 1; n <= count; n += 1) {
          await arrive(terminal, say.terminal('items.number', { n, count }));
          if (n > answered) continue;
          if (section === 'logic') await choose(n === 1 ? 'right' : 'wrong');
          else await keyboard.digits(String(1 + (n % 4)));
          await answerIs(terminal, 'stored');
          if (n === 1) await inspect(terminal, `terminal-item-${section}`);
          await terminal.keyboard.press('Enter');
        }
        await pressButton(terminal, say.terminal('grid.review'));
        await pressButton(terminal, say.terminal('review.hand-in'));
        await pressButton(terminal, say.terminal('hand-in.confirm'));
      }
      await arrive(terminal, say.terminal('end.title'));
      await terminal.getByText(say.terminal('end.stored', { count: 14 })).waitFor();
      expect(await terminal.locator('.receipt-code').textContent()).toMatch(
        /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/,
      );
      await inspect(terminal, 'terminal-end');
      await pressButton(terminal, say.terminal('end.clear'));
      await terminal.locator('.language-buttons').waitFor();
      expect(await hasFocus(terminal)).toBe(true);
      await terminal.reload();
      await terminal.locator('.language-buttons').waitFor();
      await terminal.close();
    }),
    90_000,
  );

  test(
    'the operator prints the receipt, without a result',
    step(async () => {
      const opened = staff.context().waitForEvent('page');
      await pressButton(staff, say.monitor('act.receipt-person', { name: person }));
      const receipt = await opened;
      await receipt.waitForLoadState();
      await inspect(receipt, 'receipt');
      await receipt.emulateMedia({ media: 'print' });
      expect(await receipt.locator('header').isVisible()).toBe(false);
      expect(await receipt.locator('.tools').first().isVisible()).toBe(false);
      expect(await receipt.getByText(person).first().isVisible()).toBe(true);
      await receipt.close();
    }),
    30_000,
  );

  test(
    'the numbers of the commission report are those of the score sheet; the outages are told with their uncertainty',
    step(async () => {
      await tryAs(staff, 'commission');
      await inspect(staff, 'commission-list');
      await pressButton(staff, `${say.page('list.open')}: ${person}`);
      await staff.waitForURL(/\/commission\/attempts\//);
      await inspect(staff, 'commission-report');
      attemptId = new URL(staff.url()).pathname.split('/').at(-1) ?? '';

      const saving = staff.waitForEvent('download');
      await pressButton(staff, say.page('report-page.open-dossier'));
      const file = join(folder, 'open-dossier.jsonl');
      await (await saving).saveAs(file);
      const sheet = readScoreSheet(file);
      const tables = await staff
        .locator('.report-table')
        .evaluateAll((all) =>
          all.map((t) =>
            [...t.querySelectorAll('tbody tr')].map((r) => [...r.children].map((c) => c.textContent ?? '')),
          ),
        );
      const keyed = sheet.sections.flatMap((s) => (s.how === 'keyed' ? [s] : []));
      expect(keyed.map((s) => s.section)).toEqual(['legislation', 'logic']);
      keyed.forEach((s, i) => {
        const rows = tables[i] ?? [];
        // Topic rows, then the total: answered / items, score, maximum.
        const shown = rows.map((r) => [...((r[1] ?? '').match(/\d+/g) ?? []), r[2], r[3]].map(Number));
        expect(shown).toEqual([...s.topics, s].map((t) => [t.answered, t.items, t.score, t.maximum]));
      });
      expect(keyed.map((s) => [s.answered, s.score, s.maximum, s.met])).toEqual([
        [4, 3, 4, true],
        [2, 1, 3, null],
      ]);
      expect(await staff.locator('.report-outcome strong').allTextContents()).toEqual([
        say.report('outcome.met'),
        say.report('outcome.none'),
      ]);

      const words = await staff.locator('.report').innerText();
      const incidents = tables.at(-1) ?? [];
      const told = (key: 'incident.outage' | 'incident.returned' | 'incident.transferred') => {
        const around = say.report(key, { lasted: '§', uncertainty: '§' }).split('§');
        return incidents.filter((r) => around.every((part) => r[1]?.includes(part)));
      };
      expect([told('incident.outage').length, told('incident.transferred').length]).toEqual([2, 1]);
      // Heartbeats come every 250 ms: that is how well the length of an outage is known.
      for (const [, what, given] of told('incident.outage')) {
        expect(what).toMatch(/\(± 0[.,]3\s/);
        expect(what).toContain(given);
      }
      expect(words).toContain(say.report('course.faults', { n: '1' }));

      await staff.emulateMedia({ media: 'print' });
      expect(await staff.locator('header').isVisible()).toBe(false);
      expect(await staff.locator('.tools').first().isVisible()).toBe(false);
      expect(await staff.locator('.report-outcome').first().isVisible()).toBe(true);
      await staff.emulateMedia({ media: 'screen' });
      const pdfs = await Promise.all(
        languages.map(async (l) => {
          const address = `${server.base}/commission/attempts/${attemptId}.pdf?lang=${l}`;
          const pdf = await staff.context().request.get(address);
          return [pdf.status(), (await pdf.body()).subarray(0, 5).toString()];
        }),
      );
      expect(pdfs).toEqual(languages.map(() => [200, '%PDF-']));
    }),
    60_000,
  );

  test(
    'the psychologist sees the scales, and of a short test that they could not be computed',
    step(async () => {
      await tryAs(staff, 'psychologist');
      await inspect(staff, 'psychology-list');
      await pressButton(staff, `${say.page('list.open')}: ${person}`);
      await staff.getByText(say.report('scales.too-few')).first().waitFor();
      expect(await staff.locator('.report-chart').count()).toBe(0);
      await inspect(staff, 'psychology-report-short');
      await pressButton(staff, say.page('report-page.back'));
      await heading(staff, say.page('title.psychology-list')).waitFor();
      await pressButton(staff, `${say.page('list.open')}: Смирнова Ольга Викторовна`);
      await staff.locator('.report-chart svg').first().waitFor();
      expect(await staff.locator('.report-chart svg').count()).toBe(5);
      expect(await staff.locator('.report').innerText()).not.toContain(say.report('scales.too-few'));
      await inspect(staff, 'psychology-report');
    }),
    30_000,
  );

  const verify = (...files: string[]) =>
    new Promise<{ code: unknown; out: string }>((resolve) => {
      execFile(process.execPath, [join(root, 'bin', 'adil.mjs'), 'verify', ...files], (error, out) => {
        resolve({ code: error === null ? 0 : error.code, out });
      });
    });

  test(
    'the auditor checks the audit file offline; one changed byte is seen',
    step(async () => {
      await tryAs(staff, 'auditor');
      await inspect(staff, 'audit');
      const saving = staff.waitForEvent('download');
      await pressButton(staff, `${say.page('audit.file')} ${attemptId}`);
      const file = join(folder, 'audit-file.jsonl');
      await (await saving).saveAs(file);
      const changed = join(folder, 'changed.jsonl');
      const bytes = readFileSync(file);
      bytes[bytes.indexOf('"answered"') + 1] = 'b'.charCodeAt(0);
      writeFileSync(changed, bytes);
      const [fine, broken] = await Promise.all([
        verify(file, join(folder, 'open-dossier.jsonl')),
        verify(changed),
      ]);
      expect(fine.code).toBe(2);
      expect(fine.out.match(/: consistent, signer NOT verified$/gm)).toHaveLength(2);
      expect(broken).toMatchObject({ code: 1, out: expect.stringContaining('BROKEN') });
    }),
    60_000,
  );

  test('no page broke a rule: WCAG A and AA in light and dark, no sideways scrolling, no foreign request, no error in the console', () => {
    expect(stage.faults()).toEqual([]);
  });
});
