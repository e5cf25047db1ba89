import type { LanguageCode, LocalText as Text } from '../../server/wire/contract.ts';
import { pickText } from './languages.ts';

/** An author's text in the wished language; in another one, if need be, then marked with its lang. Line breaks are kept by the style. */
export function LocalText({ text, language }: { readonly text: Text; readonly language: LanguageCode }) {
  const { text: words, lang } = pickText(text, language);
  return lang === language ? <>{words}</> : <span lang={lang}>{words}</span>;
}
