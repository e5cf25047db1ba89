import { escapeXml } from '../escape-xml.ts';
import { fill, ground, ink, line, mark, px, type Chart } from './chart.ts';
import { wrapLabel } from './wrap-label.ts';

export interface CutScoreRow {
  readonly label: string;
  /** set in bold: the total */
  readonly strong: boolean;
  readonly score: number;
  /** greater than 0 */
  readonly maximum: number;
  readonly low: number;
  readonly high: number;
  readonly threshold: number | null;
  /** score, maximum and interval in words of the reader's language, to the right of the bar */
  readonly figures: string;
  /** under the threshold line; '' where there is none */
  readonly thresholdText: string;
}

const width = 680;
const barEnd = 510;
const fontSize = 13;

/**
 * Scores as bars from nothing to the maximum, each with its interval and its threshold. Colour carries no meaning: everything is told by
 * place and words. `id` must be unique in the document.
 */
export function drawCutScores(
  id: string,
  title: string,
  desc: string,
  rows: readonly CutScoreRow[],
  legend: string,
): Chart {
  const parts: string[] = [];
  let y = 4;
  for (const row of rows) {
    const x = (value: number) => px((barEnd * value) / row.maximum);
    for (const text of wrapLabel(row.label, width, fontSize, row.strong)) {
      y += 15;
      parts.push(
        `<text x="0" y="${y}"${row.strong ? ' font-weight="700"' : ''} fill="${ink}">${escapeXml(text)}</text>`,
      );
    }
    const top = y + 6;
    const middle = top + 9;
    parts.push(
      `<rect x="0" y="${top}" width="${barEnd}" height="18" fill="${ground}" stroke="${line}" stroke-width="1"/>`,
      `<rect x="0" y="${top}" width="${x(row.score)}" height="18" fill="${fill}"/>`,
      `<path d="M${x(row.low)} ${middle}H${x(row.high)}M${x(row.low)} ${middle - 5}v10M${x(row.high)} ${middle - 5}v10" stroke="${mark}" stroke-width="2" fill="none"/>`,
      `<circle cx="${x(row.score)}" cy="${middle}" r="5" fill="${mark}"/>`,
      `<text x="${barEnd + 14}" y="${middle + 5}" fill="${ink}"${row.strong ? ' font-weight="700"' : ''}>${escapeXml(row.figures)}</text>`,
    );
    y = top + 18;
    if (row.threshold !== null) {
      const at = (barEnd * row.threshold) / row.maximum;
      const half = (row.thresholdText.length * 11 * 0.58) / 2;
      const textAt = Math.min(Math.max(at, half), barEnd - half);
      parts.push(
        `<path d="M${px(at)} ${top - 4}v26" stroke="${ink}" stroke-width="2.5" fill="none"/>`,
        `<text x="${px(textAt)}" y="${y + 15}" text-anchor="middle" font-size="11" fill="${ink}">${escapeXml(row.thresholdText)}</text>`,
      );
      y += 15;
    }
    y += 6;
  }
  for (const text of wrapLabel(legend, width, 11)) {
    y += 15;
    parts.push(`<text x="0" y="${y}" font-size="11" fill="${line}">${escapeXml(text)}</text>`);
  }
  const height = y + 6;
  return {
    width,
    height,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Noto Sans" font-size="${fontSize}">` +
      `<title id="${id}-t">${escapeXml(title)}</title><desc id="${id}-d">${escapeXml(desc)}</desc>${parts.join('')}</svg>`,
  };
}
