import type { Problem } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

/**
 * A questionnaire has nothing to pass, is answered in the order its scales were studied in, whole, and in one language: anything else
 * is another instrument.
 */
export const questionnaireSections: ProgrammeRule = {
  name: 'questionnaire-sections',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }): Problem[] => {
      if (bank?.kind !== 'questionnaire') return [];
      const told = (at: string, text: string): Problem => ({
        path: path + at,
        rule: 'questionnaire-sections',
        params: { section: section.id },
        text,
      });
      return [
        ...(section.threshold === undefined
          ? []
          : [told('/threshold', 'a questionnaire has no threshold; remove it')]),
        ...(section.order === 'fixed'
          ? []
          : [told('/order', 'the items of a questionnaire keep their order; set "order" to "fixed"')]),
        ...(section.pick.how === 'quotas'
          ? [
              told(
                '/pick/how',
                'scales need all their items; set "how" to "all", or to "items" for a fixed short form',
              ),
            ]
          : []),
        ...(section.languageSwitch
          ? [
              told(
                '/languageSwitch',
                'a questionnaire stays in the language it was begun in; set "languageSwitch" to false',
              ),
            ]
          : []),
      ];
    }),
};
