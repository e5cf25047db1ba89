import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { languages } from '../../question-banks/schema.ts';
import { formatInterval, formatNumber, formatShare } from '../../server/reports/format-number.ts';
import {
  formatClock,
  formatDuration,
  formatShortTime,
  formatTime,
  formatTimeZone,
} from '../../server/reports/format-time.ts';
import { readFontCoverage } from '../../server/reports/read-font-coverage.ts';

const at = Date.UTC(2026, 10, 21, 20, 5, 6);

describe('times', () => {
  test('are in the organisation’s zone: the same moment is another day in Almaty', () => {
    expect(formatTime('en', at, 'UTC')).toBe('21 November 2026, 20:05:06');
    expect(formatTime('en', at, 'Asia/Almaty')).toBe('22 November 2026, 01:05:06');
    expect(formatTime('ru', at, 'Asia/Almaty')).toBe('22 ноября 2026 г., 01:05:06');
    expect(formatTime('kk', at, 'Asia/Almaty')).toBe('2026 ж. 22 қараша, 01:05:06');
    expect(formatShortTime('en', at, 'Asia/Almaty')).toBe('22/11/2026, 01:05');
    expect(formatClock(Date.UTC(2026, 0, 1, 19), 'Asia/Almaty')).toBe('00:00:00');
    expect(formatTimeZone(at, 'Asia/Almaty')).toBe('Asia/Almaty (UTC+5)');
    expect(formatTimeZone(at, 'UTC')).toBe('UTC (UTC+0)');
    expect(formatTimeZone(at, 'Asia/Kolkata')).toBe('Asia/Kolkata (UTC+5:30)');
    expect(formatTimeZone(at, 'America/New_York')).toBe('America/New_York (UTC−5)');
    expect(formatTime('kk', Date.UTC(2026, 0, 1), 'UTC')).toBe('2026 ж. 1 қаңтар, 00:00:00');
  });

  test('durations say hours, minutes and seconds, and tenths below a minute', () => {
    const plain = (ms: number) => formatDuration('en', ms).replaceAll('\u00a0', ' ');
    expect(plain(0)).toBe('0 s');
    expect(plain(340)).toBe('0.3 s');
    expect(plain(59_900)).toBe('59.9 s');
    expect(plain(60_000)).toBe('1 min');
    expect(plain(3_903_400)).toBe('1 h 5 min 3 s');
    expect(plain(7_200_000)).toBe('2 h');
    expect(formatDuration('ru', 65_000)).toBe('1\u00a0мин\u00a05\u00a0с');
  });

  test('a duration just below a minute never reads as sixty seconds', () => {
    expect(formatDuration('en', 59_960).replaceAll('\u00a0', ' ')).toBe('1 min');
  });
});

describe('numbers', () => {
  test('up to two decimals are shown as they are, with the comma of the language', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.constantFrom(...languages),
        (hundredths, lang) => {
          const value = hundredths / 100;
          expect(Number(formatNumber(lang, value).replace(',', '.'))).toBe(value);
        },
      ),
    );
    expect(formatNumber('kk', 9.4)).toBe('9,4');
    expect(formatInterval('ru', 8.9, 15)).toBe('8,9–15');
    expect(formatShare('en', 0.95)).toBe('95%');
    expect(formatShare('ru', 0.57)).toBe('57\u00a0%');
  });
});

describe('letters of the font', () => {
  const file = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  );
  const coverage = readFontCoverage(readFileSync(file));

  test('holds the Kazakh, Russian and Latin alphabets and our signs; not Chinese, not emoji', () => {
    const letters = 'ӘәҒғҚқҢңӨөҰұҮүҺһІіАаЯяЁёЙйQqZz0123456789«»“”’—–·±№@/();:%\ufffd';
    expect(Array.from(letters).filter((c) => !coverage.has(c.codePointAt(0) ?? 0))).toEqual([]);
    expect(Array.from('漢😀\u0001').filter((c) => coverage.has(c.codePointAt(0) ?? 0))).toEqual([]);
  });

  test('a file that is no font is an error', () => {
    expect(() => readFontCoverage(Buffer.alloc(64))).toThrow('cmap');
  });
});
