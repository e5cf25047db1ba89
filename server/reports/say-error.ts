import type { ErrorCode } from '../errors.ts';
import type { Language } from '../../question-banks/schema.ts';
import errors from '../../templates/texts/errors.json' with { type: 'json' };

const words: Readonly<Record<ErrorCode, Readonly<Record<Language, string>>>> = errors;

/** What happened, whether anything is lost and what to do, in the words that terminals show for the same code. */
export function sayError(lang: Language, code: ErrorCode): string {
  return words[code][lang];
}
