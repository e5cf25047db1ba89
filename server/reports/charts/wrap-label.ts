/**
 * Cuts a label into lines of at most `width` pixels, at spaces. SVG knows no wrapping; an average glyph of Noto Sans in Cyrillic
 * is about 0.58 of the font size wide, in bold 0.64.
 */
export function wrapLabel(text: string, width: number, fontSize: number, strong = false): string[] {
  const most = Math.max(8, Math.floor(width / (fontSize * (strong ? 0.64 : 0.58))));
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
    while (line.length > most) {
      lines.push(line.slice(0, most));
      line = line.slice(most);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
