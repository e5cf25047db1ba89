import type { Page } from 'playwright-core';
import type { Language } from '../../question-banks/schema.ts';
import { pressButton } from './walk-by-keys.ts';
import { wordsOf } from './words.ts';

export const ownNames: Readonly<Record<Language, string>> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

/**
 * From the first page of a terminal to the notice, by keyboard.
 * @param arrived called on each page, as soon as its heading is there
 */
export async function walkToNotice(
  page: Page,
  base: string,
  lang: Language,
  code: string,
  arrived: (name: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { terminal: say } = wordsOf(lang);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  await page.goto(`${base}/terminal`);
  await page.locator('.language-buttons').waitFor();
  await arrived('language');
  await pressButton(page, ownNames[lang]);
  await heading(say('code.title'));
  await arrived('code');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await heading(say('identity.title'));
  await arrived('identity');
  await pressButton(page, say('identity.yes'));
  await heading(say('notice.title'));
  await arrived('notice');
}
