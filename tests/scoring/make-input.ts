import type {
  AnswerValue,
  Bank,
  Form,
  Item,
  Programme,
  Scale,
  Section,
} from '../../question-banks/schema.ts';
import type { ScoringInput } from '../../scoring/score.ts';

const text = (en: string) => ({ kk: en, ru: en, en });
const provenance = { author: 'tests', source: 'made for tests', licence: 'Apache-2.0' };
const sha = (digit: string) => digit.repeat(64);

export const keyedItem = (id: string, topic?: string): Item => ({
  kind: 'single-choice',
  id,
  ...(topic === undefined ? {} : { topic }),
  stem: text(id),
  options: ['a', 'b', 'c', 'd'].map((option) => ({ id: option, text: text(option) })),
  shuffle: true,
  key: 'b',
});

export const statement = (id: string, responses = 'five'): Item => ({
  kind: 'likert',
  id,
  stem: text(id),
  responses,
});

export const bankOf = (id: string, items: Item[], more: Partial<Bank> = {}): Bank => ({
  id,
  version: '1.0.0',
  kind: 'knowledge',
  title: text(id),
  languages: { en: { translation: 'original', use: 'demonstration' } },
  provenance,
  instructions: text('answer'),
  practice: [],
  topics: [...new Set(items.flatMap((item) => item.topic ?? []))].map((topic) => ({
    id: topic,
    title: text(topic),
  })),
  responseScales: [
    { id: 'five', responses: [1, 2, 3, 4, 5].map((value) => ({ value, text: text(String(value)) })) },
  ],
  items,
  scales: [],
  normGroups: [],
  ...more,
});

export const scaleOf = (id: string, items: { item: string; reversed: boolean }[], floor = 0.8): Scale => ({
  id,
  title: text(id),
  items,
  missing: { policy: 'prorate', floor },
});

export type SectionPlan = { bank: Bank; threshold?: Section['threshold']; items?: string[] };

/** A form with one section per bank (section id = bank id), every item of it in the order of the bank unless `items` says otherwise. */
export function inputOf(
  plans: SectionPlan[],
  answers: Iterable<readonly [string, AnswerValue]>,
): ScoringInput {
  const programme: Programme = {
    id: 'trial',
    version: '1.0.0',
    title: text('trial'),
    languages: ['en'],
    use: 'demonstration',
    admission: 'automatic',
    notice: { version: '1.0.0', paragraphs: [text('notice')] },
    graceMs: 2000,
    giveBack: { disconnectTotalMs: 0 },
    announceAtMs: [],
    sections: plans.map(({ bank, threshold }) => ({
      id: bank.id,
      title: text(bank.id),
      bank: { id: bank.id, version: bank.version },
      pick: { how: 'all' },
      order: 'fixed',
      limitMs: 60_000,
      languageSwitch: true,
      ...(threshold === undefined ? {} : { threshold }),
    })),
    provenance,
  };
  const form: Form = {
    id: 'form-1',
    seed: sha('0'),
    programme: { id: 'trial', version: '1.0.0', sha256: sha('1') },
    banks: plans.map(({ bank }) => ({ id: bank.id, version: bank.version, sha256: sha('2') })),
    sections: plans.map(({ bank, items }) => ({
      section: bank.id,
      bank: { id: bank.id, version: bank.version },
      items: (items ?? bank.items.map((item) => item.id)).map((item) => ({ item })),
    })),
  };
  return {
    attempt: 'attempt-1',
    form,
    formSha256: sha('3'),
    programme,
    banks: new Map(plans.map(({ bank }) => [`${bank.id}@${bank.version}`, bank])),
    answers: new Map(answers),
  };
}

/** The 55-item legislation section of domain.md T7: topics of 15, 15, 15 and 10 items, threshold 30 and 5 in each topic. */
export const topicSizes = { service: 15, constitution: 15, corruption: 15, data: 10 } as const;
export const legislation = bankOf(
  'legislation',
  Object.entries(topicSizes).flatMap(([topic, size]) =>
    Array.from({ length: size }, (_, i) => keyedItem(`${topic}-${i + 1}`, topic)),
  ),
);
export const legislationThreshold = { total: 30, eachTopic: 5, basis: text('rule') };

/** Right answers to the first so many items of each topic, a wrong one to the others. */
export function legislationInput(right: Record<keyof typeof topicSizes, number>): ScoringInput {
  const answers = Object.entries(topicSizes).flatMap(([topic, size]) =>
    Array.from({ length: size }, (_, i) => {
      const wanted = Object.entries(right).find(([name]) => name === topic)?.[1] ?? 0;
      return [`${topic}-${i + 1}`, i < wanted ? 'b' : 'a'] as const;
    }),
  );
  return inputOf([{ bank: legislation, threshold: legislationThreshold }], answers);
}
