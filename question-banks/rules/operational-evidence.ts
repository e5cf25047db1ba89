import type { BankRule } from '../rule.ts';
import { declaredLanguages } from '../declared-languages.ts';

/** Nobody's career hangs on a translation that no one has reviewed. */
export const operationalEvidence: BankRule = {
  name: 'operational-evidence',
  check: (bank) =>
    declaredLanguages(bank).flatMap((language) => {
      const state = bank.languages[language];
      if (
        state?.use !== 'operational' ||
        state.translation === 'original' ||
        state.translation === 'reviewed'
      )
        return [];
      return [
        {
          path: `/languages/${language}/use`,
          rule: 'operational-evidence',
          params: { language, translation: state.translation },
          text: `operational use in "${language}" needs a translation that is "original" or "reviewed", not "${state.translation}"; have it reviewed, or set "use" to "pilot" or "demonstration"`,
        },
      ];
    }),
};
