/** What the people on screen must not see: the right option of the item that is shown, from the bank itself. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Bank, Language } from '../../question-banks/schema.ts';
import { root } from './start-child.ts';

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

function readBanks(): Bank[] {
  const folder = join(root, 'question-banks', 'banks');
  return readdirSync(folder).map((id): Bank =>
    JSON.parse(readFileSync(join(folder, id, '1.0.0.json'), 'utf8')),
  );
}
const banks = readBanks();

export interface ShownKey {
  /** position of the right option as it is shown, from 1 */
  readonly right: number;
  /** position of an option that is wrong */
  readonly wrong: number;
}

/** @throws Error when no bank has a single-choice item with that text */
export async function findKey(page: Page, lang: Language): Promise<ShownKey> {
  const number = plain((await page.locator('.stem .over-title').textContent()) ?? '');
  const stem = plain(((await page.locator('.stem').textContent()) ?? '').slice(number.length));
  const options = (await page.locator('.option-text').allInnerTexts()).map(plain);
  for (const item of banks.flatMap((b) => b.items)) {
    if (item.kind !== 'single-choice' || plain(item.stem[lang] ?? '') !== stem) continue;
    const right = 1 + options.indexOf(plain(item.options.find((o) => o.id === item.key)?.text[lang] ?? '?'));
    if (right > 0) return { right, wrong: (right % options.length) + 1 };
  }
  throw new Error(`no bank has the item "${stem}"`);
}
