/** What a story in the browser is played on: one browser, contexts that are watched, steps that follow from each other. */
import { expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../question-banks/schema.ts';
import { inspectPage } from './inspect-page.ts';
import { watchContext, type Watch } from './watch-context.ts';

export interface Scene {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
}

export interface Stage {
  /** a new browser profile, as on another computer */
  open(lang: Language, viewport?: { width: number; height: number }): Promise<Scene>;
  /** looks at the page in its present state; what it finds is told at the end */
  inspect(page: Page, name: string): Promise<void>;
  /** A step of the story: a test that is not tried after one that failed. */
  step(name: string, act: () => Promise<void>, timeoutMs: number): void;
  /** The last test: nothing that was inspected or watched broke a rule. */
  verdict(): void;
}

/** First words of every page that is open, for the message of a failed step. */
async function tellPages(browser: Browser): Promise<string> {
  const pages = browser.contexts().flatMap((c) => c.pages());
  const told = await Promise.all(
    pages.map(async (p) => {
      const words = await p
        .locator('body')
        .innerText({ timeout: 1000 })
        .catch(() => 'nothing that could be read');
      return `${p.url()} shows: ${words.replace(/\s+/g, ' ').slice(0, 700)}`;
    }),
  );
  return told.join('\n');
}

export function openStage(browser: () => Browser, base: () => string): Stage {
  const findings: string[] = [];
  const watches: Watch[] = [];
  let failed = '';
  return {
    open: async (lang, viewport = { width: 1024, height: 768 }) => {
      const context = await browser().newContext({ viewport, locale: `${lang}-KZ` });
      context.setDefaultTimeout(20_000);
      const watch = watchContext(context, base);
      watches.push(watch);
      return { context, page: await context.newPage(), watch };
    },
    inspect: async (page, name) => {
      findings.push(...(await inspectPage(page, name)));
    },
    step: (name, act, timeoutMs) => {
      test(
        name,
        async () => {
          if (failed !== '') throw new Error(`not tried: "${failed}" failed before`);
          failed = name;
          try {
            await act();
          } catch (e) {
            console.error(await tellPages(browser()));
            throw e;
          }
          failed = '';
        },
        timeoutMs,
      );
    },
    verdict: () => {
      test('no page broke a rule: WCAG A and AA in light and dark, no sideways scrolling, no foreign request, no error in the console', () => {
        expect(findings).toEqual([]);
        expect(watches.flatMap((w) => w.complaints)).toEqual([]);
        // A watch that saw nothing would prove nothing.
        expect(watches.every((w) => w.seen() > 5)).toBe(true);
      });
    },
  };
}
