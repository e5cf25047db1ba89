import type { Request } from 'express';
import type { LanguageCode } from '../wire/contract.ts';
import { languageCookie, readCookie } from './cookies.ts';

const known: readonly LanguageCode[] = ['kk', 'ru', 'en'];

function asLanguage(text: unknown): LanguageCode | null {
  return known.find((l) => l === text) ?? null;
}

/** The language of a page: what the address says (?lang=), what was chosen before, what the browser prefers, Kazakh. */
export function languageOf(req: Request): LanguageCode {
  const preferred = req.acceptsLanguages([...known]);
  return (
    asLanguage(req.query.lang) ??
    asLanguage(readCookie(req.headers.cookie, languageCookie)) ??
    asLanguage(preferred) ??
    'kk'
  );
}
