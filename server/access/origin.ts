/**
 * Whether a request comes from a page of this server. SameSite ignores ports and browsers let any page open a websocket, so every unsafe
 * request and every socket must name its Origin, and it must be ours. A missing Origin is refused: all browsers of today send it.
 */
import type { IncomingHttpHeaders } from 'node:http';

export interface OriginRules {
  /** scheme and host under which browsers see the server; null: whatever host the request names */
  readonly publicUrl: string | null;
  /** this server ends TLS itself */
  readonly tls: boolean;
  /** number of proxies in front whose X-Forwarded headers are believed, or false */
  readonly trustProxy: number | false;
}

const first = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();

/** The origin under which the sender sees this server, such as "https://adil.example.kz"; null when the request does not say. */
export function ownOrigin(headers: IncomingHttpHeaders, rules: OriginRules): string | null {
  if (rules.publicUrl !== null) return rules.publicUrl;
  const behind = rules.trustProxy !== false;
  const host = (behind ? first(headers['x-forwarded-host']) : undefined) ?? headers.host;
  const scheme = (behind ? first(headers['x-forwarded-proto']) : undefined) ?? (rules.tls ? 'https' : 'http');
  const text = `${scheme}://${host ?? ''}`;
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(text)) return null;
  return new URL(text).origin;
}

/** False for a foreign origin, for "null" and for none at all. */
export function originAllowed(headers: IncomingHttpHeaders, rules: OriginRules): boolean {
  const own = ownOrigin(headers, rules);
  return own !== null && headers.origin === own;
}
