import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPdfRenderer, type PdfRenderer } from '../../server/reports/render-pdf.ts';
import { viewAttemptReport } from '../../server/reports/view-attempt-report.ts';
import { languages } from '../../question-banks/schema.ts';
import { buildPdfWorker, root } from './build-pdf-worker.ts';
import { fontsOf, hasPoppler, infoOf, pagesOf, structureOf, textOf } from './read-pdf.ts';
import { programme, source } from './sample-report-source.ts';

const createdAt = Date.UTC(2026, 10, 21, 6, 0, 0);
const withPoppler = hasPoppler ? describe : describe.skip;
const poppler = hasPoppler ? '' : ' (SKIPPED: pdftotext of poppler-utils is not on this machine)';
const sha256 = (b: Buffer) => createHash('sha256').update(b).digest('hex');

const crashingFile = join(root, 'dist', 'tests', `crashing-worker-${process.pid}.js`);
let workerFile: string;
let renderer: PdfRenderer;
beforeAll(async () => {
  workerFile = await buildPdfWorker();
  renderer = createPdfRenderer({ workerFile, root });
});
afterAll(async () => {
  await renderer.close();
  rmSync(workerFile, { force: true });
  rmSync(crashingFile, { force: true });
});

describe('the PDF of a report', () => {
  test('is PDF/A-2a, tagged and in the language of the document', async () => {
    for (const lang of languages) {
      const pdf = (await renderer.render(viewAttemptReport(source, lang), createdAt)).toString('latin1');
      expect(pdf.startsWith('%PDF-1.7')).toBe(true);
      expect(/pdfaid:part[^0-9]*(\d)/.exec(pdf)?.[1]).toBe('2');
      expect(/pdfaid:conformance[^A-Z]*([A-Z])/.exec(pdf)?.[1]).toBe('A');
      expect(pdf).toContain('/StructTreeRoot');
      expect(new RegExp(`/Lang\\s*\\(${lang}`).test(pdf)).toBe(true);
    }
  });

  test('has the same bytes twice, also from another worker, and other bytes at another time', async () => {
    const document = viewAttemptReport(source, 'kk');
    const other = createPdfRenderer({ workerFile, root });
    try {
      const first = sha256(await renderer.render(document, createdAt));
      await renderer.render(viewAttemptReport(source, 'ru'), createdAt);
      expect(sha256(await renderer.render(document, createdAt))).toBe(first);
      expect(sha256(await other.render(document, createdAt))).toBe(first);
      expect(sha256(await renderer.render(document, createdAt + 1000))).not.toBe(first);
    } finally {
      await other.close();
    }
  });
});

withPoppler(`the PDF of a report, read back${poppler}`, () => {
  test('embeds Noto Sans and no other font', async () => {
    for (const lang of languages) {
      const rows = fontsOf(await renderer.render(viewAttemptReport(source, lang), createdAt))
        .split('\n')
        .slice(2)
        .filter(Boolean);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+NotoSans-(Regular|Bold) .* yes yes yes /);
    }
  });

  test('lets Kazakh text be copied out', async () => {
    const text = textOf(await renderer.render(viewAttemptReport(source, 'kk'), createdAt));
    expect(text).toContain('Әбдірахманова Үміт Ғабитқызы');
    expect(text).toContain('Һәкімов Ерлан');
    expect(text).toContain('Сыбайлас жемқорлыққа қарсы іс-қимыл');
    expect(text).toContain('шекті балл жиналды');
    expect(text).toContain(source.sheetSha256);
  });

  test('carries mark, hash and page number on every page', async () => {
    for (const lang of languages) {
      const document = viewAttemptReport(source, lang);
      const pages = pagesOf(await renderer.render(document, createdAt));
      expect(pages.length).toBeGreaterThan(1);
      pages.forEach((page, i) => {
        expect(page).toContain(document.marks[0]);
        expect(page).toContain(source.sheetSha256);
        expect(page).toMatch(new RegExp(`\\s${i + 1} ?/ ?${pages.length}\\s`));
      });
    }
  });

  test('shows the strings of banks and people literally', async () => {
    const evil = '#panic("x") *b* $a$ [c] <d> {{name}} <script>alert(1)</script> \\u{41} @ref // e';
    const text = textOf(
      await renderer.render(
        viewAttemptReport(
          {
            ...source,
            person: { ...source.person, name: evil },
            programme: { ...programme, title: { en: `${evil} title` } },
          },
          'en',
        ),
        createdAt,
      ),
    );
    expect(text).toContain(evil);
    expect(text).toContain(`${evil} title`);
  });

  test('replaces letters that the font lacks instead of failing', async () => {
    const person = { name: 'Ли 李\u0001😀\ud800\u202e Вэй', personnelNumber: '7' };
    const text = textOf(await renderer.render(viewAttemptReport({ ...source, person }, 'ru'), createdAt));
    expect(text).toContain('Ли \ufffd\ufffd\ufffd\ufffd\ufffd Вэй');
  });

  test('has headings, table cells and figures in its structure', async () => {
    const document = viewAttemptReport(source, 'en');
    const structure = structureOf(await renderer.render(document, createdAt));
    for (const tag of ['H1', 'H2', 'H3', 'Table', 'TH', 'TD', 'Figure', 'L'])
      expect(structure).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'));
    expect(infoOf(await renderer.render(document, createdAt))).toMatch(/Tagged:\s+yes/);
  });
});

describe('the renderer', () => {
  const document = viewAttemptReport(source, 'en');
  const crashing = () => {
    writeFileSync(
      crashingFile,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ createdAt }) => {
         if (createdAt === 1) process.exit(7);
         if (createdAt === 2) throw new Error('boom');
         if (createdAt === 3) return;
         if (createdAt === 4) return parentPort.postMessage({ ok: false, message: 'no' });
         parentPort.postMessage({ ok: true, pdf: new Uint8Array([createdAt]) });
       });`,
    );
    return crashingFile;
  };

  test('answers every request in its order', async () => {
    const own = createPdfRenderer({ workerFile: crashing(), root });
    const all = await Promise.all([10, 11, 12].map((n) => own.render(document, n)));
    expect(all.map((b) => b[0])).toEqual([10, 11, 12]);
    await own.close();
  });

  test('a crash, an exception, silence and a refusal each cost one document only', async () => {
    const own = createPdfRenderer({ workerFile: crashing(), root, limitMs: 1500 });
    const results = await Promise.allSettled(
      [1, 20, 2, 21, 3, 22, 4, 23].map((n) => own.render(document, n)),
    );
    expect(results.map((r) => (r.status === 'fulfilled' ? r.value[0] : 'failed'))).toEqual([
      'failed',
      20,
      'failed',
      21,
      'failed',
      22,
      'failed',
      23,
    ]);
    await own.close();
  });

  test('refuses with BUSY when too many wait, and everything once it is closed', async () => {
    const own = createPdfRenderer({ workerFile: crashing(), root, queueLimit: 1 });
    const first = own.render(document, 3);
    const second = own.render(document, 30);
    await expect(own.render(document, 31)).rejects.toMatchObject({ code: 'BUSY' });
    const lost = Promise.allSettled([first, second]);
    await own.close();
    expect((await lost).map((r) => r.status)).toEqual(['rejected', 'rejected']);
    await expect(own.render(document, 32)).rejects.toThrow('closed');
  });
});
