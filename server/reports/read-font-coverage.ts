/**
 * Code points that a TrueType font can draw, from its character map (OpenType specification, table "cmap", formats 4 and 12). PDF/A forbids
 * text without glyphs, and a name with a foreign letter must not cost the commission its report.
 */
export function readFontCoverage(font: Buffer): ReadonlySet<number> {
  const covered = new Set<number>();
  const table = findTable(font, 'cmap');
  const records = font.readUInt16BE(table + 2);
  for (let i = 0; i < records; i++) {
    const subtable = table + font.readUInt32BE(table + 4 + 8 * i + 4);
    const format = font.readUInt16BE(subtable);
    if (format === 4) readSegments(font, subtable, covered);
    else if (format === 12) readGroups(font, subtable, covered);
  }
  return covered;
}

function findTable(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const record = 12 + 16 * i;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

/** Format 4: segments of the basic plane; a glyph index of 0 means that there is no glyph. */
function readSegments(font: Buffer, at: number, covered: Set<number>): void {
  const segments = font.readUInt16BE(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const offsets = deltas + 2 * segments;
  for (let i = 0; i < segments; i++) {
    const end = font.readUInt16BE(ends + 2 * i);
    const start = font.readUInt16BE(starts + 2 * i);
    const delta = font.readUInt16BE(deltas + 2 * i);
    const offsetAt = offsets + 2 * i;
    const offset = font.readUInt16BE(offsetAt);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const listed = offset === 0 ? code : font.readUInt16BE(offsetAt + offset + 2 * (code - start));
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) covered.add(code);
    }
  }
}

/** Format 12: groups of consecutive code points of all planes. */
function readGroups(font: Buffer, at: number, covered: Set<number>): void {
  const groups = font.readUInt32BE(at + 12);
  for (let i = 0; i < groups; i++) {
    const group = at + 16 + 12 * i;
    const start = font.readUInt32BE(group);
    const end = font.readUInt32BE(group + 4);
    const glyph = font.readUInt32BE(group + 8);
    for (let code = start; code <= end; code++) if (glyph + code - start !== 0) covered.add(code);
  }
}
