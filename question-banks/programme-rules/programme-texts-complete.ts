import type { Programme, Text } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { quote } from '../quote.ts';

const textsInProgramme = (programme: Programme): { text: Text; path: string }[] => [
  { text: programme.title, path: '/title' },
  ...programme.notice.paragraphs.map((text, index) => ({ text, path: `/notice/paragraphs/${index}` })),
  ...programme.sections.flatMap(({ title, threshold }, index) => [
    { text: title, path: `/sections/${index}/title` },
    ...(threshold === undefined
      ? []
      : [{ text: threshold.basis, path: `/sections/${index}/threshold/basis` }]),
  ]),
];

/** Title, notice, section titles and the basis of thresholds exist in every language of the programme. */
export const programmeTextsComplete: ProgrammeRule = {
  name: 'programme-texts-complete',
  check: (programme) =>
    textsInProgramme(programme).flatMap(({ text, path }) =>
      programme.languages
        .filter((language) => text[language] === undefined)
        .map((language) => ({
          path,
          rule: 'programme-texts-complete',
          params: { language },
          text: `${quote(language)} is missing here; write it, or take ${quote(language)} out of "languages" of the programme`,
        })),
    ),
};
