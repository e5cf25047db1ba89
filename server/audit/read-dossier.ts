/** Bytes of an open dossier or audit file → typed lines. Everything that a stranger's file could hide in its spelling is refused here. */
import { canonical, sha256Hex, type Json } from './chain.ts';
import { occurrence, partOrder, readers, type FileFormat, type LineOf, type Part } from './dossier-lines.ts';
import { checkSeal } from './seal.ts';

export interface FileProblem {
  /** 1 for the first line; 0 for the file as a whole */
  readonly line: number;
  /** what is wrong, in English, for the command line */
  readonly what: string;
}

export interface Placed<T> {
  readonly line: number;
  readonly value: T;
}

export type Parts = { readonly [P in Part]: Placed<LineOf<P>>[] };

export interface DossierFile {
  readonly format: FileFormat;
  readonly header: LineOf<'header'>;
  readonly sheet: Placed<LineOf<'score-sheet'>>;
  readonly commitment: Placed<LineOf<'commitment'>>;
  readonly procedure: Placed<LineOf<'procedure'>>;
  readonly seal: Placed<LineOf<'seal'>>;
  readonly parts: Parts;
}

const emptyParts = (): Parts => ({
  header: [],
  programme: [],
  bank: [],
  form: [],
  'score-sheet': [],
  commitment: [],
  'withheld-scores': [],
  procedure: [],
  'journal-entry': [],
  incident: [],
  'late-answers': [],
  'late-answer': [],
  receipt: [],
  report: [],
  checkpoint: [],
  seal: [],
});

const isPart = (part: unknown): part is Part => typeof part === 'string' && Object.hasOwn(readers, part);

/** The value of a line that is exactly the canonical JSON of it, or what is wrong. */
function parseLine(text: string): { readonly value: Json } | { readonly fault: string } {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'is not JSON' };
  }
  try {
    return canonical(value) === text
      ? { value }
      : { fault: 'is not in canonical form: written again it has other bytes' };
  } catch {
    return { fault: 'has no canonical form' };
  }
}

function place<P extends Part>(parts: Parts, part: P, line: number, value: Json): string | null {
  const read = readers[part](value);
  if (!read.ok) return `${part}: ${read.fault}`;
  parts[part].push({ line, value: read.value });
  return null;
}

function checkCounts(parts: Parts, format: FileFormat): FileProblem[] {
  return partOrder.flatMap((part) => {
    const rule = occurrence[part][format];
    const count = parts[part].length;
    if (rule === 'none' && count > 0)
      return [{ line: parts[part][0]?.line ?? 0, what: `${part}: does not belong into this kind of file` }];
    if (rule === 'one' && count === 0) return [{ line: 0, what: `${part}: is missing` }];
    if ((rule === 'one' || rule === 'maybe') && count > 1)
      return [{ line: parts[part][1]?.line ?? 0, what: `${part}: is there twice` }];
    return [];
  });
}

/**
 * Reads lines, order and seal; what the lines say is not checked here.
 * @returns the file, or every problem found; never throws on bad input
 */
export function readDossier(bytes: Uint8Array): {
  readonly file: DossierFile | null;
  readonly problems: readonly FileProblem[];
} {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { file: null, problems: [{ line: 0, what: 'the file is not UTF-8 text' }] };
  }
  const problems: FileProblem[] = [];
  const lines = text.split('\n');
  if (lines.pop() !== '')
    problems.push({
      line: lines.length + 1,
      what: 'the file does not end with a line feed: it is cut off, or something follows the seal',
    });

  const parts = emptyParts();
  let rank = 0;
  lines.forEach((content, i) => {
    const line = i + 1;
    const parsed = parseLine(content);
    if ('fault' in parsed) {
      problems.push({ line, what: `the line ${parsed.fault}` });
      return;
    }
    const { value } = parsed;
    const part = typeof value === 'object' && value !== null && 'part' in value ? value.part : undefined;
    if (!isPart(part)) {
      problems.push({ line, what: 'the line is of no known part' });
      return;
    }
    const own = partOrder.indexOf(part);
    if (own < rank) problems.push({ line, what: `${part}: is out of order` });
    rank = Math.max(rank, own);
    const fault = place(parts, part, line, value);
    if (fault !== null) problems.push({ line, what: fault });
  });

  const seal = parts.seal.at(-1);
  if (seal !== undefined) {
    const before = text.slice(0, text.length - (lines.at(-1)?.length ?? 0) - 1);
    if (seal.line !== lines.length)
      problems.push({ line: seal.line + 1, what: 'something follows the seal' });
    else if (sha256Hex(before) !== seal.value.sha256)
      problems.push({ line: seal.line, what: 'seal: the lines before it are not those that were sealed' });
    else if (!checkSeal(before, seal.value))
      problems.push({ line: seal.line, what: 'seal: the signature is broken' });
  }

  const [header] = parts.header;
  const [sheet] = parts['score-sheet'];
  const [commitment] = parts.commitment;
  const [procedure] = parts.procedure;
  if (header === undefined)
    return {
      file: null,
      problems: [
        ...problems,
        { line: 0, what: 'header: is missing: not an open dossier and not an audit file' },
      ],
    };
  problems.push(...checkCounts(parts, header.value.format));
  if (sheet === undefined || commitment === undefined || procedure === undefined || seal === undefined)
    return { file: null, problems };
  return {
    file: { format: header.value.format, header: header.value, sheet, commitment, procedure, seal, parts },
    problems,
  };
}
