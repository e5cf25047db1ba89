/**
 * Worker thread that turns report documents into PDF/A-2a with Typst. The document goes in as data of one fixed template; its strings are
 * never evaluated. The same document and time give the same bytes on every machine: only the two fonts of the package are used.
 */
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readFontCoverage } from './read-font-coverage.ts';
import type { ReportDocument } from './report-document.ts';

export interface PdfJob {
  readonly document: ReportDocument;
  /** milliseconds since the epoch */
  readonly createdAt: number;
}

export type PdfReply =
  { readonly ok: true; readonly pdf: Uint8Array } | { readonly ok: false; readonly message: string };

const { root }: { root: string } = workerData;
const port = parentPort;
if (port === null) throw new Error('pdf-worker runs as a worker thread only');

const templates = join(root, 'templates');
const fonts = dirname(
  createRequire(join(root, 'package.json')).resolve('@expo-google-fonts/noto-sans/package.json'),
);
const [regular, bold] = [join(fonts, '400Regular'), join(fonts, '700Bold')];
const coverage = readFontCoverage(readFileSync(join(regular, 'NotoSans_400Regular.ttf')));
const boldCoverage = readFontCoverage(readFileSync(join(bold, 'NotoSans_700Bold.ttf')));
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [regular, bold] }] });

/** Letters that the fonts lack, and marks that turn the direction of writing, become U+FFFD. */
function drawable(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    const blank = code === 9 || code === 10 || code === 13;
    out += !turns && (blank || (coverage.has(code) && boldCoverage.has(code))) ? char : '\ufffd';
  }
  return out;
}

function render({ document, createdAt }: PdfJob): Uint8Array {
  const data = JSON.stringify(document, (_, value: unknown) =>
    typeof value === 'string' ? drawable(value) : value,
  );
  const pdf = compiler.pdf(
    { mainFilePath: join(templates, 'report.typ'), inputs: { document: data } },
    { pdfStandard: PdfStandard.A_2a, creationTimestamp: Math.floor(createdAt / 1000) },
  );
  compiler.evictCache(2);
  return new Uint8Array(pdf);
}

/** What went wrong, without the words of the report that the compiler may quote. */
function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/`[^`]*`|"[^"]*"/g, '…').slice(0, 500);
}

port.on('message', (job: PdfJob) => {
  let reply: PdfReply;
  try {
    reply = { ok: true, pdf: render(job) };
  } catch (error) {
    reply = { ok: false, message: explain(error) };
  }
  port.postMessage(reply);
});
