import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether poppler-utils are on this machine; tests that need them say so when they are skipped. */
export const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

function run(tool: string, pdf: Buffer, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'adil-pdf-'));
  try {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    const after = tool === 'pdftotext' ? ['-'] : [];
    const { status, stdout, stderr } = spawnSync(tool, [...options, file, ...after], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${tool}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Text of each page. */
export const pagesOf = (pdf: Buffer): string[] => run('pdftotext', pdf, '-layout').split('\f').slice(0, -1);
/** All text on one line, as a reader would copy it. */
export const textOf = (pdf: Buffer): string => run('pdftotext', pdf).replace(/\s+/g, ' ');
export const fontsOf = (pdf: Buffer): string => run('pdffonts', pdf);
export const structureOf = (pdf: Buffer): string => run('pdfinfo', pdf, '-struct-text');
export const infoOf = (pdf: Buffer): string => run('pdfinfo', pdf);
