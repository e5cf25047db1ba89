import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { languages, type Language } from '../../question-banks/schema.ts';
import type { AttemptReportSource } from '../../server/reports/attempt-report-source.ts';
import { formatClock, formatDuration, formatTime, formatTimeZone } from '../../server/reports/format-time.ts';
import type { Block } from '../../server/reports/report-document.ts';
import { viewAttemptReport } from '../../server/reports/view-attempt-report.ts';
import { programme, sheetOf, source } from './sample-report-source.ts';
import { wordsOf, wordsOfBlock } from './words-of.ts';

type Scores = readonly [number, number, number, number];
const withScores = (scores: Scores, logic: number): AttemptReportSource => ({
  ...source,
  sheet: sheetOf(scores, logic),
});

/** Every number anywhere in a JSON value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** Every string anywhere in a JSON value, longest first. */
const stringsIn = (value: unknown): string[] =>
  (typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : []
  ).toSorted((a, b) => b.length - a.length);

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const numbersShown = (text: string): number[] =>
  (text.match(/\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(',', '.')));

/** The words of a report without names, ids, times and durations: what is left are words of ours and results. */
function withoutFacts(text: string, from: AttemptReportSource, lang: Language): string {
  const { timeZone } = from;
  const times = numbersIn([from.startedAt, from.endedAt, from.checkedAt, from.course, from.incidents]);
  const shown = times.flatMap((t) => [
    formatTime(lang, t, timeZone),
    formatClock(t, timeZone),
    formatDuration(lang, t),
  ]);
  const strings = stringsIn(from).filter((s) => /\d/.test(s) && s.length > 3);
  return [...shown, formatTimeZone(from.startedAt, timeZone), ...strings]
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (left, fact) => left.replace(new RegExp(`(?<!\\d)${escapeRegExp(fact)}`, 'g'), ''),
      text.replaceAll('SHA-256', ''),
    );
}

const scores = fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15), fc.nat(10));

describe('numbers of the report', () => {
  test('each one is in the score sheet, or is extra time, a count of reported faults or of late answers', () => {
    fc.assert(
      fc.property(scores, fc.nat(20), fc.constantFrom(...languages), (s, logic, lang) => {
        const from = withScores(s, logic);
        const level = 100 * 0.95;
        const allowed = new Set([
          ...numbersIn(from.sheet.sections),
          level,
          from.extraTimePercent,
          from.faultsReported,
          1,
        ]);
        const text = withoutFacts(wordsOf(viewAttemptReport(from, lang)), from, lang);
        expect(numbersShown(text).filter((n) => !allowed.has(n))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('the check itself sees a foreign number', () => {
    const odd = {
      ...programme,
      sections: programme.sections.map((s) => ({ ...s, title: { en: 'Odd', kk: 'Odd', ru: 'Odd' } })),
    };
    const text = withoutFacts(
      `${wordsOf(viewAttemptReport({ ...source, programme: odd }, 'en'))} 61.8`,
      source,
      'en',
    );
    expect(numbersShown(text)).toContain(61.8);
  });

  test('score, maximum, threshold and both ends of the interval of every part stand in one row', () => {
    const table = viewAttemptReport(source, 'en').blocks.find((b) => b.kind === 'table');
    const rows = table?.kind === 'table' ? table.rows : [];
    const section = source.sheet.sections[0];
    if (section?.how !== 'keyed') throw new Error('the sample begins with a keyed section');
    const expected = [...section.topics, section].map((p) => [
      `${p.answered} of ${p.items}`,
      String(p.score),
      String(p.maximum),
      String(p.result?.threshold),
      p.result?.met ? 'met' : 'not met',
      `${p.precision.interval.low}–${p.precision.interval.high}`,
    ]);
    expect(rows.map((r) => r.slice(1))).toEqual(expected);
  });
});

describe('the result relative to the threshold', () => {
  const outcomes = (from: AttemptReportSource, lang: Language) =>
    viewAttemptReport(from, lang).blocks.flatMap((b) => (b.kind === 'outcome' ? [b.value] : []));

  test('is met or not met, as the sheet says', () => {
    expect(outcomes(withScores([15, 9, 7, 6], 13), 'en')).toEqual(['threshold met', 'threshold met']);
    expect(outcomes(withScores([15, 15, 15, 4], 9), 'en')).toEqual([
      'threshold not met',
      'threshold not met',
    ]);
    expect(outcomes(withScores([15, 15, 15, 4], 10), 'kk')).toEqual([
      'шекті балл жиналмады',
      'шекті балл жиналды',
    ]);
    expect(outcomes(withScores([15, 15, 15, 4], 10), 'ru')).toEqual([
      'порог не достигнут',
      'порог достигнут',
    ]);
  });

  test('closeness is a note beside the result, names its parts, and never changes it', () => {
    const far = viewAttemptReport(withScores([15, 15, 15, 10], 20), 'en');
    expect(far.blocks.some((b) => b.kind === 'note')).toBe(false);
    const near = viewAttemptReport(withScores([15, 15, 15, 5], 9), 'en');
    const notes = near.blocks.flatMap((b) => (b.kind === 'note' ? [b.text] : []));
    expect(notes).toEqual([
      'Close to the threshold; a repeated test could differ: topic “Personal data and their protection”.',
      'Close to the threshold; a repeated test could differ: total score.',
    ]);
    expect(outcomes(withScores([15, 15, 15, 5], 9), 'en')).toEqual(['threshold met', 'threshold not met']);
  });

  test('a section without threshold shows none', () => {
    const [legislation] = source.sheet.sections;
    if (legislation?.how !== 'keyed') throw new Error('the sample begins with a keyed section');
    const plain = {
      ...legislation,
      result: null,
      met: null,
      topics: legislation.topics.map((t) => ({ ...t, result: null })),
    };
    const sections = structuredClone(programme.sections);
    for (const s of sections) delete s.threshold;
    const document = viewAttemptReport(
      { ...source, programme: { ...programme, sections }, sheet: { ...source.sheet, sections: [plain] } },
      'en',
    );
    expect(document.blocks.find((b) => b.kind === 'outcome')).toMatchObject({ value: 'no threshold is set' });
    const table = document.blocks.find((b) => b.kind === 'table');
    expect(table?.kind === 'table' && table.columns.map((c) => c.text)).toEqual([
      'Topic',
      'Answered',
      'Score',
      'Maximum',
      '95% interval',
    ]);
    const chart = document.blocks.find((b) => b.kind === 'chart');
    expect(chart?.kind === 'chart' && chart.svg).not.toMatch(/threshold/i);
  });

  test('names the method of the interval, and says when the formula has no width', () => {
    const named = { kk: 'Лордтың', ru: 'Лорда', en: 'Lord’s conditional standard error of measurement' };
    for (const lang of languages) expect(wordsOf(viewAttemptReport(source, lang))).toContain(named[lang]);
    const noWidth = 'this formula gives an interval without width';
    expect(wordsOf(viewAttemptReport(source, 'en'))).not.toContain(noWidth);
    expect(wordsOf(viewAttemptReport(withScores([15, 9, 7, 6], 13), 'en'))).toContain(noWidth);
  });
});

describe('a questionnaire', () => {
  test('is shown as completed with its counts and nothing else', () => {
    const section = (from: AttemptReportSource, lang: Language): Block[] => {
      const { blocks } = viewAttemptReport(from, lang);
      const title = programme.sections[2]?.title[lang];
      const start = blocks.findIndex((b) => b.kind === 'heading' && b.text === title);
      const end = blocks.findIndex((b, i) => i > start && b.kind === 'heading');
      return blocks.slice(start + 1, end);
    };
    expect(section(source, 'en').map(wordsOfBlock)).toEqual([
      'Questionnaire completed (113 of 116 answered). Its scales are seen by the psychologist only, who gives a conclusion separately.',
    ]);
    for (const lang of languages)
      expect(numbersShown(section(source, lang).map(wordsOfBlock).join(' '))).toEqual([113, 116]);
  });
});

/** Words that would judge the person, decide, or say more than a test can; as beginnings of words. */
const forbidden: Record<Language, RegExp> = {
  en: /\b(fail|pass|unfit|fitness|suitab|liar|lying|\blie\b|weak|poor|ignoran|incompeten|verdict|candidate|diagnos|recommend|probab|talent|excellent|level)/i,
  ru: /(^|[^а-яё])(провал|сда(л|ла|ли)([^а-я]|$)|не прош|непригод|пригодн|лж[еи]|ложь|слаб|невежеств|неграмотн|некомпетент|вердикт|кандидат|диагноз|рекоменд|вероятност|отличн|уровень)/i,
  kk: /(^|[^а-яәғқңөұүһі])(құла|өтпеді|өтірік|жарамсыз|жарамды|әлсіз|надан|үкім|кандидат|үміткер|диагноз|ұсынылады|ықтималды|деңгей)/i,
};

describe('the words', () => {
  test('no word judges the person, in any outcome and language', () => {
    fc.assert(
      fc.property(scores, fc.nat(20), fc.constantFrom(...languages), (s, logic, lang) => {
        expect(wordsOf(viewAttemptReport(withScores(s, logic), lang))).not.toMatch(forbidden[lang]);
      }),
      { numRuns: 30 },
    );
  });

  test('the lists catch what they are made for', () => {
    expect('The employee failed.').toMatch(forbidden.en);
    expect('Сотрудник слабый, уровень низкий').toMatch(forbidden.ru);
    expect('Қызметкер әлсіз').toMatch(forbidden.kk);
  });

  test('the caveats stand on every report', () => {
    const caveat = {
      kk: 'бұл қасиеттердің іс жүзінде қалай көрінетінін ескере алмайды',
      ru: 'не могут учесть проявление этих качеств на практике',
      en: 'cannot show the manifestation of these qualities in practice',
    };
    const decide = {
      kk: 'Шешімді аттестаттау комиссиясы қабылдайды',
      ru: 'Решение принимает аттестационная комиссия',
      en: 'The attestation commission decides',
    };
    const quiet = {
      ...withScores([15, 15, 15, 10], 20),
      incidents: [],
      demonstration: false,
      use: 'operational' as const,
    };
    for (const lang of languages)
      for (const from of [source, quiet]) {
        expect(wordsOf(viewAttemptReport(from, lang))).toContain(caveat[lang]);
        expect(wordsOf(viewAttemptReport(from, lang))).toContain(decide[lang]);
      }
  });

  test('a translation that was not validated is named', () => {
    expect(wordsOf(viewAttemptReport(source, 'en'))).toContain(
      '“IPIP-NEO questionnaire”: the translation into the language of the answers is not validated',
    );
  });
});

describe('header and course', () => {
  const en = wordsOf(viewAttemptReport(source, 'en')).replaceAll('\u00a0', ' ');

  test('programme, banks, hashes, form, receipt, rules version, use, operator, times and zone are there', () => {
    for (const text of [
      'attestation-demo@1.0.0',
      ...source.sheet.banks.flatMap((b) => [`${b.id}@${b.version}`, b.sha256]),
      source.sheet.programme.sha256,
      source.sheet.form.id,
      source.sheet.form.sha256,
      source.sheetSha256,
      source.receiptCode,
      source.person.name,
      'KZ-004217',
      'Һәкімов Ерлан',
      'Use label: demonstration',
      'Terminal: not recorded',
      '21 November 2026, 09:05:06',
      'Asia/Almaty (UTC+5)',
      'How it ended: time was up',
    ])
      expect(en).toContain(text);
  });

  test('extra time, outages with their uncertainty, lost connections, transfers and reported faults are told', () => {
    for (const text of [
      'Extra time set beforehand: 25%.',
      'The server was not running: 42.3 s (± 0.3 s). | 42.3 s',
      'The server was not running: about 12 s (± 2.5 s); the length is estimated. | 12 s',
      'The terminal had no connection: 20 s. | 20 s',
      'The employee went on at another terminal. | none',
      'Answers received after the time was up: 1. They were kept but not scored.',
      'Faults in questions reported by the employee: 2.',
    ])
      expect(en).toContain(text);
    const quiet = wordsOf(
      viewAttemptReport({ ...source, incidents: [], extraTimePercent: 0, faultsReported: 0 }, 'en'),
    );
    expect(quiet).toContain('No incidents were recorded.');
    expect(quiet).toContain('No extra time was set.');
    expect(quiet).not.toContain('Faults in questions');
  });

  test('incidents come in the order of time whatever the order given', () => {
    const reversed = viewAttemptReport({ ...source, incidents: source.incidents.toReversed() }, 'en');
    expect(wordsOf(reversed).replaceAll('\u00a0', ' ')).toBe(en);
  });

  test('a sheet of another programme is refused', () => {
    expect(() =>
      viewAttemptReport(
        { ...source, programme: { ...programme, sections: programme.sections.slice(1) } },
        'en',
      ),
    ).toThrow('legislation');
  });
});

describe('marks', () => {
  test('demonstration and pilot carry a mark, operation none', () => {
    const marks = (demonstration: boolean, use: AttemptReportSource['use']) =>
      viewAttemptReport({ ...source, demonstration, use }, 'en').marks;
    expect(marks(true, 'operational')).toEqual([
      'DEMONSTRATION. This result must not be used for a decision.',
    ]);
    expect(marks(false, 'demonstration')).toEqual([
      'DEMONSTRATION. This result must not be used for a decision.',
    ]);
    expect(marks(false, 'pilot')).toHaveLength(1);
    expect(marks(false, 'operational')).toEqual([]);
  });

  test('the document is plain JSON and the same each time', () => {
    for (const lang of languages) {
      const document = viewAttemptReport(source, lang);
      expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      expect(JSON.stringify(viewAttemptReport(structuredClone(source), lang))).toBe(JSON.stringify(document));
    }
  });
});
