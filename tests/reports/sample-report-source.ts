/** A report source with everything that can stand on a report; cases change parts of it. */
import type { AttemptReportSource, UsedBank } from '../../server/reports/attempt-report-source.ts';
import type { Programme, Section } from '../../question-banks/schema.ts';
import { lordPrecision } from '../../scoring/precision/lord.ts';
import type { KeyedSection, ScoreSheet } from '../../scoring/score-sheet.ts';
import { compareWithThreshold } from '../../scoring/thresholds.ts';

export const startedAt = Date.UTC(2026, 10, 21, 4, 5, 6);
const minutes = (n: number) => n * 60_000;

const sha = (digit: string) => digit.repeat(64);

const section = (id: string, title: Section['title'], bank: string, extra: Partial<Section>): Section => ({
  id,
  title,
  bank: { id: bank, version: '1.0.0' },
  pick: { how: 'all' },
  order: 'drawn',
  limitMs: minutes(55),
  languageSwitch: true,
  ...extra,
});

export const programme: Programme = {
  id: 'attestation-demo',
  version: '1.0.0',
  title: {
    kk: 'Аттестаттау: көрсетілім бағдарламасы',
    ru: 'Аттестация: демонстрационная программа',
    en: 'Attestation: demonstration programme',
  },
  languages: ['kk', 'ru', 'en'],
  use: 'demonstration',
  admission: 'operator',
  notice: { version: '1.0.0', paragraphs: [{ kk: 'Хабарлама', ru: 'Уведомление', en: 'Notice' }] },
  graceMs: 2000,
  giveBack: { disconnectTotalMs: minutes(10) },
  announceAtMs: [minutes(5)],
  sections: [
    section(
      'legislation',
      { kk: 'Заңнаманы білу', ru: 'Знание законодательства', en: 'Legislation' },
      'legislation',
      {
        threshold: {
          total: 30,
          eachTopic: 5,
          basis: {
            kk: 'көрсетілім ережесі, мемлекеттік қызметтің үлгісі бойынша',
            ru: 'правило демонстрации по образцу государственной службы',
            en: 'rule of the demonstration after the model of the civil service',
          },
        },
      },
    ),
    section('logic', { kk: 'Логикалық ойлау', ru: 'Логическое мышление', en: 'Logical thinking' }, 'logic', {
      limitMs: minutes(20),
      threshold: {
        total: 10,
        basis: { kk: 'көрсетілім ережесі', ru: 'правило демонстрации', en: 'rule of the demonstration' },
      },
    }),
    section(
      'personality',
      { kk: 'Жеке тұлға сауалнамасы', ru: 'Личностный опросник', en: 'Personality questionnaire' },
      'ipip-neo',
      {
        order: 'fixed',
        limitMs: minutes(30),
        languageSwitch: false,
      },
    ),
  ],
  provenance: { author: 'Adil', source: 'made for the tests', licence: 'Apache-2.0' },
};

const topicTitles = [
  [
    'service',
    'Аттестаттау және құқық қорғау қызметі',
    'Аттестация и правоохранительная служба',
    'Attestation and service',
  ],
  [
    'constitution',
    'Қазақстан Республикасының Конституциясы',
    'Конституция Республики Казахстан',
    'Constitution of the Republic of Kazakhstan',
  ],
  ['anti-corruption', 'Сыбайлас жемқорлыққа қарсы іс-қимыл', 'Противодействие коррупции', 'Anti-corruption'],
  [
    'personal-data',
    'Дербес деректер және оларды қорғау',
    'Персональные данные и их защита',
    'Personal data and their protection',
  ],
] as const;

export const banks: UsedBank[] = [
  {
    id: 'legislation',
    version: '1.0.0',
    title: { kk: 'Заңнама', ru: 'Законодательство', en: 'Legislation' },
    topics: topicTitles.map(([id, kk, ru, en]) => ({ id, title: { kk, ru, en } })),
    use: 'demonstration',
    translation: 'original',
  },
  {
    id: 'logic',
    version: '1.0.0',
    title: { kk: 'Логикалық ойлау', ru: 'Логическое мышление', en: 'Logical thinking' },
    topics: [{ id: 'series', title: { kk: 'Қатарлар', ru: 'Ряды', en: 'Series' } }],
    use: 'demonstration',
    translation: 'original',
  },
  {
    id: 'ipip-neo',
    version: '1.0.0',
    title: { kk: 'IPIP-NEO сауалнамасы', ru: 'Опросник IPIP-NEO', en: 'IPIP-NEO questionnaire' },
    topics: [],
    use: 'demonstration',
    translation: 'not-validated',
  },
];

/** A legislation section with the scores given per topic (15, 15, 15 and 10 items). */
export function legislation(scores: readonly [number, number, number, number]): KeyedSection {
  const maxima = [15, 15, 15, 10];
  const topics = topicTitles.map(([topic], i) => {
    const score = scores[i] ?? 0;
    const maximum = maxima[i] ?? 0;
    const precision = lordPrecision(score, maximum);
    return {
      topic,
      items: maximum,
      answered: maximum - (i === 3 ? 1 : 0),
      score,
      maximum,
      precision,
      result: compareWithThreshold(score, 5, precision.sem),
    };
  });
  const score = topics.reduce((sum, t) => sum + t.score, 0);
  const precision = lordPrecision(score, 55);
  const result = compareWithThreshold(score, 30, precision.sem);
  return {
    how: 'keyed',
    section: 'legislation',
    items: 55,
    answered: 54,
    score,
    maximum: 55,
    precision,
    topics,
    result,
    met: result.met && topics.every((t) => t.result.met),
  };
}

export function sheetOf(scores: readonly [number, number, number, number], logic: number): ScoreSheet {
  const precision = lordPrecision(logic, 20);
  const result = compareWithThreshold(logic, 10, precision.sem);
  return {
    format: 'adil-score-sheet-1',
    rulesVersion: '1',
    attempt: 'a-7f3kq2m9x4',
    form: { id: 'f-2b8d1c', sha256: sha('f') },
    programme: { id: 'attestation-demo', version: '1.0.0', sha256: sha('a') },
    banks: [
      { id: 'legislation', version: '1.0.0', sha256: sha('b') },
      { id: 'logic', version: '1.0.0', sha256: sha('c') },
      { id: 'ipip-neo', version: '1.0.0', sha256: sha('d') },
    ],
    sections: [
      legislation(scores),
      {
        how: 'keyed',
        section: 'logic',
        items: 20,
        answered: 20,
        score: logic,
        maximum: 20,
        precision,
        topics: [
          { topic: 'series', items: 20, answered: 20, score: logic, maximum: 20, precision, result: null },
        ],
        result,
        met: result.met,
      },
      { how: 'questionnaire', section: 'personality', items: 116, answered: 113 },
    ],
  };
}

export const source: AttemptReportSource = {
  attemptId: 'a-7f3kq2m9x4',
  demonstration: true,
  use: 'demonstration',
  person: { name: 'Әбдірахманова Үміт Ғабитқызы', personnelNumber: 'KZ-004217' },
  operator: 'Һәкімов Ерлан',
  terminal: null,
  programme,
  banks,
  startedAt,
  endedAt: startedAt + minutes(97),
  endedBy: 'timed-out',
  course: [
    {
      section: 'legislation',
      startedAt,
      endedAt: startedAt + minutes(48) + 12_000,
      limitMs: minutes(68.75),
      givenBackMs: 74_300,
      endedBy: 'handed-in',
      languages: ['kk', 'ru'],
    },
    {
      section: 'logic',
      startedAt: startedAt + minutes(50),
      endedAt: startedAt + minutes(70),
      limitMs: minutes(25),
      givenBackMs: 0,
      endedBy: 'handed-in',
      languages: ['kk'],
    },
    {
      section: 'personality',
      startedAt: startedAt + minutes(72),
      endedAt: startedAt + minutes(97),
      limitMs: minutes(37.5),
      givenBackMs: 0,
      endedBy: 'timed-out',
      languages: ['kk'],
    },
  ],
  extraTimePercent: 25,
  incidents: [
    {
      kind: 'outage',
      at: startedAt + minutes(11),
      lastedMs: 42_300,
      uncertaintyMs: 300,
      estimated: false,
      givenBackMs: 42_300,
    },
    {
      kind: 'outage',
      at: startedAt + minutes(15),
      lastedMs: 12_000,
      uncertaintyMs: 2500,
      estimated: true,
      givenBackMs: 12_000,
    },
    { kind: 'returned', at: startedAt + minutes(16), lastedMs: 1_200, givenBackMs: 1_200 },
    { kind: 'connection-lost', at: startedAt + minutes(21), lastedMs: 20_000, givenBackMs: 20_000 },
    { kind: 'transferred', at: startedAt + minutes(22), givenBackMs: 0 },
    { kind: 'paused', at: startedAt + minutes(30), lastedMs: 65_000 },
    { kind: 'late-answers', at: startedAt + minutes(97), count: 1 },
    { kind: 'note', at: startedAt + minutes(31), text: 'Залда өрт дабылы тексерілді.' },
  ],
  faultsReported: 2,
  receiptCode: 'K7QM-2XRT-94HD',
  sheet: sheetOf([12, 9, 7, 6], 13),
  sheetSha256: sha('e'),
  checkedAt: startedAt + minutes(98),
  timeZone: 'Asia/Almaty',
};
