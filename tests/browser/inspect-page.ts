/** What every page in every state must stand: axe in light and dark, no sideways scrolling, the focus somewhere. Pictures on request. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
/** A folder for a picture of every page that is inspected; unset: none is taken. */
const pictures = process.env['ADIL_PICTURES'];

async function violations(page: Page, only: { type: 'tag' | 'rule'; values: string[] }): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) !== 'object') await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(only)}, resultTypes: ['violations'] })
      .then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe gave no list'];
}

/** True while the focus is on an element, not on the page as a whole. */
export async function hasFocus(page: Page): Promise<boolean> {
  return (
    (await page.evaluate('document.activeElement !== null && document.activeElement !== document.body')) ===
    true
  );
}

/** Pixels by which the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return Number(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  );
}

export async function takePicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined || pictures === '') return;
  mkdirSync(pictures, { recursive: true });
  const lang = String(await page.evaluate('document.documentElement.lang'));
  await page.screenshot({ path: join(pictures, `${lang}-${name}.png`), fullPage: true });
}

/** Findings of one page in its present state, each with the page's name; none is the good news. */
export async function inspectPage(page: Page, name: string): Promise<string[]> {
  const found = (await violations(page, { type: 'tag', values: levels })).map((v) => `${name}: ${v}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  // The dark changes colours only.
  const dark = await violations(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
  found.push(...dark.map((v) => `${name} in the dark: ${v}`));
  await page.emulateMedia({ colorScheme: 'light' });
  if ((await overflow(page)) > 0) found.push(`${name}: scrolls sideways`);
  await takePicture(page, name);
  return found;
}
