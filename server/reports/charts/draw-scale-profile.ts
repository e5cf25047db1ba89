import { escapeXml } from '../escape-xml.ts';
import { ink, line, mark, px, type Chart } from './chart.ts';
import { wrapLabel } from './wrap-label.ts';

export interface ScaleRow {
  readonly label: string;
  /** set in bold: the scale that the others are parts of */
  readonly strong: boolean;
  /** 0 to 100; null where the scale could not be computed */
  readonly percent: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** the same in words, to the right */
  readonly figures: string;
}

const width = 680;
const left = 230;
const right = 530;
const fontSize = 13;

/** Scales as points from 0 to 100 percent of the maximum with their intervals; no bands, no norm line. `id` must be unique in the document. */
export function drawScaleProfile(
  id: string,
  title: string,
  desc: string,
  rows: readonly ScaleRow[],
  axis: string,
): Chart {
  const x = (value: number) => px(left + ((right - left) * value) / 100);
  const parts: string[] = [];
  let y = 8;
  for (const row of rows) {
    const labels = wrapLabel(row.label, left - 16, fontSize, row.strong);
    const height = Math.max(26, labels.length * 16 + 8);
    const middle = y + height / 2;
    labels.forEach((text, i) => {
      const at = px(middle + 4 + 16 * (i - (labels.length - 1) / 2));
      parts.push(
        `<text x="${left - 12}" y="${at}" text-anchor="end" fill="${ink}"${row.strong ? ' font-weight="700"' : ''}>${escapeXml(text)}</text>`,
      );
    });
    parts.push(`<path d="M${left} ${px(middle)}H${right}" stroke="${line}" stroke-width="0.5" fill="none"/>`);
    if (row.interval !== null)
      parts.push(
        `<path d="M${x(row.interval.low)} ${px(middle)}H${x(row.interval.high)}M${x(row.interval.low)} ${px(middle - 5)}v10M${x(row.interval.high)} ${px(middle - 5)}v10" stroke="${mark}" stroke-width="2" fill="none"/>`,
      );
    if (row.percent !== null)
      parts.push(`<circle cx="${x(row.percent)}" cy="${px(middle)}" r="5" fill="${mark}"/>`);
    parts.push(
      `<text x="${right + 14}" y="${px(middle + 4)}" fill="${ink}"${row.strong ? ' font-weight="700"' : ''}>${escapeXml(row.figures)}</text>`,
    );
    y += height;
  }
  for (const tick of [0, 25, 50, 75, 100])
    parts.push(
      `<path d="M${x(tick)} 8V${y + 4}" stroke="${line}" stroke-width="0.7" stroke-dasharray="2 3" fill="none"/>`,
      `<text x="${x(tick)}" y="${y + 18}" text-anchor="middle" font-size="11" fill="${ink}">${tick}</text>`,
    );
  parts.push(`<text x="${right + 14}" y="${y + 18}" font-size="11" fill="${line}">${escapeXml(axis)}</text>`);
  const height = y + 26;
  return {
    width,
    height,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Noto Sans" font-size="${fontSize}">` +
      `<title id="${id}-t">${escapeXml(title)}</title><desc id="${id}-d">${escapeXml(desc)}</desc>${parts.join('')}</svg>`,
  };
}
