import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '../../server/access/roles.ts';
import { isTextKey, say } from '../../server/reports/say.ts';
import { languages } from '../../question-banks/schema.ts';
import { root } from './build-pdf-worker.ts';

const readTexts = (name: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(join(root, 'templates', 'texts', `${name}.json`), 'utf8'));
const report = readTexts('report');
const pages = readTexts('pages');
const texts = { ...report, ...pages };

const read = (folder: string, end: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith(end))
    .map((f) => readFileSync(join(root, folder, f), 'utf8'));
const code = read('server/reports', '.ts').join('\n');
const templates = read('templates', '.hbs').join('\n');

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? '');
const inTemplates = matches(templates, /\bsay(?:In \w+)? "([^"]+)"/g);
const prefixes = [...matches(templates, /\bsayFor "([^"]+)"/g), ...matches(code, /`([a-z][a-z.-]*\.)\$\{/g)];

const params = (text: string) => [...new Set(matches(text, /\{(\w+)[,}]/g))].toSorted();

describe('texts of reports and pages', () => {
  test('every text exists in Kazakh, Russian and English, and in no other language', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect([key, Object.keys(text)]).toEqual([key, [...languages]]);
      for (const lang of languages) expect([key, text[lang]?.trim()]).toEqual([key, text[lang]]);
      for (const lang of languages) expect(text[lang]).not.toBe('');
    }
  });

  test('the two files share no key', () => {
    expect(Object.keys(report).filter((k) => k in pages)).toEqual([]);
  });

  test('the languages of a text name the same values', () => {
    for (const [key, text] of Object.entries(texts))
      for (const lang of languages)
        expect([key, params(text[lang] ?? '')]).toEqual([key, params(text.en ?? '')]);
  });

  test('every text is a message that can be formatted', () => {
    for (const [key, text] of Object.entries(texts))
      for (const lang of languages) {
        if (!isTextKey(key)) throw new Error(key);
        const values = Object.fromEntries(params(text[lang] ?? '').map((p) => [p, 3]));
        expect(say(lang, key, values)).not.toMatch(/[{}]/);
      }
  });

  test('every key that templates name exists; prefixes begin at least one key', () => {
    expect(inTemplates.length).toBeGreaterThan(50);
    expect(inTemplates.filter((k) => !isTextKey(k))).toEqual([]);
    expect(prefixes.filter((p) => !Object.keys(texts).some((k) => k.startsWith(p)))).toEqual([]);
    expect(roles.filter((r) => !isTextKey(`role.${r}`))).toEqual([]);
  });

  test('every text is used', () => {
    const used = (key: string) =>
      code.includes(`'${key}'`) || inTemplates.includes(key) || prefixes.some((p) => key.startsWith(p));
    expect(Object.keys(texts).filter((k) => !used(k))).toEqual([]);
  });

  test('Kazakh texts are Kazakh and Russian ones Russian: their letters differ from each other', () => {
    const same = Object.entries(texts).filter(([, t]) => t.kk === t.ru && /\S\s+\S+\s+\S/.test(t.kk ?? ''));
    expect(same.map(([k]) => k)).toEqual([]);
    for (const [key, text] of Object.entries(texts))
      expect([key, /[әғқңөұүһі]/i.test(text.ru?.replace('Әділ', '') ?? '')]).toEqual([key, false]);
  });

  test('a missing value is an error, "<" is only a character', () => {
    expect(() => say('en', 'threshold.total')).toThrow('total');
    expect(say('en', 'threshold.basis', { basis: '<b>{x}</b>' })).toBe('Basis: <b>{x}</b>');
  });
});
