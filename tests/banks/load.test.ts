import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../../question-banks/schema.ts';
import { checkBank } from '../../question-banks/check-bank.ts';
import { loadAuthored, loadBank, loadProgramme, type LoadedBank } from '../../question-banks/load.ts';
import { maxBytes } from '../../question-banks/read-json.ts';
import { bytesOf, validBank, validProgramme, validQuestionnaire } from './valid-bank.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const problemsOf = (loaded: { ok: true } | { ok: false; problems: Problem[] }): Problem[] =>
  loaded.ok ? [] : loaded.problems;
const first = (loaded: LoadedBank): Problem => {
  const [problem] = problemsOf(loaded);
  if (problem === undefined) throw new Error('no problem');
  return problem;
};
/** The result of an act that has to end within a second, however hostile its input. */
const withinASecond = <T>(act: () => T): T => {
  const begunAt = performance.now();
  const result = act();
  expect(performance.now() - begunAt).toBeLessThan(1000);
  return result;
};

describe('what loads', () => {
  test('a bank, with its canonical text', () => {
    const loaded = loadBank(bytesOf(validBank()));
    expect(loaded).toMatchObject({ ok: true, bank: validBank() });
    if (!loaded.ok) return;
    expect(JSON.parse(loaded.canonical)).toEqual(validBank());
    const reversed = Object.fromEntries(Object.entries(validBank()).toReversed());
    expect(loadBank(utf8(JSON.stringify(reversed, null, 4)))).toMatchObject({ canonical: loaded.canonical });
  });

  test('a questionnaire and a programme', () => {
    expect(loadBank(bytesOf(validQuestionnaire())).ok).toBe(true);
    expect(loadProgramme(bytesOf(validProgramme()))).toMatchObject({ ok: true, programme: validProgramme() });
  });

  test('whatever the file is, by its "sections"', () => {
    expect(loadAuthored(bytesOf(validBank()))).toMatchObject({ ok: true, kind: 'bank' });
    expect(loadAuthored(bytesOf(validProgramme()))).toMatchObject({ ok: true, kind: 'programme' });
    expect(loadAuthored(bytesOf({ ...validBank(), sections: [] })).ok).toBe(false);
    expect(loadAuthored(bytesOf(null)).ok).toBe(false);
  });

  test('a byte order mark is no fault', () => {
    expect(loadBank(new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(validBank())])).ok).toBe(true);
  });

  test('template signs, markup and escapes stay letters', () => {
    const bank = validBank();
    const words = '{{constructor}} {{{x}}} <script>alert(1)</script> \\u0041 ${1} "quoted" \u{1f600}';
    bank.title = { kk: words, ru: words, en: words };
    const loaded = loadBank(bytesOf(bank));
    expect(loaded).toMatchObject({ ok: true, bank: { title: { en: words } } });
    expect(loaded.ok && checkBank(loaded.bank)).toEqual([]);
    const escaped = utf8(JSON.stringify(validBank()).replace('Training rules', 'Training \\ud83d\\ude00'));
    expect(loadBank(escaped)).toMatchObject({ ok: true, bank: { title: { en: 'Training \u{1f600}' } } });
  });
});

describe('what is not JSON', () => {
  test.each([
    ['', 1, 1, 'end of the file'],
    ['{\n  "id": "x",\n}', 3, 1, 'comma before }'],
    ['{\n  "id": "x"\n  "version": 1\n}', 3, 3, 'a comma or }'],
    ['{"a": [1, 2,]}', 1, 13, 'comma before ]'],
    ['{"a" 1}', 1, 6, 'colon'],
    ["{'a': 1}", 1, 2, 'double quotes'],
    ['{"a": \'b\'}', 1, 7, 'double quotes'],
    ['{"a": "b\n"}', 1, 9, 'line break'],
    ['{"a": "b', 1, 7, 'no closing double quote'],
    ['{"a": "\\x41"}', 1, 8, 'backslash'],
    ['{"a": NaN}', 1, 7, 'expected a value'],
    ['{"a": 01}', 1, 8, 'comma or }'],
    ['{"a": 1} x', 1, 10, 'should end here'],
    ['{ // note\n"a": 1}', 1, 3, 'no comments'],
    ['{a: 1}', 1, 2, 'double quotes'],
    ['{"a": [1}', 1, 9, 'comma or ]'],
    [']', 1, 1, 'expected a value'],
    ['{"a": \u0001}', 1, 7, 'expected a value'],
  ])('%j at %d:%d', (text, line, column, words) => {
    const problems = problemsOf(loadBank(utf8(text)));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: '', rule: 'json-syntax', params: { line, column } });
    expect(problems[0]?.text).toContain(`line ${line}:${column}`);
    expect(problems[0]?.text).toContain(words);
  });

  test('bytes that are not UTF-8', () => {
    expect(first(loadBank(new Uint8Array([0x7b, 0xcf, 0xf0, 0x7d])))).toMatchObject({
      rule: 'file-encoding',
      path: '',
    });
  });

  test('a key written twice, however it is spelt, with its place', () => {
    const text = '{\n"a": {"b": 1,\n "\\u0062": 2},\n"c": [{"d": 1, "d": 1}]}';
    expect(problemsOf(loadBank(utf8(text)))).toMatchObject([
      { path: '/a/b', rule: 'duplicate-key', params: { key: 'b', line: 3, column: 2 } },
      { path: '/c/0/d', rule: 'duplicate-key', params: { key: 'd', line: 4, column: 16 } },
    ]);
  });

  test.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])('the name %s anywhere', (name) => {
    const text = JSON.stringify(validBank()).replace('"topics":', `"${name}":{"polluted":1},"topics":`);
    expect(problemsOf(loadBank(utf8(text)))).toMatchObject([{ rule: 'forbidden-key' }]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('half a character pair and a zero character', () => {
    expect(first(loadBank(utf8('{"id": "\\ud83d"}')))).toMatchObject({ path: '/id', rule: 'json-text' });
    expect(first(loadBank(utf8('{"id": "a\\u0000"}')))).toMatchObject({ path: '/id', rule: 'json-text' });
    expect(first(loadBank(utf8('{"id\\udc00": 1}')))).toMatchObject({ rule: 'json-text' });
  });
});

describe('what has the wrong shape', () => {
  const spoilt = (change: object): Problem[] => problemsOf(loadBank(bytesOf({ ...validBank(), ...change })));

  test.each<readonly [object, string, string]>([
    [{ id: { $ne: 1 } }, '/id', 'must be text in double quotes'],
    [{ id: 'Знания' }, '/id', 'lower-case letters, digits and hyphens'],
    [{ version: '1.0' }, '/version', 'three numbers with dots'],
    [{ kind: 'exam' }, '/kind', 'must be one of "knowledge", "ability", "questionnaire"'],
    [{ kind: undefined }, '', '"kind" is missing; add it'],
    [
      { author: 'me' },
      '/author',
      '"author" is not known here; remove it or use one of "$schema", "id", "version"',
    ],
    [{ 'a/b~c': 1 }, '/a~1b~0c', 'is not known here'],
    [{ items: [] }, '/items', 'at least 1 entry'],
    [
      { items: [{ ...validBank().items[0], kind: 'essay' }] },
      '/items/0/kind',
      '"kind" must be one of "single-choice", "likert"',
    ],
    [{ items: [{ ...validBank().items[0], kind: { $ne: 1 } }] }, '/items/0/kind', '"kind" must be one of'],
    [{ items: [{ ...validBank().items[0], options: [] }] }, '/items/0/options', 'at least 2 entries'],
    [{ items: [{ ...validBank().items[0], key: { $ne: 1 } }] }, '/items/0/key', 'must be text'],
    [{ items: [{ ...validBank().items[0], difficulty: 1.5 }] }, '/items/0/difficulty', 'at most 1'],
    [
      { items: [{ ...validQuestionnaire().items[0], shuffle: true }] },
      '/items/0/shuffle',
      '"shuffle" is not known here',
    ],
    [{ title: {} }, '/title', 'at least 1 of its fields'],
    [{ title: { kk: '' } }, '/title/kk', 'must not be empty'],
    [{ title: { kk: 'x'.repeat(8001) } }, '/title/kk', 'longer than 8000'],
    [{ title: { kk: 'x', de: 'x' } }, '/title/de', 'use one of "kk", "ru", "en"'],
    [{ practice: Array.from({ length: 11 }, () => validBank().items[0]) }, '/practice', 'more than 10'],
  ])('%#: %j', (change, path, words) => {
    const problems = spoilt(change);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.rule).toBe('shape');
    expect(problems[0]?.text).toContain(words);
  });

  test('all faults at once', () => {
    expect(
      spoilt({ id: 'Ы', version: 1, extra: true, title: { kk: 3 } })
        .map((problem) => problem.path)
        .toSorted(),
    ).toEqual(['/extra', '/id', '/title/kk', '/version']);
  });

  test('a programme: what is repeated, unknown or out of range', () => {
    const programme = { ...validProgramme(), languages: ['kk', 'kk'], graceMs: 60_000, admission: 'anyone' };
    const problems = problemsOf(loadProgramme(bytesOf(programme)));
    expect(problems.map(({ path, text }) => `${path}: ${text}`).toSorted()).toEqual([
      '/admission: must be one of "operator", "automatic"',
      '/graceMs: must be at most 10000',
      '/languages: entries 1 and 2 are the same; remove one',
    ]);
    const pick = { how: 'luck' };
    const sections = validProgramme().sections.map((section) => ({ ...section, pick }));
    expect(problemsOf(loadProgramme(bytesOf({ ...validProgramme(), sections })))).toMatchObject([
      { path: '/sections/0/pick/how', text: '"how" must be one of "quotas", "all", "items"' },
      { path: '/sections/1/pick/how' },
    ]);
  });

  test('a hostile name is quoted, cut and cannot steer a terminal', () => {
    const [problem] = spoilt({ [`\u001b[31m\u202e${'x'.repeat(500)}`]: 1 });
    expect(problem?.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(problem?.text.length).toBeLessThan(400);
  });
});

describe('hostile files are refused within a second', () => {
  const large = 5_000_000;
  test.each<readonly [string, string, () => Uint8Array]>([
    ['more than 5 MB', 'file-size', () => new Uint8Array(maxBytes + 1).fill(32)],
    ['open brackets only', 'json-depth', () => utf8('['.repeat(large))],
    ['deep objects', 'json-depth', () => utf8('{"a":'.repeat(large / 6) + '1' + '}'.repeat(large / 6))],
    ['33 levels', 'json-depth', () => utf8('['.repeat(33) + ']'.repeat(33))],
    ['millions of numbers', 'json-size', () => utf8(`[${'0,'.repeat(large / 2 - 2)}0]`)],
    ['millions of lists', 'json-size', () => utf8(`{"items":[${'[],'.repeat(large / 3 - 10)}[]]}`)],
    ['quotes only', 'json-syntax', () => utf8('"'.repeat(large))],
    ['backslashes in a text without end', 'json-syntax', () => utf8(`"${'\\'.repeat(large)}`)],
    ['many times one key', 'duplicate-key', () => utf8(`{${'"a":0,'.repeat(200_000)}"a":0}`)],
    ['lines without end', 'json-syntax', () => utf8('\n'.repeat(large))],
    [
      'items that are no items',
      'shape',
      () => bytesOf({ ...validBank(), items: Array.from({ length: 200_000 }, () => 0) }),
    ],
    [
      '2,001 items',
      'shape',
      () =>
        bytesOf({ ...validBank(), items: Array.from({ length: 2001 }, () => validQuestionnaire().items[0]) }),
    ],
    [
      'many unknown names',
      'shape',
      () => bytesOf(Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`n${n}`, n]))),
    ],
    ['a text of 5 MB', 'shape', () => bytesOf({ ...validBank(), title: { kk: 'я'.repeat(2_000_000) } })],
    [
      'many options',
      'shape',
      () =>
        bytesOf({
          ...validBank(),
          items: Array.from({ length: 400 }, () => ({
            ...validBank().items[0],
            options: Array.from({ length: 500 }, () => 0),
          })),
        }),
    ],
  ])('%s', (_name, rule, make) => {
    const bytes = make();
    const problem = withinASecond(() => first(loadBank(bytes)));
    expect(problem.rule).toBe(rule);
  });

  test('32 levels are read, and the number of problems is bounded', () => {
    expect(first(loadBank(utf8('['.repeat(32) + ']'.repeat(32)))).rule).toBe('shape');
    const problems = problemsOf(
      loadBank(bytesOf({ ...validBank(), items: Array.from({ length: 50_000 }, () => 0) })),
    );
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)?.text).toMatch(/and \d+ more/);
  });

  test('the largest lawful bank is read and checked within a second', () => {
    const bank = validBank();
    const items = Array.from({ length: 2000 }, (_, n) => ({ ...bank.items[n % 12], id: `i${n}` }));
    const bytes = bytesOf({ ...bank, items });
    const loaded = withinASecond(() => {
      const result = loadBank(bytes);
      return { result, problems: result.ok ? checkBank(result.bank) : result.problems };
    });
    expect(loaded.problems).toEqual([]);
  });
});
