/** A person without a mouse: Tab to a thing, press it. What has the focus is told by its accessible name, as a screen reader would. */
import type { CDPSession, Page } from 'playwright-core';

const nameOfFocus = `(() => {
  const e = document.activeElement;
  if (e === null || e === document.body) return '';
  const label = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent ?? '';
  return label.replace(/\\s+/g, ' ').trim();
})()`;

/** Accessible name of what has the focus; '' when nothing has it. */
export async function focusedName(page: Page): Promise<string> {
  return String(await page.evaluate(nameOfFocus));
}

/** Presses Tab until the focus is on what is called so. @throws Error when the focus never gets there */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  const fits = (at: string): boolean => (typeof name === 'string' ? at === name : name.test(at));
  for (let step = 0; step < 150; step += 1) {
    const at = await focusedName(page);
    if (fits(at)) return;
    passed.push(at);
    await page.keyboard.press('Tab');
  }
  throw new Error(
    `Tab never reached ${String(name)} on ${page.url()}; it passed ${[...new Set(passed)].join(' | ')}`,
  );
}

export async function pressButton(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** The Kazakh layout (Debian xkb "kz") has these characters on the keys of the digits. */
const kazakhRow: Readonly<Record<string, string>> = {
  1: '"',
  2: 'ә',
  3: 'і',
  4: 'ң',
  5: 'ғ',
  6: ',',
  7: '.',
  8: 'ү',
  9: 'ұ',
  0: 'қ',
};

export interface KazakhKeyboard {
  /** presses the keys that carry these digits, one after another; other characters are left out */
  digits(digits: string): Promise<void>;
}

/** Keys as the browser gets them from a keyboard with the Kazakh layout: the code names the key, the text is a letter. */
export async function kazakhKeyboard(page: Page): Promise<KazakhKeyboard> {
  const session: CDPSession = await page.context().newCDPSession(page);
  return {
    digits: async (digits) => {
      for (const digit of digits.replace(/\D/g, '')) {
        const text = kazakhRow[digit] ?? '';
        const key = { code: `Digit${digit}`, key: text, windowsVirtualKeyCode: 48 + Number(digit) };
        await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text });
        await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
      }
    },
  };
}
