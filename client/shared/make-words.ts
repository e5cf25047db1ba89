/** Words of one language out of a table of texts in ICU MessageFormat. */
import { IntlMessageFormat } from 'intl-messageformat';
import type { LanguageCode } from '../../server/wire/contract.ts';
import errorTexts from '../../templates/texts/errors.json' with { type: 'json' };

export type TextTable = Readonly<
  Record<string, { readonly kk: string; readonly ru: string; readonly en: string }>
>;
export type Params = Readonly<Record<string, string | number | boolean>>;
/** Words by key; the key is checked by the compiler, the parameters by the tests. */
export type Words<K extends string> = (key: K, params?: Params) => string;

export function makeWords<T extends TextTable>(table: T, language: LanguageCode): Words<keyof T & string> {
  const parsed = new Map<string, IntlMessageFormat>();
  return (key, params) => {
    let format = parsed.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(table[key]?.[language] ?? key, language, undefined, { ignoreTag: true });
      parsed.set(key, format);
    }
    const said = format.format(params);
    return Array.isArray(said) ? said.join('') : String(said);
  };
}

const byCode: TextTable = errorTexts;

/** What a person reads for a code of a refusal or fault. */
export function errorWords(code: string, language: LanguageCode, errorId?: string): string {
  const text = (byCode[code] ?? byCode['INTERNAL'])?.[language] ?? code;
  return errorId === undefined ? text : `${text} (${errorId})`;
}
