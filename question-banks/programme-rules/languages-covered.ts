import type { ProgrammeRule } from '../programme-rule.ts';
import { publicationKey } from '../publication-key.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

/** Whoever chooses a language of the programme finds every bank in it. */
export const languagesCovered: ProgrammeRule = {
  name: 'languages-covered',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }) =>
      bank === undefined
        ? []
        : programme.languages
            .filter((language) => bank.languages[language] === undefined)
            .map((language) => ({
              path: `${path}/bank`,
              rule: 'languages-covered',
              params: { section: section.id, language, bank: publicationKey(bank) },
              text: `bank ${quote(publicationKey(bank))} does not exist in ${quote(language)}; take the language out of the programme or use another bank`,
            })),
    ),
};
