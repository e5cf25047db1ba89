import { languages, type Problem, type Text } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { itemsInBank } from '../places-in-bank.ts';

/** Latin, Cyrillic and usual punctuation with single spaces: already in the form that `seenAs` gives. */
const plain =
  /^[!-~\u00a1-\u02af\u0400-\u052f\u2010-\u2027\u2116]+(?: [!-~\u00a1-\u02af\u0400-\u052f\u2010-\u2027\u2116]+)*$/;

/** Same to the eye: letters composed alike, spaces counted once. Case may be the point of a language item, so it is kept. */
const seenAs = (words: string): string =>
  plain.test(words) ? words : words.normalize('NFC').replace(/\s+/gu, ' ').trim();

const repeats = (texts: readonly { text: Text; path: string }[]): Problem[] =>
  languages.flatMap((language) => {
    const first = new Map<string, string>();
    return texts.flatMap(({ text, path }): Problem[] => {
      const words = text[language];
      if (words === undefined) return [];
      const seen = seenAs(words);
      const before = first.get(seen);
      if (before === undefined) {
        first.set(seen, path);
        return [];
      }
      return [
        {
          path: path + pointerTo(language),
          rule: 'option-texts-distinct',
          params: { language, first: before },
          text: `reads the same in "${language}" as ${before}; a person could not choose between them; change one`,
        },
      ];
    });
  });

/** What can be chosen between must differ on the screen, in every language. */
export const optionTextsDistinct: BankRule = {
  name: 'option-texts-distinct',
  check: (bank) => [
    ...itemsInBank(bank).flatMap(({ item, path }) =>
      item.kind === 'single-choice'
        ? repeats(
            item.options.map(({ text }, index) => ({
              text,
              path: path + pointerTo('options', index, 'text'),
            })),
          )
        : [],
    ),
    ...bank.responseScales.flatMap((scale, index) =>
      repeats(
        scale.responses.map(({ text }, place) => ({
          text,
          path: pointerTo('responseScales', index, 'responses', place, 'text'),
        })),
      ),
    ),
  ],
};
