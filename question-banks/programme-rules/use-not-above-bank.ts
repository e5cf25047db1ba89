import type { Problem, Use } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { publicationKey } from '../publication-key.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

const rank: Readonly<Record<Use, number>> = { demonstration: 0, pilot: 1, operational: 2 };

/** A programme is trusted no further than the least trusted of its banks in any of its languages. */
export const useNotAboveBank: ProgrammeRule = {
  name: 'use-not-above-bank',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }): Problem[] =>
      bank === undefined
        ? []
        : programme.languages.flatMap((language): Problem[] => {
            const use = bank.languages[language]?.use;
            if (use === undefined || rank[programme.use] <= rank[use]) return [];
            return [
              {
                path: `${path}/bank`,
                rule: 'use-not-above-bank',
                params: { section: section.id, language, bank: publicationKey(bank), use },
                text: `the programme is ${quote(programme.use)}, but bank ${quote(publicationKey(bank))} is only ${quote(use)} in ${quote(language)}; lower "use" of the programme or take a better bank`,
              },
            ];
          }),
    ),
};
