import type { Bank, Item, Problem, Section } from '../schema.ts';
import type { ProgrammeRule } from '../programme-rule.ts';
import { drawableItems, itemsOpenTo } from '../drawable-items.ts';
import { attainableRange } from '../kinds/item-kinds.ts';
import { quote } from '../quote.ts';
import { sectionsInProgramme } from '../sections-in-programme.ts';

const bestMarks = (items: readonly Item[], bank: Bank): number[] =>
  items.map((item) => attainableRange(item, bank).max);
const sum = (marks: readonly number[]): number => marks.reduce((total, mark) => total + mark, 0);

/** The most that the least lucky form of a section can give, by topic; undefined where a quota cannot be met at all. */
const reachable = (section: Section, bank: Bank): Map<string, number> | undefined => {
  const { pick } = section;
  if (pick.how === 'quotas') {
    const byTopic = new Map<string, number>();
    for (const { topic, count } of pick.quotas) {
      const marks = bestMarks(
        drawableItems(bank).filter((item) => item.topic === topic),
        bank,
      ).toSorted((a, b) => a - b);
      if (marks.length < count) return undefined;
      byTopic.set(topic, (byTopic.get(topic) ?? 0) + sum(marks.slice(0, count)));
    }
    return byTopic;
  }
  const byTopic = new Map<string, number>();
  for (const item of itemsOpenTo(section, bank)) {
    const topic = item.topic ?? '';
    byTopic.set(topic, (byTopic.get(topic) ?? 0) + attainableRange(item, bank).max);
  }
  return byTopic;
};

/** A threshold that the best possible answers do not reach would fail everybody. */
export const thresholdReachable: ProgrammeRule = {
  name: 'threshold-reachable',
  check: (programme, banks) =>
    sectionsInProgramme(programme, banks).flatMap(({ section, path, bank }): Problem[] => {
      const { threshold } = section;
      if (threshold === undefined || bank === undefined || bank.kind === 'questionnaire') return [];
      const byTopic = reachable(section, bank);
      if (byTopic === undefined) return [];
      const problems: Problem[] = [];
      const most = sum([...byTopic.values()]);
      if (threshold.total > most)
        problems.push({
          path: `${path}/threshold/total`,
          rule: 'threshold-reachable',
          params: { section: section.id, total: threshold.total, reachable: most },
          text: `the section can give at most ${most}, the threshold is ${threshold.total}; lower it or ask more items`,
        });
      const { eachTopic } = threshold;
      if (eachTopic === undefined) return problems;
      for (const [topic, marks] of byTopic)
        if (eachTopic > marks)
          problems.push({
            path: `${path}/threshold/eachTopic`,
            rule: 'threshold-reachable',
            params: { section: section.id, topic, eachTopic, reachable: marks },
            text: `topic ${quote(topic)} can give at most ${marks}, ${eachTopic} is asked of each topic; lower it or ask more items of the topic`,
          });
      return problems;
    }),
};
