/**
 * An operational store from its first start: the set-up link, accounts, a room where time runs out, an employee with a slow computer and
 * large letters. In Russian and English, where the rehearsal is in Kazakh.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Language } from '../../question-banks/schema.ts';
import { launchBrowser } from '../kit/launch-browser.ts';
import { hasFocus, overflow } from './inspect-page.ts';
import { openStage, type Scene } from './open-stage.ts';
import { prepareRoom, type Given } from './prepare-room.ts';
import { startChild, type Child } from './start-child.ts';
import { pressButton, tabTo } from './walk-by-keys.ts';
import { walkToNotice } from './walk-terminal.ts';
import { wordsOf } from './words.ts';

const ru = wordsOf('ru');
const en = wordsOf('en');
const kk = wordsOf('kk');
const administrator = { name: 'first.admin', password: 'тихий вечер над Ишимом' };
const staffMember = { name: 'room.one', password: 'восемь стульев у окна' };
/** time of the section that runs out */
const limitMs = 5000;

const launched = await launchBrowser();
const inBrowser = launched.skipped === undefined ? describe : describe.skip;
const why = launched.skipped === undefined ? '' : ` (SKIPPED: ${launched.skipped})`;

inBrowser(`operational store${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'adil-operational-'));
  const data = join(folder, 'data');
  let server: Child;
  const { open, inspect, step, faults } = openStage(
    () => {
      if (launched.browser === undefined) throw new Error('no browser');
      return launched.browser;
    },
    () => server.base,
  );
  let office: Scene;
  let given: Given[] = [];
  const codeOf = (name: string): string => given.find((g) => g.name === name)?.code ?? 'nobody';
  const heading = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor();

  async function walkPastNotice(
    page: Page,
    lang: Language,
    name: string,
    arrived?: (at: string) => Promise<void>,
  ): Promise<void> {
    await walkToNotice(page, server.base, lang, codeOf(name), arrived);
    await pressButton(page, wordsOf(lang).terminal('notice.accept'));
  }
  async function fill(page: Page, label: string, text: string): Promise<void> {
    await tabTo(page, label);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
  }
  async function signIn(page: Page, name: string, password: string): Promise<void> {
    await fill(page, ru.page('account.name'), name);
    await fill(page, ru.page('account.password'), password);
    await pressButton(page, ru.page('sign-in.button'));
  }

  beforeAll(async () => {
    server = await startChild(data, true);
    office = await open('ru');
  }, 60_000);

  afterAll(async () => {
    await launched.browser?.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    'the first start prints a link; its page makes the first administrator, once; nothing of a demonstration is there',
    step(async () => {
      const { page, context, watch } = office;
      expect(server.printed()).not.toMatch(/password|demonstration/i);
      const link = /http:\S+\/setup\/\S+/.exec(server.printed())?.[0] ?? 'no link';

      await page.goto(`${server.base}/`);
      await inspect(page, 'operational-start');
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await page.locator('.demonstration').count()).toBe(0);
      const tried = await context.request.post(`${server.base}/try-as`, {
        form: { role: 'administrator' },
        headers: { origin: server.base },
      });
      expect([403, 404]).toContain(tried.status());

      await page.goto(link);
      await heading(page, ru.page('title.set-up'));
      await inspect(page, 'set-up');
      const fillIn = async (repeat: string): Promise<void> => {
        await fill(page, ru.page('account.name'), administrator.name);
        await fill(page, ru.page('account.new-password'), administrator.password);
        await fill(page, ru.page('account.repeat'), repeat);
        await pressButton(page, ru.page('set-up.button'));
      };
      await watch.expectRefusal(async () => {
        await fillIn('другое');
        await fillIn(`${administrator.password}!`);
        await page.getByRole('alert').waitFor();
      });
      await inspect(page, 'set-up-different');
      await fillIn(administrator.password);
      await heading(page, ru.page('title.sign-in'));

      await watch.expectRefusal(async () => {
        await page.goto(link);
        await heading(page, ru.page('title.error'));
      });
      await inspect(page, 'error');
      await pressButton(page, ru.page('error.back'));
      await heading(page, ru.page('start.heading'));
    }),
    40_000,
  );

  test(
    'the administrator signs in and opens an account for an operator who also sits on the commission',
    step(async () => {
      const { page, watch } = office;
      await page.goto(`${server.base}/sign-in`);
      await inspect(page, 'sign-in');
      await watch.expectRefusal(async () => {
        await signIn(page, administrator.name, 'совсем не то');
        await page.getByRole('alert').waitFor();
      });
      await inspect(page, 'sign-in-refused');
      await signIn(page, administrator.name, administrator.password);
      await heading(page, ru.page('title.accounts'));
      await inspect(page, 'accounts');
      const form = page.locator('form[action="/accounts"]');
      await form.getByLabel(ru.page('account.name')).focus();
      await page.keyboard.insertText(staffMember.name);
      await page.keyboard.press('Tab');
      await page.keyboard.insertText(staffMember.password);
      for (const role of ['operator', 'commission'] as const) {
        await form.getByRole('checkbox', { name: ru.page(`role.${role}`), exact: true }).focus();
        await page.keyboard.press('Space');
      }
      await form.getByRole('button').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 3, name: staffMember.name }).waitFor();
      await inspect(page, 'accounts-two');
      await pressButton(page, ru.page('app.sign-out'));
      await heading(page, ru.page('start.heading'));
      await page.goto(`${server.base}/accounts`);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    }),
    40_000,
  );

  test(
    'a room is prepared; an operator admits an employee who waits; another one declines',
    step(async () => {
      await server.stop();
      given = await prepareRoom(data, limitMs, [
        { name: 'Open Page', programme: 'short-two' },
        { name: 'Gone Away', programme: 'short-one' },
        { name: 'Слабый Компьютер', programme: 'attestation-tour' },
        { name: 'Күтуші Адам', programme: 'attestation-demo' },
        { name: 'Бас Тартушы', programme: 'attestation-demo' },
      ]);
      await server.start();
      expect(server.printed()).not.toContain('/setup/');

      const { page: waiting } = await open('kk');
      await walkPastNotice(waiting, 'kk', 'Күтуші Адам');
      await heading(waiting, kk.terminal('waiting.title'));
      await inspect(waiting, 'terminal-waiting');

      const { page } = office;
      await page.goto(`${server.base}/sign-in`);
      await signIn(page, staffMember.name, staffMember.password);
      await page.getByRole('table').waitFor();
      await pressButton(page, ru.monitor('act.admit-person', { name: 'Күтуші Адам' }));
      await waiting.getByRole('button', { name: kk.terminal('section.practise') }).waitFor();
      expect(await hasFocus(waiting)).toBe(true);
      expect(await hasFocus(page)).toBe(true);
      await inspect(page, 'monitor-admitted');
      await waiting.context().close();

      const { page: declining } = await open('kk');
      await walkToNotice(declining, server.base, 'kk', codeOf('Бас Тартушы'));
      await pressButton(declining, kk.terminal('notice.decline'));
      await heading(declining, kk.terminal('decline.title'));
      await pressButton(declining, kk.terminal('decline.confirm'));
      await heading(declining, kk.terminal('declined.title'));
      expect(await hasFocus(declining)).toBe(true);
      await inspect(declining, 'terminal-declined');
      const row = page.getByRole('row').filter({ hasText: 'Бас Тартушы' });
      await row.getByText(ru.monitor('status.declined')).waitFor();
      await declining.context().close();
    }),
    40_000,
  );

  test(
    'time up: the section closes by itself, with the page open and with nobody there',
    step(async () => {
      const { page } = await open('en');
      const { page: leaving } = await open('en');
      const row = office.page.getByRole('row').filter({ hasText: 'Gone Away' });

      const begin = async (at: Page, name: string): Promise<void> => {
        await walkPastNotice(at, 'en', name);
        await pressButton(at, en.terminal('section.start'));
        await at.locator('.options').waitFor();
        await at.keyboard.press('1');
        await at.locator('.save-line.is-stored').waitFor();
      };
      await Promise.all([
        begin(page, 'Open Page'),
        begin(leaving, 'Gone Away').then(() => leaving.context().close()),
        // Both are there for seconds only.
        page.getByText(en.terminal('clock.seconds-left', { seconds: 2 })).waitFor({ timeout: 40_000 }),
        row
          .getByText(ru.monitor('status.cut-off'))
          .waitFor({ timeout: 40_000 })
          .then(() => inspect(office.page, 'monitor-cut-off')),
      ]);

      await heading(page, en.terminal('time-up.title'));
      expect(await hasFocus(page)).toBe(true);
      await page.getByText(en.terminal('time-up.counts', { count: 1 })).waitFor();
      await inspect(page, 'terminal-time-up');
      await pressButton(page, en.terminal('app.continue'));
      await page.getByRole('button', { name: en.terminal('section.start') }).waitFor();
      expect(await hasFocus(page)).toBe(true);
      await inspect(page, 'terminal-second-section');
      await page.context().close();

      await row.getByText(ru.monitor('status.timed-out')).waitFor();
      await inspect(office.page, 'monitor-timed-out');
      await office.page.goto(`${server.base}/commission?lang=en`);
      const ended = office.page.getByRole('row').filter({ hasText: 'Gone Away' });
      await ended.getByText(en.report('ended.timed-out')).waitFor();
      await inspect(office.page, 'commission-list');
      await tabTo(office.page, `${en.page('list.open')}: Gone Away`);
      await office.page.keyboard.press('Enter');
      await office.page.waitForURL(/\/commission\/attempts\//);
      const total = office.page.locator('.report-table').first().locator('tbody tr').last();
      expect(await total.locator('td').first().textContent()).toBe(en.report('n-of-m', { n: '1', m: '4' }));
      await inspect(office.page, 'commission-report-timed-out');
    }),
    60_000,
  );

  test(
    'at 200 % zoom and a sixth of the speed the focus is never lost and nothing scrolls sideways',
    step(async () => {
      // 1024 × 768 at 200 %
      const { page, context } = await open('ru', { width: 512, height: 384 });
      const session = await context.newCDPSession(page);
      const slowDown = (rate: number) => session.send('Emulation.setCPUThrottlingRate', { rate });
      await slowDown(6);
      const look = async (name: string): Promise<void> => {
        await slowDown(1);
        await inspect(page, name);
        await slowDown(6);
      };
      const lost: string[] = [];
      const arrived = async (name: string): Promise<void> => {
        if (!(await hasFocus(page))) lost.push(`${name}: no focus`);
        if ((await overflow(page)) > 0) lost.push(`${name}: scrolls sideways`);
      };
      await walkPastNotice(page, 'ru', 'Слабый Компьютер', arrived);
      await page.getByRole('button', { name: ru.terminal('section.practise') }).waitFor();
      await arrived('instructions');
      await pressButton(page, ru.terminal('section.practise'));
      await page.locator('.options').waitFor();
      await arrived('practice');
      await pressButton(page, ru.terminal('section.start'));
      for (let n = 1; n <= 4; n += 1) {
        await heading(page, ru.terminal('items.number', { n, count: 4 }));
        await arrived(`item ${n}`);
        await page.keyboard.press('2');
        await page.locator('.save-line.is-stored').waitFor();
        await arrived(`item ${n} answered`);
        if (n === 1) await look('zoomed-item');
        if (n === 2) {
          await tabTo(page, ru.terminal('items.flag'));
          await page.keyboard.press('Space');
          await page.locator('.cell.is-flagged').waitFor();
          await arrived('flagged');
          await pressButton(page, ru.terminal('items.clear'));
          await page.getByText(ru.terminal('save.cleared')).waitFor();
          await arrived('cleared');
          await pressButton(page, ru.terminal('items.fault'));
          await page.getByRole('dialog').waitFor();
          await arrived('fault dialog');
          await look('zoomed-fault');
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
          await arrived('fault dialog closed');
        }
        await page.keyboard.press('ArrowRight');
      }
      await heading(page, ru.terminal('review.title'));
      await arrived('review');
      await look('zoomed-review');
      await pressButton(page, ru.terminal('review.hand-in'));
      await page.getByText(ru.terminal('hand-in.final')).waitFor();
      await arrived('hand in');
      await pressButton(page, ru.terminal('hand-in.return'));
      await heading(page, ru.terminal('review.title'));
      await arrived('back at the review');
      await pressButton(page, ru.terminal('review.hand-in'));
      await pressButton(page, ru.terminal('hand-in.confirm'));
      await page.getByRole('button', { name: ru.terminal('section.start') }).waitFor();
      await arrived('next section');
      expect(lost).toEqual([]);
    }),
    90_000,
  );

  test('no page broke a rule: WCAG A and AA in light and dark, no sideways scrolling, no foreign request, no error in the console', () => {
    expect(faults()).toEqual([]);
  });
});
