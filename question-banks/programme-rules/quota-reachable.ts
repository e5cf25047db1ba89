import type { Problem } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { drawableItems } from '../drawable-items.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

/** Each quota names a topic of the bank once and asks for no more items than the topic has besides drafts. */
export const quotaReachable: ProgrammeRule = {
  name: 'quota-reachable',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }): Problem[] => {
      if (bank === undefined) return [];
      const drawable = drawableItems(bank);
      const { pick } = section;
      const told = (at: string, params: Problem['params'], text: string): Problem => ({
        path: at,
        rule: 'quota-reachable',
        params: { section: section.id, ...params },
        text,
      });
      if (pick.how === 'all' && drawable.length === 0)
        return [
          told(
            `${path}/pick`,
            { available: 0 },
            `every item of bank ${quote(bank.id)} is a draft, so the section would be empty`,
          ),
        ];
      if (pick.how !== 'quotas') return [];
      const seen = new Set<string>();
      return pick.quotas.flatMap(({ topic, count }, index): Problem[] => {
        const at = `${path}/pick/quotas/${index}`;
        if (!bank.topics.some((one) => one.id === topic))
          return [
            told(
              `${at}/topic`,
              { topic },
              `bank ${quote(bank.id)} has no topic ${quote(topic)}; correct the name`,
            ),
          ];
        if (seen.has(topic))
          return [
            told(
              `${at}/topic`,
              { topic },
              `topic ${quote(topic)} already has a quota in this section; add the counts together`,
            ),
          ];
        seen.add(topic);
        const available = drawable.filter((item) => item.topic === topic).length;
        if (available >= count) return [];
        return [
          told(
            `${at}/count`,
            { topic, count, available },
            `topic ${quote(topic)} has ${available} items that are not drafts, ${count} are asked for; lower the count or add items`,
          ),
        ];
      });
    }),
};
