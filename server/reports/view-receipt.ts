import type { Language, Text, Use } from '../../question-banks/schema.ts';
import { drawQrCode } from './charts/draw-qr-code.ts';
import { formatNumber } from './format-number.ts';
import { formatShortTime, formatTimeZone } from './format-time.ts';
import { marksOf } from './marks-of.ts';
import { pickText } from './pick-text.ts';
import type { Block, ReportDocument } from './report-document.ts';
import { say } from './say.ts';

export interface ReceiptSource {
  readonly attemptId: string;
  readonly demonstration: boolean;
  readonly use: Use;
  readonly personName: string;
  readonly programme: Text;
  /** twelve characters in groups of four */
  readonly code: string;
  readonly answersStored: number;
  readonly items: number;
  readonly endedAt: number;
  /** of the canonical receipt, 64 hexadecimal digits */
  readonly hash: string;
  readonly timeZone: string;
}

/** What the receipt says, in one language. */
function viewWords(source: ReceiptSource, lang: Language): Block[] {
  const [n, m] = [formatNumber(lang, source.answersStored), formatNumber(lang, source.items)];
  const stored =
    source.answersStored === source.items
      ? say(lang, 'receipt.all-stored', { n })
      : say(lang, 'receipt.stored', { n, m });
  return [
    { kind: 'note', text: stored },
    { kind: 'paragraph', text: say(lang, 'receipt.keep') },
  ];
}

/**
 * The paper an employee takes home: how many answers were stored, a code to read aloud, and the hash behind it. `langs` are the languages
 * on the page, the first being that of the document; it names no result.
 */
export function viewReceipt(
  source: ReceiptSource,
  langs: readonly [Language, ...Language[]],
): ReportDocument {
  const [lang, ...others] = langs;
  const all = (words: (l: Language) => string) => [...new Set(langs.map(words))].join(' · ');
  const qr = drawQrCode('receipt-qr', say(lang, 'receipt.qr'), `${source.code} ${source.hash}`);
  return {
    format: 'adil-report-1',
    lang,
    title: all((l) => say(l, 'receipt.title')),
    number: source.attemptId,
    numberLabel: all((l) => say(l, 'report.number')),
    marks: langs.flatMap((l) => marksOf(source, l)),
    footer: `SHA-256: ${source.hash}`,
    blocks: [
      { kind: 'code', label: all((l) => say(l, 'receipt.code')), text: source.code },
      ...viewWords(source, lang),
      ...others.map((l): Block => ({ kind: 'part', lang: l, blocks: viewWords(source, l) })),
      {
        kind: 'facts',
        facts: [
          { label: all((l) => say(l, 'who.name')), value: source.personName, code: false },
          {
            label: all((l) => say(l, 'who.programme')),
            value: all((l) => pickText(source.programme, l)),
            code: false,
          },
          {
            label: all((l) => say(l, 'who.ended')),
            value: `${formatShortTime(lang, source.endedAt, source.timeZone)}, ${formatTimeZone(source.endedAt, source.timeZone)}`,
            code: false,
          },
          { label: all((l) => say(l, 'receipt.hash')), value: source.hash, code: true },
        ],
      },
      { kind: 'chart', ...qr, alt: say(lang, 'receipt.qr') },
    ],
  };
}
