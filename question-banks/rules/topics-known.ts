import type { BankRule } from '../rule.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

/** Quotas and thresholds go by topic: every topic named exists, and every counted item with a key has one. */
export const topicsKnown: BankRule = {
  name: 'topics-known',
  check: (bank) => {
    const known = new Set(bank.topics.map((topic) => topic.id));
    return itemsInBank(bank).flatMap(({ item, path, practice }) => {
      if (item.topic === undefined) {
        if (practice || bank.kind === 'questionnaire') return [];
        return [
          {
            path,
            rule: 'topics-known',
            params: { item: item.id },
            text: `item ${quote(item.id)} has no topic; add "topic" with the id of a topic of this ${bank.kind} bank`,
          },
        ];
      }
      if (known.has(item.topic)) return [];
      return [
        {
          path: `${path}/topic`,
          rule: 'topics-known',
          params: { item: item.id, topic: item.topic },
          text: `there is no topic ${quote(item.topic)}; add it to "topics" or correct the name`,
        },
      ];
    });
  },
};
