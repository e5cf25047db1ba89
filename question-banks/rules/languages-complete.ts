import type { BankRule } from '../rule.ts';
import { declaredLanguages } from '../declared-languages.ts';
import { textsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

/** Whoever chooses a language meets no text without it. More languages than declared are allowed: they are not shown. */
export const languagesComplete: BankRule = {
  name: 'languages-complete',
  check: (bank) => {
    const declared = declaredLanguages(bank);
    return textsInBank(bank).flatMap(({ text, path }) =>
      declared
        .filter((language) => text[language] === undefined)
        .map((language) => ({
          path,
          rule: 'languages-complete',
          params: { language },
          text: `${quote(language)} is missing here; write it, or take ${quote(language)} out of "languages" of the bank`,
        })),
    );
  },
};
