import type { Problem } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

/** Items picked by name exist in the bank, are no drafts, and are picked once. */
export const itemsKnown: ProgrammeRule = {
  name: 'items-known',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }): Problem[] => {
      const { pick } = section;
      if (bank === undefined || pick.how !== 'items') return [];
      const known = new Map(bank.items.map((item) => [item.id, item]));
      const seen = new Set<string>();
      return pick.items.flatMap((id, index): Problem[] => {
        const told = (text: string): Problem[] => [
          {
            path: `${path}/pick/items/${index}`,
            rule: 'items-known',
            params: { section: section.id, item: id },
            text,
          },
        ];
        const item = known.get(id);
        if (item === undefined)
          return told(`bank ${quote(bank.id)} has no item ${quote(id)}; correct the name`);
        if (item.draft === true)
          return told(`item ${quote(id)} is a draft and cannot be given; finish it or take it out`);
        if (seen.has(id)) return told(`item ${quote(id)} is already picked; keep it once`);
        seen.add(id);
        return [];
      });
    }),
};
