import qrcode from 'qrcode';

export interface QrPath {
  /** width and height in modules, with the quiet zone of 4 modules that the standard (ISO/IEC 18004) asks for */
  readonly size: number;
  /** the dark modules as the `d` of one SVG path */
  readonly d: string;
}

/** A QR code (error correction M) of a text, as rectangles of one SVG path. */
export function qrPath(text: string): QrPath {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  let d = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) d += `M${column + 4} ${row + 4}h1v1h-1z`;
    }
  }
  return { size: modules.size + 8, d };
}
