/** A small sound bank of each sort and a programme of both, for the tests of every room. Each call gives a fresh copy to spoil. */
import { createHash } from 'node:crypto';
import type { Bank, Item, LawSource, Programme, Text } from '../../question-banks/schema.ts';
import { publicationKey, type PublicationKey } from '../../question-banks/publication-key.ts';
import { loadBank } from '../../question-banks/load.ts';
import type { PublishedBank } from '../../server/banks/assemble-form.ts';

/** An id that tells nothing, the same in every run. */
export const opaque = (label: string): string =>
  `q${createHash('sha256').update(label).digest('hex').slice(0, 9)}`;

/** The file an author would hand in. */
export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const text = (kk: string, ru: string, en: string): Text => ({ kk, ru, en });

const source = (article: number): LawSource => ({
  act: 'T0000000001',
  article: String(article),
  edition: '2026-01-01',
  sentence: `Статья ${article} учебного положения.`,
  sentenceLanguage: 'ru',
  inForce: true,
  checkedBy: 'Adil tests',
  checkedAt: '2026-05-01',
});

const choice = (label: string, topic: string, number: number, shuffle: boolean): Item => {
  const options = [1, 2, 3, 4].map((place) => ({
    id: opaque(`${label}/${place}`),
    text: text(
      `${number}-сұрақтың ${place}-жауабы`,
      `Ответ ${place} на вопрос ${number}`,
      `Answer ${place} to question ${number}`,
    ),
  }));
  return {
    kind: 'single-choice',
    id: opaque(label),
    topic,
    stem: text(
      `Оқу ережесінің ${number}-бабы не дейді?`,
      `Что говорит статья ${number} учебного положения?`,
      `What does article ${number} of the training rules say?`,
    ),
    options,
    shuffle,
    key: options[number % 4]?.id ?? '',
    source: source(number),
  };
};

/** Knowledge, kk/ru/en, 12 single-choice items (topics `service` and `ethics`, 6 each, every third item unshuffled), one practice item. */
export const validBank = (): Bank => ({
  id: 'training-rules',
  version: '1.0.0',
  kind: 'knowledge',
  title: text('Оқу ережесі', 'Учебное положение', 'Training rules'),
  languages: {
    kk: { translation: 'reviewed', use: 'pilot' },
    ru: { translation: 'original', use: 'pilot' },
    en: {
      translation: 'reviewed',
      use: 'pilot',
      note: text('Ағылшын аудармасы', 'Английский перевод', 'English translation'),
    },
  },
  provenance: { author: 'Adil tests', source: 'written for the tests', licence: 'Apache-2.0' },
  instructions: text(
    'Бір дұрыс жауапты таңдаңыз.',
    'Выберите один верный ответ.',
    'Choose the one right answer.',
  ),
  practice: [choice('practice', 'service', 100, true)],
  topics: [
    { id: 'service', title: text('Қызмет', 'Служба', 'Service') },
    { id: 'ethics', title: text('Әдеп', 'Этика', 'Ethics') },
  ],
  responseScales: [],
  items: Array.from({ length: 12 }, (_, index) =>
    choice(`item ${index}`, index < 6 ? 'service' : 'ethics', index + 1, index % 3 !== 0),
  ),
  scales: [],
  normGroups: [],
});

/** Questionnaire, kk/ru/en, 6 likert items on one five-point response scale, scales `order` (item 3 reversed) and `calm`. */
export const validQuestionnaire = (): Bank => {
  const responses = [
    text('Мүлде келіспеймін', 'Совершенно не согласен', 'Strongly disagree'),
    text('Келіспеймін', 'Не согласен', 'Disagree'),
    text('Екіұштымын', 'Затрудняюсь ответить', 'Neither'),
    text('Келісемін', 'Согласен', 'Agree'),
    text('Толық келісемін', 'Полностью согласен', 'Strongly agree'),
  ];
  const statements = [
    text('Мен ісімді алдын ала жоспарлаймын.', 'Я планирую дела заранее.', 'I plan my work ahead.'),
    text('Мен құжаттарды орнына қоямын.', 'Я кладу документы на место.', 'I put papers back in their place.'),
    text(
      'Мен істі соңғы сәтке қалдырамын.',
      'Я откладываю дела на последний момент.',
      'I leave things to the last moment.',
    ),
    text('Мен сабыр сақтаймын.', 'Я сохраняю спокойствие.', 'I stay calm.'),
    text('Мен тез мазасызданамын.', 'Я быстро начинаю беспокоиться.', 'I get worried quickly.'),
    text('Мен сынды сабырмен қабылдаймын.', 'Я спокойно принимаю критику.', 'I take criticism calmly.'),
  ];
  const id = (index: number): string => opaque(`statement ${index}`);
  const scaleItem = (index: number) => ({ item: id(index), reversed: index === 2 || index === 4 });
  return {
    id: 'work-style',
    version: '1.0.0',
    kind: 'questionnaire',
    title: text('Жұмыс мәнері', 'Стиль работы', 'Work style'),
    languages: {
      kk: { translation: 'not-validated', use: 'pilot' },
      ru: { translation: 'original', use: 'pilot' },
      en: { translation: 'not-validated', use: 'pilot' },
    },
    provenance: { author: 'Adil tests', source: 'written for the tests', licence: 'Apache-2.0' },
    instructions: text(
      'Әр тұжырымға жауап беріңіз.',
      'Ответьте на каждое утверждение.',
      'Answer every statement.',
    ),
    practice: [],
    topics: [],
    responseScales: [
      { id: 'agreement', responses: responses.map((words, index) => ({ value: index + 1, text: words })) },
    ],
    items: statements.map((stem, index) => ({ kind: 'likert', id: id(index), stem, responses: 'agreement' })),
    scales: [
      {
        id: 'order',
        title: text('Тәртіптілік', 'Упорядоченность', 'Order'),
        items: [0, 1, 2].map(scaleItem),
        missing: { policy: 'prorate', floor: 0.8 },
      },
      {
        id: 'calm',
        title: text('Сабырлылық', 'Спокойствие', 'Calm'),
        items: [3, 4, 5].map(scaleItem),
        missing: { policy: 'prorate', floor: 0.8 },
      },
    ],
    normGroups: [],
  };
};

/** Two sections: `rules` (4 of 6 items of each topic, drawn; threshold 4 in total and 1 in each topic) and `style` (the questionnaire). */
export const validProgramme = (): Programme => ({
  id: 'training',
  version: '1.0.0',
  title: text('Оқу аттестаттауы', 'Учебная аттестация', 'Training attestation'),
  languages: ['kk', 'ru', 'en'],
  use: 'pilot',
  admission: 'operator',
  notice: {
    version: '1.0.0',
    paragraphs: [text('Бұл — оқу сынағы.', 'Это учебное испытание.', 'This is a training session.')],
  },
  graceMs: 2000,
  giveBack: { disconnectTotalMs: 300_000 },
  announceAtMs: [60_000],
  sections: [
    {
      id: 'rules',
      title: text('Ережелер', 'Правила', 'Rules'),
      bank: { id: 'training-rules', version: '1.0.0' },
      pick: {
        how: 'quotas',
        quotas: [
          { topic: 'service', count: 4 },
          { topic: 'ethics', count: 4 },
        ],
      },
      order: 'drawn',
      limitMs: 600_000,
      languageSwitch: true,
      threshold: {
        total: 4,
        eachTopic: 1,
        basis: text(
          'Оқу ережесінің 1-бабы',
          'Статья 1 учебного положения',
          'Article 1 of the training rules',
        ),
      },
    },
    {
      id: 'style',
      title: text('Жұмыс мәнері', 'Стиль работы', 'Work style'),
      bank: { id: 'work-style', version: '1.0.0' },
      pick: { how: 'all' },
      order: 'fixed',
      limitMs: 600_000,
      languageSwitch: false,
    },
  ],
  provenance: { author: 'Adil tests', source: 'written for the tests', licence: 'Apache-2.0' },
});

/** The banks of `validProgramme`, by id@version. */
export const validBanks = (): Map<PublicationKey, Bank> =>
  new Map([validBank(), validQuestionnaire()].map((bank) => [publicationKey(bank), bank]));

/** SHA-256 of a text, as 64 hexadecimal digits. */
export const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex');

/** The same banks as `assembleForm` wants them. */
export const publishedBanks = (
  banks: Iterable<Bank> = validBanks().values(),
): Map<PublicationKey, PublishedBank> =>
  new Map(
    [...banks].map((bank) => {
      const loaded = loadBank(bytesOf(bank));
      if (!loaded.ok)
        throw new Error(loaded.problems.map(({ path, text: words }) => `${path}: ${words}`).join('\n'));
      return [publicationKey(bank), { bank, sha256: sha256(loaded.canonical) }];
    }),
  );
