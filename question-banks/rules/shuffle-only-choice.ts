import type { BankRule } from '../rule.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { languages, type Text } from '../schema.ts';
import { quote } from '../quote.ts';

/** Digits with signs, separators, fractions, percent; spaces of any kind. */
const bareNumber = /^[\s\u00a0]*[-−+]?\d[\d\s\u00a0.,/]*%?[\s\u00a0]*$/;

const isNumber = (text: Text): boolean => {
  const present = languages.flatMap((language) => text[language] ?? []);
  return present.length > 0 && present.every((words) => bareNumber.test(words));
};

/** Numbers in a drawn order cost reading time that has nothing to do with what is measured. */
export const shuffleOnlyChoice: BankRule = {
  name: 'shuffle-only-choice',
  check: (bank) =>
    itemsInBank(bank).flatMap(({ item, path }) =>
      item.kind === 'single-choice' && item.shuffle && item.options.every((option) => isNumber(option.text))
        ? [
            {
              path: `${path}/shuffle`,
              rule: 'shuffle-only-choice',
              params: { item: item.id },
              text: `all options of item ${quote(item.id)} are numbers; set "shuffle" to false and write them in ascending order`,
            },
          ]
        : [],
    ),
};
