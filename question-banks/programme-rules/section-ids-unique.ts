import type { Problem } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { quote } from '../quote.ts';

/** Times, thresholds and results are found by the section's id. */
export const sectionIdsUnique: ProgrammeRule = {
  name: 'section-ids-unique',
  check: (programme) => {
    const seen = new Set<string>();
    return programme.sections.flatMap(({ id }, index): Problem[] => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [
        {
          path: `/sections/${index}/id`,
          rule: 'section-ids-unique',
          params: { id },
          text: `the section id ${quote(id)} is already used; give this section another one`,
        },
      ];
    });
  },
};
