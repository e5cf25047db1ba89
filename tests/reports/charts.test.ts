import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import qrcode from 'qrcode';
import { drawCutScores, type CutScoreRow } from '../../server/reports/charts/draw-cut-scores.ts';
import { drawQrCode } from '../../server/reports/charts/draw-qr-code.ts';
import { drawScaleProfile } from '../../server/reports/charts/draw-scale-profile.ts';
import { wrapLabel } from '../../server/reports/charts/wrap-label.ts';

const row: CutScoreRow = {
  label: 'Total',
  strong: true,
  score: 20,
  maximum: 40,
  low: 15,
  high: 25,
  threshold: 30,
  figures: '20 of 40 (15–25)',
  thresholdText: 'threshold 30',
};

/** x of the only thing that matches */
const numberIn = (svg: string, pattern: RegExp): number => Number(pattern.exec(svg)?.[1]);

describe('the cut-score chart', () => {
  test('draws score, interval and threshold in proportion to the maximum', () => {
    const { svg } = drawCutScores('c', 't', 'd', [row], '');
    const full = numberIn(svg, /<rect x="0" y="\d+" width="([\d.]+)"[^>]*stroke/);
    expect(numberIn(svg, /<circle cx="([\d.]+)"/)).toBeCloseTo(full / 2, 1);
    expect(numberIn(svg, /d="M([\d.]+) \d+H/)).toBeCloseTo((full * 15) / 40, 1);
    expect(numberIn(svg, /d="M[\d.]+ \d+H([\d.]+)/)).toBeCloseTo((full * 25) / 40, 1);
    expect(numberIn(svg, /d="M([\d.]+) \d+v26"/)).toBeCloseTo((full * 30) / 40, 1);
  });

  test('has a title, a description and an accessible name, escaped', () => {
    const { svg } = drawCutScores(
      'c',
      '<b>',
      `"&'`,
      [{ ...row, label: '<script>', figures: '</text>' }],
      '<',
    );
    expect(svg).toContain('role="img" aria-labelledby="c-t c-d"');
    expect(svg).toContain('<title id="c-t">&lt;b&gt;</title><desc id="c-d">&quot;&amp;&#39;</desc>');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toMatch(/<script|<\/text><\/text>/);
  });

  test('without threshold draws none; grows with every row; labels stay inside', () => {
    const none = { ...row, threshold: null, thresholdText: '' };
    expect(drawCutScores('c', 't', 'd', [none], '').svg).not.toContain('v26');
    expect(drawCutScores('c', 't', 'd', [row, row], '').height).toBeGreaterThan(
      drawCutScores('c', 't', 'd', [row], '').height,
    );
    for (const threshold of [0, 40]) {
      const { svg } = drawCutScores('c', 't', 'd', [{ ...row, threshold }], '');
      const x = numberIn(svg, /<text x="([\d.]+)" y="\d+" text-anchor="middle"/);
      expect(x).toBeGreaterThan(20);
      expect(x).toBeLessThan(490);
    }
  });
});

describe('the profile of scales', () => {
  test('places percent and interval between 0 and 100, and draws no point for what was not computed', () => {
    const rows = [
      { label: 'A', strong: true, percent: 50, interval: { low: 0, high: 100 }, figures: '50 (0–100)' },
      { label: 'B', strong: false, percent: null, interval: null, figures: 'not computed' },
    ];
    const { svg } = drawScaleProfile('p', 't', 'd', rows, 'axis');
    expect(svg.match(/<circle/g)).toHaveLength(1);
    const [low, high] = [
      numberIn(svg, /d="M([\d.]+) [\d.]+H[\d.]+M/),
      numberIn(svg, /d="M[\d.]+ [\d.]+H([\d.]+)M/),
    ];
    expect(numberIn(svg, /<circle cx="([\d.]+)"/)).toBeCloseTo((low + high) / 2, 1);
    expect(svg).toContain('not computed');
  });
});

describe('labels', () => {
  test('lose no letter and keep to the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 60, max: 700 }),
        (text, width) => {
          const lines = wrapLabel(text, width, 13);
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
          for (const line of lines)
            expect(line.length).toBeLessThanOrEqual(Math.max(8, Math.floor(width / 7.54)));
        },
      ),
    );
    expect(wrapLabel('Қазақстан Республикасының Конституциясы', 150, 13)).toEqual([
      'Қазақстан',
      'Республикасының',
      'Конституциясы',
    ]);
  });
});

describe('the QR code', () => {
  test('paints exactly the dark modules, with a quiet zone of four', () => {
    const text = `K7QM-2XRT-94HD ${'0123456789abcdef'.repeat(4)}`;
    const { svg } = drawQrCode('q', 'QR', text);
    const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
    const size = modules.size + 8;
    expect(svg).toContain(`viewBox="0 0 ${size} ${size}"`);
    const painted = new Set<string>();
    for (const [, x = '', y = '', w = ''] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
      for (let i = 0; i < Number(w); i++) painted.add(`${Number(x) + i} ${y}`);
    const dark = new Set<string>();
    for (let y = 0; y < modules.size; y++)
      for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) dark.add(`${x + 4} ${y + 4}`);
    expect([...painted].toSorted()).toEqual([...dark].toSorted());
  });
});
