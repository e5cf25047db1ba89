/** Everything in a browser that must stay silent: requests to other origins, errors of scripts, complaints of the console. */
import type { BrowserContext, Page } from 'playwright-core';

export interface Watch {
  /** what was not expected, with the address of the page */
  readonly complaints: string[];
  /** how many requests were seen: a watch that saw none proves nothing */
  seen(): number;
  /** the server says no on purpose: while this runs, failed loads are no complaint */
  expectRefusal<T>(act: () => Promise<T>): Promise<T>;
}

/**
 * No browser is silent about a failed load. These are everyday life: the server is away and the page tries again; a terminal without a seat
 * asks whether it has one, and 401 is the answer.
 */
function isEveryday(text: string, address: string): boolean {
  if (/net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)/.test(text)) return true;
  return text.includes('status of 401') && new URL(address).pathname === '/wire/attempt:attach';
}

export function watchContext(context: BrowserContext, base: () => string): Watch {
  const complaints: string[] = [];
  let seen = 0;
  let expected = 0;
  const own = (address: string): boolean => {
    const url = new URL(address);
    if (url.protocol === 'data:' || url.protocol === 'blob:') return true;
    return url.host === new URL(base()).host;
  };
  const check = (page: string, address: string): void => {
    seen += 1;
    if (!own(address)) complaints.push(`${page} asks ${address}`);
  };
  const follow = (page: Page): void => {
    page.on('websocket', (socket) => check(page.url(), socket.url()));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      if (isEveryday(message.text(), message.location().url)) return;
      if (expected > 0 && message.text().startsWith('Failed to load resource')) return;
      complaints.push(`${page.url()} ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
  };
  context.pages().forEach(follow);
  context.on('page', follow);
  context.on('request', (request) => check(request.headers()['referer'] ?? 'a page', request.url()));
  return {
    complaints,
    seen: () => seen,
    expectRefusal: async (act) => {
      expected += 1;
      try {
        return await act();
      } finally {
        expected -= 1;
      }
    },
  };
}
