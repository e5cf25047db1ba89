import type { Language, Section } from '../../question-banks/schema.ts';
import type { KeyedSection, Precision, ThresholdResult } from '../../scoring/score-sheet.ts';
import { drawCutScores, type CutScoreRow } from './charts/draw-cut-scores.ts';
import { formatInterval, formatNumber, formatShare } from './format-number.ts';
import { pickText } from './pick-text.ts';
import type { Block } from './report-document.ts';
import { say } from './say.ts';

interface Part {
  readonly title: string;
  readonly total: boolean;
  readonly answered: number;
  readonly items: number;
  readonly score: number;
  readonly maximum: number;
  readonly precision: Precision;
  readonly result: ThresholdResult | null;
}

/** Titles of topics by id, from the bank of the section. */
export type TopicTitles = Readonly<Record<string, string>>;

function partsOf(sheet: KeyedSection, topics: TopicTitles, lang: Language): Part[] {
  const total = { ...sheet, title: say(lang, 'scores.total'), total: true };
  // One topic without a rule of its own would repeat the total.
  if (sheet.topics.length === 1 && sheet.topics[0]?.result === null) return [total];
  return [...sheet.topics.map((t) => ({ ...t, title: topics[t.topic] ?? t.topic, total: false })), total];
}

function tableOf(parts: readonly Part[], title: string, level: string, lang: Language): Block {
  const thresholds = parts.some((p) => p.result !== null);
  const end = (text: string, share: number) => ({ text, align: 'end' as const, share });
  return {
    kind: 'table',
    caption: say(lang, 'scores.caption', { section: title }),
    columns: [
      { text: say(lang, 'scores.part'), align: 'start', share: 4 },
      end(say(lang, 'scores.answered'), 1.2),
      end(say(lang, 'scores.score'), 0.9),
      end(say(lang, 'scores.maximum'), 1.2),
      ...(thresholds ? [end(say(lang, 'scores.threshold'), 1.1)] : []),
      ...(thresholds ? [{ text: say(lang, 'scores.result'), align: 'start' as const, share: 1.4 }] : []),
      end(say(lang, 'scores.interval', { level }), 1.5),
    ],
    lastIsTotal: true,
    rows: parts.map((p) => [
      p.title,
      say(lang, 'n-of-m', { n: formatNumber(lang, p.answered), m: formatNumber(lang, p.items) }),
      formatNumber(lang, p.score),
      formatNumber(lang, p.maximum),
      ...(thresholds ? [p.result === null ? '—' : formatNumber(lang, p.result.threshold)] : []),
      ...(thresholds
        ? [p.result === null ? '—' : say(lang, p.result.met ? 'scores.met' : 'scores.not-met')]
        : []),
      formatInterval(lang, p.precision.interval.low, p.precision.interval.high),
    ]),
  };
}

function chartOf(parts: readonly Part[], title: string, level: string, lang: Language, id: string): Block {
  const rows: CutScoreRow[] = parts.map((p) => ({
    label: p.title,
    strong: p.total,
    score: p.score,
    maximum: p.maximum,
    low: p.precision.interval.low,
    high: p.precision.interval.high,
    threshold: p.result?.threshold ?? null,
    figures: say(lang, 'chart.figures', {
      score: formatNumber(lang, p.score),
      maximum: formatNumber(lang, p.maximum),
      interval: formatInterval(lang, p.precision.interval.low, p.precision.interval.high),
    }),
    thresholdText:
      p.result === null
        ? ''
        : say(lang, 'chart.threshold', { threshold: formatNumber(lang, p.result.threshold) }),
  }));
  const alt = rows
    .map((r) => `${r.label}: ${r.figures}${r.thresholdText === '' ? '' : `, ${r.thresholdText}`}`)
    .join('; ');
  const thresholds = rows.some((r) => r.threshold !== null);
  const chart = drawCutScores(
    id,
    say(lang, thresholds ? 'chart.title' : 'chart.title-no-threshold', { section: title }),
    alt,
    rows,
    say(lang, thresholds ? 'chart.legend' : 'chart.legend-no-threshold', { level }),
  );
  return { kind: 'chart', ...chart, alt };
}

/**
 * Result of one keyed section: relative to the threshold in words, every score with maximum, threshold and interval, and beside it, never
 * instead of it, that a result was close.
 */
export function viewKeyedSection(
  sheet: KeyedSection,
  section: Section,
  topics: TopicTitles,
  lang: Language,
): Block[] {
  const title = pickText(section.title, lang);
  const level = formatShare(lang, sheet.precision.interval.level);
  const parts = partsOf(sheet, topics, lang);
  const close = parts
    .filter((p) => p.result?.close)
    .map((p) =>
      p.total ? say(lang, 'scores.close-total') : say(lang, 'scores.close-topic', { topic: p.title }),
    );
  const blocks: Block[] = [{ kind: 'heading', level: 3, text: title }];
  blocks.push({
    kind: 'outcome',
    label: say(lang, 'outcome.label'),
    value: say(lang, sheet.met === null ? 'outcome.none' : sheet.met ? 'outcome.met' : 'outcome.not-met'),
  });
  if (close.length > 0)
    blocks.push({ kind: 'note', text: say(lang, 'scores.close', { parts: close.join('; ') }) });
  if (section.threshold !== undefined) {
    const { total, eachTopic, basis } = section.threshold;
    const rule =
      eachTopic === undefined
        ? say(lang, 'threshold.total', { total: formatNumber(lang, total) })
        : say(lang, 'threshold.total-and-topics', {
            total: formatNumber(lang, total),
            each: formatNumber(lang, eachTopic),
          });
    blocks.push({
      kind: 'paragraph',
      text: `${rule} ${say(lang, 'threshold.basis', { basis: pickText(basis, lang) })}`,
    });
  }
  blocks.push(
    tableOf(parts, title, level, lang),
    chartOf(parts, title, level, lang, `chart-${sheet.section}`),
  );
  return blocks;
}
