import type { Language, Text, Use } from '../../question-banks/schema.ts';
import { drawQrCode } from './charts/draw-qr-code.ts';
import { formatNumber } from './format-number.ts';
import { formatTime } from './format-time.ts';
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

/** The words in one language. */
function viewWords(source: ReceiptSource, lang: Language): Block[] {
  const fact = (label: string, value: string) => ({ label, value, code: false });
  return [
    { kind: 'heading', level: 2, text: say(lang, 'receipt.title') },
    {
      kind: 'paragraph',
      text:
        source.answersStored === source.items
          ? say(lang, 'receipt.all-stored', { n: formatNumber(lang, source.answersStored) })
          : say(lang, 'receipt.stored', {
              n: formatNumber(lang, source.answersStored),
              m: formatNumber(lang, source.items),
            }),
    },
    {
      kind: 'facts',
      facts: [
        fact(say(lang, 'who.name'), source.personName),
        fact(say(lang, 'who.programme'), pickText(source.programme, lang)),
        fact(say(lang, 'who.ended'), formatTime(lang, source.endedAt, source.timeZone)),
      ],
    },
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
  const qr = drawQrCode('receipt-qr', say(lang, 'receipt.qr'), `${source.code} ${source.hash}`);
  return {
    format: 'adil-report-1',
    lang,
    title: langs.map((l) => say(l, 'receipt.title')).join(' · '),
    number: source.attemptId,
    numberLabel: say(lang, 'report.number'),
    marks: langs.flatMap((l) => marksOf(source, l)),
    footer: `SHA-256: ${source.hash}`,
    blocks: [
      { kind: 'code', label: langs.map((l) => say(l, 'receipt.code')).join(' · '), text: source.code },
      ...viewWords(source, lang),
      ...others.map((l): Block => ({ kind: 'part', lang: l, blocks: viewWords(source, l) })),
      { kind: 'facts', facts: [{ label: say(lang, 'receipt.hash'), value: source.hash, code: true }] },
      { kind: 'chart', ...qr, alt: say(lang, 'receipt.qr') },
    ],
  };
}
