/**
 * The words of reports and pages: ICU messages from templates/texts, always in Kazakh, Russian and English. Keys are typed, so a text that
 * does not exist does not compile.
 */
import IntlMessageFormat from 'intl-messageformat';
import type { Language } from '../../question-banks/schema.ts';
import report from '../../templates/texts/report.json' with { type: 'json' };
import pages from '../../templates/texts/pages.json' with { type: 'json' };

export type TextKey = keyof typeof report | keyof typeof pages;
export type TextParams = Readonly<Record<string, string | number>>;

const texts: Readonly<Record<string, Readonly<Record<Language, string>>>> = { ...report, ...pages };
/** A text without values is kept as it is, the others as compiled messages. */
const compiled = new Map<string, string | IntlMessageFormat>();

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}

function compile(lang: Language, key: TextKey): string | IntlMessageFormat {
  const text = texts[key]?.[lang];
  if (text === undefined) throw new Error(`no text ${key} in ${lang}`);
  // ignoreTag: "<" in a text is a character, never mark-up
  const message = new IntlMessageFormat(text, lang, undefined, { ignoreTag: true });
  return /[{']/.test(text) ? message : text;
}

/** The text of `key` in `lang`; a parameter that the message names and `params` lacks is an error. */
export function say(lang: Language, key: TextKey, params: TextParams = {}): string {
  const name = `${lang} ${key}`;
  let message = compiled.get(name);
  if (message === undefined) {
    message = compile(lang, key);
    compiled.set(name, message);
  }
  return typeof message === 'string' ? message : String(message.format({ ...params }));
}
