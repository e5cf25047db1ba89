import type { Bank, Language } from '../../question-banks/schema.ts';
import type { ProtocolFlag, ScaleScore, WithheldScores } from '../../scoring/score-sheet.ts';
import type { AttemptReportSource } from './attempt-report-source.ts';
import { drawScaleProfile, type ScaleRow } from './charts/draw-scale-profile.ts';
import { formatInterval, formatNumber, formatShare } from './format-number.ts';
import { formatTime } from './format-time.ts';
import { groupScales, type ScaleGroup } from './group-scales.ts';
import { marksOf } from './marks-of.ts';
import { pickText } from './pick-text.ts';
import type { Block, ReportDocument } from './report-document.ts';
import { isTextKey, say } from './say.ts';

/** What the psychologist's report needs beside the facts of the attempt. */
export interface ScalesReportSource {
  readonly attempt: AttemptReportSource;
  /** flags and scales by section; the trace is not needed */
  readonly withheld: Pick<WithheldScores, 'scales'>;
  /** banks that the scales belong to */
  readonly questionnaires: readonly Pick<Bank, 'id' | 'version' | 'scales' | 'normGroups'>[];
}

function methodName(method: string, lang: Language): string {
  const key = `scales.method.${method}`;
  return isTextKey(key) ? say(lang, key) : method;
}

function rowOf(title: string, score: ScaleScore | undefined, strong: boolean, lang: Language): ScaleRow {
  if (score === undefined || score.percentOfMaximum === null)
    return { label: title, strong, percent: null, interval: null, figures: say(lang, 'scales.not-computed') };
  const percent = formatNumber(lang, score.percentOfMaximum);
  const interval = score.interval;
  return {
    label: title,
    strong,
    percent: score.percentOfMaximum,
    interval,
    figures:
      interval === null ? percent : `${percent} (${formatInterval(lang, interval.low, interval.high)})`,
  };
}

function viewGroup(group: ScaleGroup, scores: readonly ScaleScore[], id: string, lang: Language): Block[] {
  const scales = group.domain === null ? group.facets : [group.domain, ...group.facets];
  const rows = scales.map((s) =>
    rowOf(
      pickText(s.title, lang),
      scores.find((x) => x.scale === s.id),
      s === group.domain,
      lang,
    ),
  );
  const title = group.domain === null ? say(lang, 'scales.other') : pickText(group.domain.title, lang);
  const alt = rows.map((r) => `${r.label}: ${r.figures}`).join('; ');
  const chart = drawScaleProfile(
    id,
    say(lang, 'scales.chart', { scale: title }),
    alt,
    rows,
    say(lang, 'scales.axis'),
  );
  return [
    { kind: 'heading', level: 3, text: title },
    // An empty profile would look like a profile of zeros.
    scales.some((s) => scores.find((x) => x.scale === s.id)?.percentOfMaximum != null)
      ? { kind: 'chart', ...chart, alt }
      : { kind: 'paragraph', text: say(lang, 'scales.too-few') },
    {
      kind: 'table',
      caption: say(lang, 'scales.caption', { scale: title }),
      columns: [
        { text: say(lang, 'scales.scale'), align: 'start', share: 4 },
        { text: say(lang, 'scales.answered'), align: 'end', share: 1.5 },
        { text: say(lang, 'scales.sum'), align: 'end', share: 1.2 },
        { text: say(lang, 'scales.range'), align: 'end', share: 1.6 },
        { text: say(lang, 'scales.percent'), align: 'end', share: 1.7 },
        { text: say(lang, 'scales.interval'), align: 'end', share: 1.7 },
      ],
      lastIsTotal: false,
      rows: scales.map((s) => {
        const score = scores.find((x) => x.scale === s.id);
        const shown = (value: number | null | undefined) => (value == null ? '—' : formatNumber(lang, value));
        return [
          pickText(s.title, lang),
          score === undefined
            ? '—'
            : say(lang, 'n-of-m', { n: shown(score.answered), m: shown(score.items) }),
          shown(score?.raw),
          score === undefined ? '—' : formatInterval(lang, score.minimum, score.maximum),
          shown(score?.percentOfMaximum),
          score?.interval == null ? '—' : formatInterval(lang, score.interval.low, score.interval.high),
        ];
      }),
    },
  ];
}

function viewFlags(flags: readonly ProtocolFlag[], lang: Language): Block[] {
  const blocks: Block[] = [{ kind: 'heading', level: 3, text: say(lang, 'flags.heading') }];
  if (flags.length === 0) return [...blocks, { kind: 'paragraph', text: say(lang, 'flags.none') }];
  return [
    ...blocks,
    { kind: 'note', text: say(lang, 'flags.caution') },
    {
      kind: 'table',
      caption: say(lang, 'flags.caption'),
      columns: [
        { text: say(lang, 'flags.sign'), align: 'start', share: 3.4 },
        { text: say(lang, 'flags.value'), align: 'end', share: 1.2 },
        { text: say(lang, 'flags.cutoff'), align: 'end', share: 1.4 },
        { text: say(lang, 'flags.source'), align: 'start', share: 4 },
      ],
      lastIsTotal: false,
      rows: flags.map((f) => [
        say(lang, `flag.${f.flag}`),
        formatNumber(lang, f.value),
        formatNumber(lang, f.cutoff),
        f.source,
      ]),
    },
  ];
}

function viewMethod(scores: readonly ScaleScore[], norms: boolean, lang: Language): Block {
  const intervals = scores.flatMap((s) => (s.interval === null ? [] : [s.interval]));
  const methods = [...new Set(intervals.map((i) => methodName(i.method, lang)))];
  const first = intervals[0];
  return {
    kind: 'list',
    items: [
      say(lang, 'scales.about-percent'),
      first === undefined
        ? say(lang, 'scales.no-interval')
        : say(lang, 'scales.about-interval', {
            level: formatShare(lang, first.level),
            method: methods.join('; '),
          }),
      say(lang, norms ? 'scales.norms-not-used' : 'scales.no-norms'),
      say(lang, 'scales.one-source'),
    ],
  };
}

function viewSection(
  source: ScalesReportSource,
  entry: WithheldScores['scales'][number],
  lang: Language,
): Block[] {
  const { attempt } = source;
  const section = attempt.programme.sections.find((s) => s.id === entry.section);
  if (section === undefined) throw new Error(`scales of section ${entry.section}, which the programme lacks`);
  const { id, version } = section.bank;
  const questionnaire = source.questionnaires.find((b) => b.id === id && b.version === version);
  if (questionnaire === undefined) throw new Error(`scales of bank ${id}@${version}, which is not given`);
  const bank = attempt.banks.find((b) => b.id === id && b.version === version);
  const blocks: Block[] = [{ kind: 'heading', level: 2, text: pickText(section.title, lang) }];
  if (bank?.translation === 'not-validated')
    blocks.push({
      kind: 'note',
      text: say(lang, 'limits.translation', { bank: pickText(bank.title, lang) }),
    });
  blocks.push(
    viewMethod(entry.scales, questionnaire.normGroups.length > 0, lang),
    ...viewFlags(entry.flags, lang),
  );
  groupScales(questionnaire.scales).forEach((group, i) => {
    blocks.push(...viewGroup(group, entry.scales, `profile-${entry.section}-${i}`, lang));
  });
  return blocks;
}

/**
 * The psychologist's report: scales as percent of the maximum with the interval and its method, and signs that the protocol needs caution.
 * No norms, bands or level words; nothing here is a conclusion about the person.
 */
export function viewScalesReport(source: ScalesReportSource, lang: Language): ReportDocument {
  const { attempt } = source;
  const fact = (label: string, value: string) => ({ label, value, code: false });
  return {
    format: 'adil-report-1',
    lang,
    title: say(lang, 'scales.title'),
    number: attempt.attemptId,
    numberLabel: say(lang, 'report.number'),
    marks: marksOf(attempt, lang),
    footer: say(lang, 'report.footer', { sha256: attempt.sheetSha256 }),
    blocks: [
      { kind: 'paragraph', text: say(lang, 'scales.for-psychologist') },
      {
        kind: 'facts',
        facts: [
          fact(say(lang, 'who.name'), attempt.person.name),
          fact(say(lang, 'who.personnel-number'), attempt.person.personnelNumber),
          fact(
            say(lang, 'who.programme'),
            `${pickText(attempt.programme.title, lang)} (${attempt.programme.id}@${attempt.programme.version})`,
          ),
          fact(say(lang, 'who.use'), say(lang, `use.${attempt.use}`)),
          fact(say(lang, 'who.ended'), formatTime(lang, attempt.endedAt, attempt.timeZone)),
        ],
      },
      ...source.withheld.scales.flatMap((entry) => viewSection(source, entry, lang)),
    ],
  };
}
