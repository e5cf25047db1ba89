import type { ProgrammeRule } from '../programme-rule.ts';
import { publicationKey } from '../publication-key.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

/** A section names a bank and a version that exist and are sound. */
export const bankKnown: ProgrammeRule = {
  name: 'bank-known',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }) =>
      bank !== undefined
        ? []
        : [
            {
              path: `${path}/bank`,
              rule: 'bank-known',
              params: { bank: publicationKey(section.bank) },
              text: `there is no sound bank ${quote(publicationKey(section.bank))}; correct id and version, or mend and add the bank`,
            },
          ],
    ),
};
