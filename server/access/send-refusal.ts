/** The error edge of pages and of the JSON twin: refusals become their status and words, faults become INTERNAL with an errorId. */
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { errors, Refusal, type ErrorCode } from '../errors.ts';
import type { renderPage } from '../reports/render-page.ts';
import type { FrameOf } from './frame-of.ts';
import { languageOf } from './language-of.ts';
import { TooManyTries } from './too-many-tries.ts';

export type Log = (
  level: 'info' | 'warn' | 'error',
  fields: Readonly<Record<string, unknown>>,
  text: string,
) => void;

export interface ErrorEdge {
  readonly log: Log;
  readonly show: typeof renderPage;
  readonly frameOf: FrameOf;
}

/** Ends the chain of routes: nothing is at this address. */
export const notFound: RequestHandler = () => {
  throw new Refusal('NOT_FOUND');
};

/** What parsers of bodies and addresses throw for requests that cannot be read. They carry the raw body: it is not logged. */
function refusalOf(e: unknown): Refusal | null {
  if (e instanceof Refusal) return e;
  if (!(e instanceof Error) || !('status' in e) || typeof e.status !== 'number') return null;
  if (e.status === 413) return new Refusal('TOO_LARGE');
  return e.status >= 400 && e.status < 500 ? new Refusal('BAD_SHAPE', 'unreadable') : null;
}

/** Pages are for people; what a script sent gets JSON. */
function wantsJson(req: Request): boolean {
  return (
    req.get('x-adil') === '1' ||
    req.is('application/json') === 'application/json' ||
    req.path.startsWith('/wire/')
  );
}

/** The pattern of the route, never the address: a set-up link carries its token there. */
function routeOf(req: Request): string {
  const route: unknown = req.route;
  const path =
    typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : '(no route)';
  return `${req.method} ${path}`;
}

/** What the log may know of a fault: a driver's own error object can carry whole documents. */
function faultFields(e: unknown): Record<string, unknown> {
  return e instanceof Error ? { name: e.name, stack: e.stack } : { thrown: typeof e };
}

export function sendRefusal(d: ErrorEdge): ErrorRequestHandler {
  async function page(req: Request, res: Response, code: ErrorCode, errorId: string | null): Promise<string> {
    const frame = await d.frameOf(req, res);
    return d.show('error', frame, { code, errorId, backHref: '/' }, languageOf(req));
  }

  async function send(req: Request, res: Response, code: ErrorCode, errorId: string | null): Promise<void> {
    res.status(errors[code].status).setHeader('Cache-Control', 'no-store');
    if (wantsJson(req)) {
      res.json(errorId === null ? { ok: false, code } : { ok: false, code, errorId });
      return;
    }
    try {
      res.type('html').send(await page(req, res, code, errorId));
    } catch (e) {
      // The page needs the store, which may be what failed.
      d.log('error', { route: routeOf(req), ...faultFields(e) }, 'the error page could not be made');
      res.type('text').send(errorId === null ? code : `${code} ${errorId}`);
    }
  }

  // express knows an error handler by its four parameters
  return async (e: unknown, req, res, _next) => {
    const refusal = refusalOf(e);
    const errorId = refusal === null ? randomUUID() : null;
    if (refusal === null) d.log('error', { route: routeOf(req), errorId, ...faultFields(e) }, 'fault');
    else
      d.log(
        errors[refusal.code].level,
        { route: routeOf(req), code: refusal.code, detail: refusal.detail },
        'refused',
      );
    if (res.headersSent) {
      // part of an answer is out: cutting it is the only way left to say that it is not whole
      res.destroy();
      return;
    }
    if (refusal instanceof TooManyTries) res.setHeader('Retry-After', String(refusal.retryAfterS));
    if (refusal?.code === 'NOT_SIGNED_IN' && !wantsJson(req)) {
      const next = req.method === 'GET' ? `?next=${encodeURIComponent(req.originalUrl)}` : '';
      res.redirect(303, `/sign-in${next}`);
      return;
    }
    await send(req, res, refusal?.code ?? 'INTERNAL', errorId);
  };
}
