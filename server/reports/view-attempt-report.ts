import type { Language, Section, Text } from '../../question-banks/schema.ts';
import type { KeyedSection, QuestionnaireSection } from '../../scoring/score-sheet.ts';
import type { AttemptReportSource, SectionCourse } from './attempt-report-source.ts';
import { formatNumber, formatShare } from './format-number.ts';
import { formatClock, formatDuration, formatTime, formatTimeZone } from './format-time.ts';
import { marksOf } from './marks-of.ts';
import { pickText } from './pick-text.ts';
import type { Block, Fact, ReportDocument } from './report-document.ts';
import { say } from './say.ts';
import { viewIncidents } from './view-incidents.ts';
import { viewKeyedSection, type TopicTitles } from './view-keyed-section.ts';

const fact = (label: string, value: string, code = false): Fact => ({ label, value, code });

function viewWho(source: AttemptReportSource, lang: Language): Block[] {
  const { programme, timeZone } = source;
  const unknown = say(lang, 'not-recorded');
  return [
    { kind: 'heading', level: 2, text: say(lang, 'who.heading') },
    {
      kind: 'facts',
      facts: [
        fact(say(lang, 'who.name'), source.person.name),
        fact(say(lang, 'who.personnel-number'), source.person.personnelNumber),
        fact(
          say(lang, 'who.programme'),
          `${pickText(programme.title, lang)} (${programme.id}@${programme.version})`,
        ),
        fact(say(lang, 'who.use'), say(lang, `use.${source.use}`)),
        fact(say(lang, 'who.started'), formatTime(lang, source.startedAt, timeZone)),
        fact(say(lang, 'who.ended'), formatTime(lang, source.endedAt, timeZone)),
        fact(say(lang, 'who.ended-by'), say(lang, `ended.${source.endedBy}`)),
        fact(say(lang, 'who.time-zone'), formatTimeZone(source.startedAt, timeZone)),
        fact(say(lang, 'who.operator'), source.operator ?? unknown),
        fact(say(lang, 'who.terminal'), source.terminal ?? unknown),
      ],
    },
  ];
}

function viewQuestionnaire(sheet: QuestionnaireSection, section: Section, lang: Language): Block[] {
  const completed = say(lang, 'questionnaire.completed', {
    answered: formatNumber(lang, sheet.answered),
    items: formatNumber(lang, sheet.items),
  });
  return [
    { kind: 'heading', level: 3, text: pickText(section.title, lang) },
    { kind: 'paragraph', text: `${completed} ${say(lang, 'questionnaire.psychologist')}` },
  ];
}

function viewResults(source: AttemptReportSource, lang: Language): Block[] {
  const blocks: Block[] = [{ kind: 'heading', level: 2, text: say(lang, 'results.heading') }];
  for (const sheet of source.sheet.sections) {
    const section = source.programme.sections.find((s) => s.id === sheet.section);
    if (section === undefined)
      throw new Error(`score sheet names section ${sheet.section}, which the programme lacks`);
    const bank = source.banks.find((b) => b.id === section.bank.id && b.version === section.bank.version);
    const topics: TopicTitles = Object.fromEntries(
      bank?.topics.map((t) => [t.id, pickText(t.title, lang)]) ?? [],
    );
    blocks.push(
      ...(sheet.how === 'keyed'
        ? viewKeyedSection(sheet, section, topics, lang)
        : viewQuestionnaire(sheet, section, lang)),
    );
  }
  const keyed = source.sheet.sections.filter((s): s is KeyedSection => s.how === 'keyed');
  const first = keyed[0];
  if (first !== undefined) {
    const level = formatShare(lang, first.precision.interval.level);
    blocks.push(
      { kind: 'heading', level: 3, text: say(lang, 'numbers.heading') },
      { kind: 'paragraph', text: say(lang, 'numbers.interval', { level }) },
    );
    if (keyed.some((s) => s.precision.sem === 0 || s.topics.some((t) => t.precision.sem === 0)))
      blocks.push({ kind: 'paragraph', text: say(lang, 'numbers.no-width') });
  }
  return blocks;
}

function viewCourse(source: AttemptReportSource, lang: Language): Block[] {
  const { timeZone } = source;
  const titleOf = (c: SectionCourse) => {
    const section = source.programme.sections.find((s) => s.id === c.section);
    return section === undefined ? c.section : pickText(section.title, lang);
  };
  const extra =
    source.extraTimePercent > 0
      ? say(lang, 'course.extra-time', { percent: formatShare(lang, source.extraTimePercent / 100) })
      : say(lang, 'course.no-extra-time');
  const sentences = [extra];
  if (source.faultsReported > 0)
    sentences.push(say(lang, 'course.faults', { n: formatNumber(lang, source.faultsReported) }));
  return [
    { kind: 'heading', level: 2, text: say(lang, 'course.heading') },
    {
      kind: 'table',
      caption: say(lang, 'course.caption'),
      columns: [
        { text: say(lang, 'course.section'), align: 'start', share: 2.4 },
        { text: say(lang, 'course.opened'), align: 'end', share: 1.2 },
        { text: say(lang, 'course.closed'), align: 'end', share: 1.2 },
        { text: say(lang, 'course.limit'), align: 'end', share: 1.5 },
        { text: say(lang, 'course.given-back'), align: 'end', share: 1.5 },
        { text: say(lang, 'course.ended-by'), align: 'start', share: 1.9 },
        { text: say(lang, 'course.language'), align: 'start', share: 1.5 },
      ],
      lastIsTotal: false,
      rows: source.course.map((c) => [
        titleOf(c),
        formatClock(c.startedAt, timeZone),
        formatClock(c.endedAt, timeZone),
        formatDuration(lang, c.limitMs),
        c.givenBackMs > 0 ? formatDuration(lang, c.givenBackMs) : '—',
        say(lang, `ended.${c.endedBy}`),
        c.languages.map((l) => say(lang, `language.${l}`)).join(', '),
      ]),
    },
    { kind: 'paragraph', text: sentences.join(' ') },
    viewIncidents(source.incidents, lang, timeZone),
  ];
}

function viewLimits(source: AttemptReportSource, lang: Language): Block[] {
  return [
    { kind: 'heading', level: 2, text: say(lang, 'limits.heading') },
    {
      kind: 'list',
      items: [
        say(lang, 'limits.practice'),
        say(lang, 'limits.one-of-several'),
        say(lang, 'limits.error'),
        say(lang, 'limits.answers'),
        ...source.banks
          .filter((b) => b.translation === 'not-validated')
          .map((b) => say(lang, 'limits.translation', { bank: pickText(b.title, lang) })),
        say(lang, 'limits.people-decide'),
      ],
    },
  ];
}

function viewCheck(source: AttemptReportSource, lang: Language): Block[] {
  const { sheet, programme } = source;
  const sha256Of = (id: string, version: string) =>
    sheet.banks.find((b) => b.id === id && b.version === version)?.sha256 ?? '—';
  const nameOf = (p: { title: Text; id: string; version: string }) =>
    `${pickText(p.title, lang)} (${p.id}@${p.version})`;
  const checked =
    source.checkedAt === null
      ? []
      : [fact(say(lang, 'check.checked'), formatTime(lang, source.checkedAt, source.timeZone))];
  return [
    { kind: 'heading', level: 2, text: say(lang, 'check.heading') },
    { kind: 'paragraph', text: say(lang, 'check.how') },
    {
      kind: 'facts',
      facts: [
        fact(say(lang, 'report.number'), source.attemptId, true),
        fact(
          nameOf(programme),
          `${say(lang, `use.${programme.use}`)}; SHA-256 ${sheet.programme.sha256}`,
          true,
        ),
        ...source.banks.map((b) =>
          fact(
            nameOf(b),
            `${say(lang, `use.${b.use}`)}, ${say(lang, `translation.${b.translation}`)}; SHA-256 ${sha256Of(b.id, b.version)}`,
            true,
          ),
        ),
        fact(say(lang, 'check.form'), `${sheet.form.id} (SHA-256 ${sheet.form.sha256})`, true),
        fact(say(lang, 'check.sheet'), source.sheetSha256, true),
        fact(say(lang, 'check.rules'), sheet.rulesVersion),
        fact(say(lang, 'check.receipt'), source.receiptCode, true),
        ...checked,
      ],
    },
  ];
}

function viewSignatures(lang: Language): Block[] {
  return [
    { kind: 'heading', level: 2, text: say(lang, 'sign.heading') },
    {
      kind: 'signatures',
      columns: {
        name: say(lang, 'sign.name'),
        signature: say(lang, 'sign.signature'),
        date: say(lang, 'sign.date'),
      },
      roles: [
        say(lang, 'sign.chair'),
        ...Array.from({ length: 4 }, () => say(lang, 'sign.member')),
        say(lang, 'sign.secretary'),
        say(lang, 'sign.employee'),
      ],
    },
  ];
}

/**
 * The report of one attempt for the commission. Evidence only: scores relative to thresholds, their precision, the course of the test and
 * its limits. No number of a result that is not in the score sheet, nothing of a questionnaire but that it was completed, no proposed
 * decision. Pure: the same source gives the same document.
 */
export function viewAttemptReport(source: AttemptReportSource, lang: Language): ReportDocument {
  return {
    format: 'adil-report-1',
    lang,
    title: say(lang, 'report.title'),
    number: source.attemptId,
    numberLabel: say(lang, 'report.number'),
    marks: marksOf(source, lang),
    footer: say(lang, 'report.footer', { sha256: source.sheetSha256 }),
    blocks: [
      { kind: 'paragraph', text: say(lang, 'report.for-commission') },
      ...viewWho(source, lang),
      ...viewResults(source, lang),
      ...viewCourse(source, lang),
      ...viewLimits(source, lang),
      ...viewCheck(source, lang),
      ...viewSignatures(lang),
    ],
  };
}
