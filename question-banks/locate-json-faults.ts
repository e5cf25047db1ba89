/**
 * The slow reader: walks a JSON text (RFC 8259) by hand to say *where* it is wrong. JSON.parse is fast but, depending on the
 * version of the engine, names no position, and it keeps the last of two equal keys in silence. Used only when the quick look
 * in read-json.ts found that something is wrong.
 */
import type { Problem } from './schema.ts';
import { pointerTo } from './json-pointer.ts';
import { quote } from './quote.ts';

/** Keys that would reach into JavaScript's prototypes when an object is copied carelessly. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** More faults of one kind than this help nobody. */
const maxFaults = 100;

class SyntaxFault extends Error {
  readonly position: number;
  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
const numberShape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapeShape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Line and column (both from 1, columns in UTF-16 units) of positions asked for in ascending order. */
const lineCounter = (text: string) => {
  let line = 1;
  let lineStart = 0;
  return (position: number): { line: number; column: number } => {
    for (
      let next = text.indexOf('\n', lineStart);
      next !== -1 && next < position;
      next = text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = next + 1;
    }
    return { line, column: position - lineStart + 1 };
  };
};

/** Line and column of one position, both from 1. */
export const placeOf = (text: string, position: number): { line: number; column: number } =>
  lineCounter(text)(position);

/**
 * @param text JSON text nested no deeper than read-json.ts allows (the walk is recursive)
 * @returns the first syntax error alone, or all repeated keys, forbidden keys and strings that are not text; [] when there is none
 */
export const locateJsonFaults = (text: string): Problem[] => {
  const faults: Problem[] = [];
  const place = lineCounter(text);
  let at = 0;

  const found = (): string => {
    if (at >= text.length) return 'the end of the file';
    return quote(String.fromCodePoint(text.codePointAt(at) ?? 0));
  };
  const note = (
    path: string,
    rule: string,
    position: number,
    params: Problem['params'],
    tell: (where: string) => string,
  ) => {
    if (faults.length >= maxFaults) return;
    const { line, column } = place(position);
    faults.push({ path, rule, params: { ...params, line, column }, text: tell(`line ${line}:${column}`) });
  };
  const skip = () => {
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text.startsWith('//', at) || text.startsWith('/*', at))
      throw new SyntaxFault(at, 'JSON has no comments; remove it');
  };
  const expect = (sign: string, meaning: string) => {
    if (text[at] !== sign) throw new SyntaxFault(at, `expected ${meaning}, found ${found()}`);
    at += 1;
  };

  const readString = (): string => {
    const start = at;
    if (text[at] === "'") throw new SyntaxFault(at, 'text is written in double quotes, not in single ones');
    expect('"', 'text in double quotes');
    for (;;) {
      const code = text.charCodeAt(at);
      if (Number.isNaN(code)) throw new SyntaxFault(start, 'this text has no closing double quote');
      if (code === 34) break;
      if (code < 32)
        throw new SyntaxFault(at, 'a line break, tab or control character inside a text; write \\n or \\t');
      if (code === 92) {
        escapeShape.lastIndex = at;
        if (!escapeShape.test(text))
          throw new SyntaxFault(
            at,
            'a backslash must be followed by one of " \\ / b f n r t or by u and four digits',
          );
        at = escapeShape.lastIndex;
      } else at += 1;
    }
    at += 1;
    const value: unknown = JSON.parse(text.slice(start, at));
    return String(value);
  };

  const checkText = (value: string, path: string, position: number) => {
    if (/\p{Cs}|\0/u.test(value))
      note(
        path,
        'json-text',
        position,
        {},
        (where) => `${where}: half of a character pair or a zero character; remove the escape`,
      );
  };

  const readKeys = (path: string) => {
    const seen = new Set<string>();
    at += 1;
    skip();
    if (text[at] === '}') {
      at += 1;
      return;
    }
    for (;;) {
      const position = at;
      if (text[at] === '}') throw new SyntaxFault(at, 'a comma before } is not allowed; remove it');
      const key = readString();
      const keyPath = path + pointerTo(key);
      checkText(key, keyPath, position);
      if (seen.has(key))
        note(
          keyPath,
          'duplicate-key',
          position,
          { key },
          (where) => `${where}: ${quote(key)} is written twice in one object; keep one of them`,
        );
      seen.add(key);
      if (forbiddenKeys.has(key))
        note(
          keyPath,
          'forbidden-key',
          position,
          { key },
          (where) => `${where}: the name ${quote(key)} is not allowed; remove it`,
        );
      skip();
      expect(':', 'a colon after the name');
      readValue(keyPath);
      skip();
      if (text[at] === '}') break;
      expect(',', 'a comma or }');
      skip();
    }
    at += 1;
  };

  const readElements = (path: string) => {
    at += 1;
    skip();
    if (text[at] === ']') {
      at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      if (text[at] === ']') throw new SyntaxFault(at, 'a comma before ] is not allowed; remove it');
      readValue(path + pointerTo(index));
      skip();
      if (text[at] === ']') break;
      expect(',', 'a comma or ]');
      skip();
    }
    at += 1;
  };

  const readValue = (path: string) => {
    skip();
    const sign = text[at];
    if (sign === '{') return readKeys(path);
    if (sign === '[') return readElements(path);
    if (sign === '"' || sign === "'") {
      const position = at;
      checkText(readString(), path, position);
      return;
    }
    for (const word of ['true', 'false', 'null']) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return;
      }
    }
    numberShape.lastIndex = at;
    if (!numberShape.test(text)) throw new SyntaxFault(at, `expected a value, found ${found()}`);
    at = numberShape.lastIndex;
  };

  try {
    readValue('');
    skip();
    if (at < text.length) throw new SyntaxFault(at, `the file should end here, found ${found()}`);
    return faults;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const { line, column } = placeOf(text, error.position);
    return [
      {
        path: '',
        rule: 'json-syntax',
        params: { line, column },
        text: `line ${line}:${column}: ${error.message}`,
      },
    ];
  }
};
