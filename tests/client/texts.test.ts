import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { errors } from '../../server/errors.ts';

const languages = ['kk', 'ru', 'en'] as const;
type Table = Record<string, Record<string, unknown>>;

const readTable = (name: string): Table =>
  JSON.parse(readFileSync(new URL(`../../templates/texts/${name}.json`, import.meta.url), 'utf8'));

interface Node {
  readonly type: number;
  readonly value?: string;
  readonly options?: Record<string, { readonly value: readonly Node[] }>;
}

/** Names of the parameters of a message, with what hides in its plural branches. */
function parametersOf(nodes: readonly Node[], found = new Set<string>()): Set<string> {
  for (const node of nodes) {
    if (node.type !== 0 && node.type !== 7 && node.value !== undefined) found.add(node.value);
    for (const branch of Object.values(node.options ?? {})) parametersOf(branch.value, found);
  }
  return found;
}

const parse = (text: string, language: string): readonly Node[] =>
  JSON.parse(JSON.stringify(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()));

describe.each(['terminal', 'monitor', 'errors'])('texts of %s', (name) => {
  const table = readTable(name);

  test('exist in three languages and are well formed, with the same parameters', () => {
    const faults = Object.entries(table).flatMap(([key, texts]) => {
      const names = Object.keys(texts).filter((each) => each !== 'unsure');
      if (names.toSorted().join() !== 'en,kk,ru') return [`${key}: languages ${names.join()}`];
      const parameters = languages.map((language) => {
        const text = texts[language];
        if (typeof text !== 'string' || text.trim() === '') return `${key}: no text in ${language}`;
        return [...parametersOf(parse(text, language))].sort().join();
      });
      return new Set(parameters).size === 1 ? [] : [`${key}: ${parameters.join(' | ')}`];
    });
    expect(faults).toEqual([]);
  });

  test('Russian plurals have all four forms', () => {
    const faults = Object.entries(table).flatMap(([key, texts]) =>
      parse(String(texts['ru']), 'ru').flatMap((node) => {
        if (node.type !== 6) return [];
        const missing = ['one', 'few', 'many', 'other'].filter((form) => node.options?.[form] === undefined);
        return missing.length === 0 ? [] : [`${key}: ${missing.join()}`];
      }),
    );
    expect(faults).toEqual([]);
  });
});

test('every code of the server has words, and no word is without a code', () => {
  expect(Object.keys(readTable('errors')).sort()).toEqual(Object.keys(errors).sort());
});

test('a message with an unclosed parameter would be noticed', () => {
  expect(() => parse('{count', 'en')).toThrow(SyntaxError);
});
