/** What can be seen of an open section, and waiting until it is seen. */
import type { Page } from 'playwright-core';

/** Seconds that the clock shows. */
export async function remainingS(page: Page): Promise<number> {
  const face = (await page.locator('.clock-face').textContent()) ?? '';
  const [minutes = '', seconds = ''] = face.split(':');
  return Number(minutes) * 60 + Number(seconds);
}

/** Waits until a clock that stood at `startS` has run `ranS` seconds by the page's own counting. */
export async function clockHasRun(page: Page, startS: number, ranS: number): Promise<void> {
  const faces = [0, 1, 2, 3, 4, 5]
    .map((more) => Math.max(0, startS - ranS - more))
    .map((s) => `${String(Math.floor(s / 60)).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`);
  await page.locator('.clock-face', { hasText: new RegExp(faces.join('|')) }).waitFor();
}

export async function answerIs(page: Page, state: 'stored' | 'unsent'): Promise<void> {
  await page.locator(`.save-line.is-${state}`).waitFor();
}

export async function connectionIsLost(page: Page): Promise<void> {
  await page.locator('.strip-link.is-lost').waitFor();
}

/** Position of the chosen option from 0; -1 when none is. */
export async function chosenOption(page: Page): Promise<number> {
  return page.locator('.options input').evaluateAll((all) => all.findIndex((i) => i.matches(':checked')));
}

/** Resolves once the browser has written an answer that is still to be sent: a crash before that moment may lose the last keystroke. */
export async function answerIsKeptInBrowser(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const open = indexedDB.open('adil-outbox');
    open.onerror = reject;
    open.onsuccess = () => {
      const look = () => {
        const found = open.result.transaction('entries').objectStore('entries').count();
        found.onerror = reject;
        found.onsuccess = () => {
          if (found.result === 0) return look();
          open.result.close();
          resolve(found.result);
        };
      };
      look();
    };
  })`);
}
