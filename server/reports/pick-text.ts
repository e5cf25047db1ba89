import type { Language, Text } from '../../question-banks/schema.ts';

/** The text in `lang`; where the author did not write it, in the first language of kk, ru, en that exists. */
export function pickText(text: Text, lang: Language): string {
  return text[lang] ?? text.kk ?? text.ru ?? text.en ?? '';
}
