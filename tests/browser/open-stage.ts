/** What a story in the browser is played on: one browser, contexts that are watched, steps that follow from each other. */
import { expect } from '@jest/globals';
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
  readonly open: (lang: Language, viewport?: { width: number; height: number }) => Promise<Scene>;
  /** looks at the page in its present state; what it finds is told at the end */
  readonly inspect: (page: Page, name: string) => Promise<void>;
  /** The body of a test that is one step of a story: it is not tried after one that failed. */
  readonly step: (act: () => Promise<void>) => () => Promise<void>;
  /** what inspections found and what the watches complain of; a watch that saw too little is a finding too */
  readonly faults: () => string[];
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
    step: (act) => async () => {
      if (failed !== '') throw new Error(`not tried: "${failed}" failed before`);
      failed = expect.getState().currentTestName ?? 'a step';
      try {
        await act();
      } catch (e) {
        console.error(await tellPages(browser()));
        throw e;
      }
      failed = '';
    },
    faults: () => [
      ...findings,
      ...watches.flatMap((w) => w.complaints),
      ...watches.filter((w) => w.seen() < 5).map((w) => `a watch saw ${w.seen()} requests only`),
    ],
  };
}
