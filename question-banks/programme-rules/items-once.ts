import type { Problem } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { itemsOpenTo } from '../drawable-items.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

/** Answers are kept by item id, so no two sections of a programme may be able to give items of the same id. */
export const itemsOnce: ProgrammeRule = {
  name: 'items-once',
  check: (programme, banks) => {
    const givenBy = new Map<string, string>();
    return sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }): Problem[] => {
      if (bank === undefined) return [];
      const ids = new Set(itemsOpenTo(section, bank).map((item) => item.id));
      const again = [...ids].filter((id) => givenBy.has(id));
      for (const id of ids) if (!givenBy.has(id)) givenBy.set(id, section.id);
      const [example] = again;
      if (example === undefined) return [];
      const other = givenBy.get(example) ?? '';
      return [
        {
          path,
          rule: 'items-once',
          params: { section: section.id, other, item: example, items: again.length },
          text: `section ${quote(other)} can give item ${quote(example)} too (${again.length} such items); let the sections draw from different topics or banks, and rename items of the same id`,
        },
      ];
    });
  },
};
