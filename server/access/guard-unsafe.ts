/** Every request that could change something must come from a page of this server. Runs after the session and the parsers of bodies. */
import type { RequestHandler } from 'express';
import { Refusal } from '../errors.ts';
import { formTokenField, type FormTokens } from './form-token.ts';
import { originAllowed, type OriginRules } from './origin.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws Refusal BAD_ORIGIN: foreign, "null" or missing Origin. Runs before a body is read. */
export function guardOrigin(rules: OriginRules): RequestHandler {
  return (req, _res, next) => {
    if (!safe.has(req.method) && !originAllowed(req.headers, rules)) throw new Refusal('BAD_ORIGIN');
    next();
  };
}

/**
 * A form needs its token; JSON needs the header "x-adil: 1", which no form can send and which a foreign page can only send when asked
 * permission first. Other kinds of bodies are refused.
 * @throws Refusal BAD_CSRF
 */
export function guardForm(tokens: FormTokens): RequestHandler {
  return (req, _res, next) => {
    if (safe.has(req.method)) return next();
    const passed = req.is('application/json')
      ? req.get('x-adil') === '1'
      : tokens.matches(req, tokenIn(req.body));
    if (!passed) throw new Refusal('BAD_CSRF');
    next();
  };
}

function tokenIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, formTokenField)
    ? Reflect.get(body, formTokenField)
    : undefined;
}
