import type { In, Reply, RequestName } from '../../server/wire/contract.ts';

/** One request of the contract, over whichever road; null when no reply came in time (it may have been carried out or not). */
export type Ask = <K extends RequestName>(
  name: K,
  message: In<K>,
  timeoutMs: number,
) => Promise<Reply<K> | null>;

/** The HTTP twin of the socket: POST /wire/NAME. The own header keeps forms of other sites out. */
export const askByHttp: Ask = async <K extends RequestName>(name: K, message: In<K>, timeoutMs: number) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const response = await fetch(`/wire/${name}`, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', 'x-adil': '1' },
      body: JSON.stringify(message),
      signal: stop.signal,
    });
    const reply: Reply<K> | null = await response.json();
    return reply !== null && typeof reply.ok === 'boolean' ? reply : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};
