import { languages, type Problem, type Text } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { itemsInBank } from '../places-in-bank.ts';

/** Same to the eye: letters composed alike, spaces counted once. Case may be the point of a language item, so it is kept. */
const seenAs = (words: string): string => words.normalize('NFC').replace(/\s+/gu, ' ').trim();

const repeats = (texts: readonly { text: Text; path: string }[]): Problem[] =>
  languages.flatMap((language) => {
    const first = new Map<string, string>();
    return texts.flatMap(({ text, path }): Problem[] => {
      const words = text[language];
      if (words === undefined) return [];
      const before = first.get(seenAs(words));
      if (before === undefined) {
        first.set(seenAs(words), path);
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
