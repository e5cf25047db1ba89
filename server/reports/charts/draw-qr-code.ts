import qrcode from 'qrcode';
import { escapeXml } from '../escape-xml.ts';
import type { Chart } from './chart.ts';

const quiet = 4;
const side = 150;

/** A QR code (ISO/IEC 18004, error correction M) with its quiet zone. `id` must be unique in the document. */
export function drawQrCode(id: string, title: string, text: string): Chart {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const size = modules.size + 2 * quiet;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    let column = 0;
    while (column < modules.size) {
      const from = column;
      while (column < modules.size && modules.get(row, column)) column++;
      if (column > from) path += `M${from + quiet} ${row + quiet}h${column - from}v1h-${column - from}z`;
      column++;
    }
  }
  return {
    width: side,
    height: side,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-t" viewBox="0 0 ${size} ${size}" width="${side}" height="${side}" shape-rendering="crispEdges">` +
      `<title id="${id}-t">${escapeXml(title)}</title><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`,
  };
}
