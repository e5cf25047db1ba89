/** Every route of an express app and the act that guards it, read from the app itself, for the test that no route is without a row. */
import type { Express } from 'express';
import { guardedAct } from './require-act.ts';
import type { Act } from './policy.ts';

export interface ListedRoute {
  /** such as "GET /commission/attempts/:id", or "assets" for a folder that is served as it is */
  readonly route: string;
  /** the act of its guard; null when nothing guards it */
  readonly guardedBy: Act | null;
}

function field(value: unknown, name: string): unknown {
  return (typeof value === 'object' || typeof value === 'function') && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || value instanceof RegExp ? value.toString() : '(unreadable)';
}

function routesOfStack(stack: unknown, prefix: string): ListedRoute[] {
  return list(stack).flatMap((layer): ListedRoute[] => {
    const handle = field(layer, 'handle');
    const route = field(layer, 'route');
    if (route === undefined) {
      if (field(layer, 'name') === 'serveStatic') return [{ route: 'assets', guardedBy: 'assets' }];
      const mounted = field(layer, 'rawPath');
      const inner = field(handle, 'stack');
      return inner === undefined
        ? []
        : routesOfStack(inner, mounted === '/' ? prefix : `${prefix}${text(mounted)}`);
    }
    const handlers = list(field(route, 'stack'));
    const methods = [...new Set(handlers.map((h) => text(field(h, 'method') ?? 'all').toUpperCase()))];
    const paths = [field(route, 'path')].flat();
    const guardedBy = handlers.map((h) => guardedAct(field(h, 'handle'))).find((a) => a !== null) ?? null;
    return methods.flatMap((m) => paths.map((p) => ({ route: `${m} ${prefix}${text(p)}`, guardedBy })));
  });
}

/**
 * Routes of the app and of routers mounted in it, in the order of registration. Middleware is not a route and is left out.
 * @throws Error when the app has no router that can be read: another version of express
 */
export function listRoutes(app: Express): ListedRoute[] {
  const stack = field(field(app, 'router'), 'stack');
  if (!Array.isArray(stack)) throw new Error('this express app has no router stack');
  return routesOfStack(stack, '');
}
