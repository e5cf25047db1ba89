import type { LanguageCode, LocalText } from '../../server/wire/contract.ts';

/** The languages of the product in the order on screen, each in its own words. */
export const languages: readonly { readonly code: LanguageCode; readonly name: string }[] = [
  { code: 'kk', name: 'Қазақша' },
  { code: 'ru', name: 'Русский' },
  { code: 'en', name: 'English' },
];

export function isLanguage(text: unknown): text is LanguageCode {
  return languages.some(({ code }) => code === text);
}

export interface PickedText {
  readonly text: string;
  readonly lang: LanguageCode;
}

/** The text in the wished language, else in the first that exists; `lang` says which, for the lang attribute. */
export function pickText(text: LocalText, wished: LanguageCode): PickedText {
  for (const lang of [wished, 'kk', 'ru', 'en'] as const) {
    const found = text[lang];
    if (found !== undefined) return { text: found, lang };
  }
  return { text: '', lang: wished };
}
