import type { RefusalCode } from '../shared/refusal-code.ts';

/** POST /terminal/sign-in: null when the cookie is set, else why not. */
export async function signIn(code: string): Promise<RefusalCode | 'NO_REPLY' | null> {
  try {
    const response = await fetch('/terminal/sign-in', {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', 'x-adil': '1' },
      body: JSON.stringify({ code }),
    });
    const reply: { ok: true } | { ok: false; code: RefusalCode } = await response.json();
    return reply.ok ? null : reply.code;
  } catch {
    return 'NO_REPLY';
  }
}
