import type { KeyedSection, TopicScore, TraceRow } from './score-sheet.ts';
import type { MarkedKeyed } from './kinds/mark-item.ts';
import type { MarkedSection } from './read-form.ts';
import { InconsistentInput } from './inconsistent-input.ts';
import { lordPrecision } from './precision/lord.ts';
import { compareWithThreshold } from './thresholds.ts';

const sum = (items: readonly MarkedKeyed[]): number => items.reduce((total, one) => total + one.mark, 0);
const countAnswered = (items: readonly MarkedKeyed[]): number =>
  items.filter((one) => one.answer !== null).length;

function scoreTopic(topic: string, items: readonly MarkedKeyed[], threshold: number | undefined): TopicScore {
  const score = sum(items);
  const precision = lordPrecision(score, items.length);
  return {
    topic,
    items: items.length,
    answered: countAnswered(items),
    score,
    maximum: items.length,
    precision,
    result: threshold === undefined ? null : compareWithThreshold(score, threshold, precision.sem),
  };
}

/**
 * One mark for each right answer; topics in the order of the bank, those without an item on the form left out. An item without topic counts
 * in the total alone. The section is met when the total and, where the programme asks for it, every topic reach their thresholds.
 */
export function scoreKeyedSection(
  { section, bank }: MarkedSection,
  items: readonly MarkedKeyed[],
): { sheet: KeyedSection; trace: TraceRow[] } {
  for (const { item } of items) {
    if (item.topic !== undefined && !bank.topics.some((topic) => topic.id === item.topic)) {
      throw new InconsistentInput(`item ${item.id}`, `bank ${bank.id} has no topic ${item.topic}`);
    }
  }
  const score = sum(items);
  const precision = lordPrecision(score, items.length);
  const topics = bank.topics
    .map((topic) => ({ topic: topic.id, own: items.filter((one) => one.item.topic === topic.id) }))
    .filter(({ own }) => own.length > 0)
    .map(({ topic, own }) => scoreTopic(topic, own, section.threshold?.eachTopic));
  const result =
    section.threshold === undefined
      ? null
      : compareWithThreshold(score, section.threshold.total, precision.sem);

  return {
    sheet: {
      how: 'keyed',
      section: section.id,
      items: items.length,
      answered: countAnswered(items),
      score,
      maximum: items.length,
      precision,
      topics,
      result,
      met: result === null ? null : result.met && topics.every((topic) => topic.result?.met ?? true),
    },
    trace: items.map(({ item, answer, mark }) => ({
      section: section.id,
      item: item.id,
      answer,
      key: item.key,
      mark,
      countsIn: item.topic === undefined ? [] : [item.topic],
    })),
  };
}
