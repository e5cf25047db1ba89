/**
 * Bytes from outside → a JSON value that is safe to walk, or the reasons why not. A quick look at the text (depth, number of
 * values, number of keys) comes before JSON.parse, so that a hostile file costs no more than an honest one.
 */
import type { Problem } from './schema.ts';
import { forbiddenKeys, locateJsonFaults, placeOf } from './locate-json-faults.ts';

export const maxBytes = 5 * 1024 * 1024;
export const maxDepth = 32;
/** Objects, arrays and commas together; 2,000 trilingual items with ten options each come to about 200,000. */
export const maxParts = 250_000;

export type ReadJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problems: Problem[] };

const refuse = (rule: string, params: Problem['params'], text: string): ReadJson => ({
  ok: false,
  problems: [{ path: '', rule, params, text }],
});

interface Outline {
  /** colons outside strings: as many as there are keys */
  readonly keys: number;
  readonly parts: number;
  /** position of the first bracket that is too deep, or -1 */
  readonly tooDeepAt: number;
}

/** Everything outside strings, once over; strings are jumped across with indexOf. Never fails, whatever the text is. */
const outline = (text: string): Outline => {
  let keys = 0;
  let parts = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 34: {
        let end = at;
        let slashes: number;
        do {
          end = text.indexOf('"', end + 1);
          slashes = 0;
          while (end !== -1 && text.charCodeAt(end - 1 - slashes) === 92) slashes += 1;
        } while (slashes % 2 === 1);
        if (end === -1) return { keys, parts, tooDeepAt: -1 };
        at = end;
        break;
      }
      case 123:
      case 91:
        depth += 1;
        parts += 1;
        if (depth > maxDepth) return { keys, parts, tooDeepAt: at };
        break;
      case 125:
      case 93:
        depth -= 1;
        break;
      case 44:
        parts += 1;
        break;
      case 58:
        keys += 1;
        break;
    }
  }
  return { keys, parts, tooDeepAt: -1 };
};

/** Number of keys in a parsed value, or -1 as soon as a forbidden one is met. */
const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) {
      const inside = countKeys(element);
      if (inside < 0) return -1;
      count += inside;
    }
    return count;
  }
  for (const [key, element] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) return -1;
    const inside = countKeys(element);
    if (inside < 0) return -1;
    count += inside + 1;
  }
  return count;
};

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/**
 * Reads JSON written by a person or another system.
 * @param bytes UTF-8, at most 5 MB, with or without byte order mark
 * @returns the value, or problems of the rules file-size, file-encoding, json-depth, json-size, json-syntax, duplicate-key,
 *   forbidden-key, json-text; never throws
 */
export const readJson = (bytes: Uint8Array): ReadJson => {
  if (bytes.length > maxBytes)
    return refuse(
      'file-size',
      { bytes: bytes.length, limit: maxBytes },
      `the file has ${bytes.length} bytes; at most ${maxBytes} are allowed; split it`,
    );
  const text = decode(bytes);
  if (text === undefined)
    return refuse('file-encoding', {}, 'the file is not UTF-8; save it again with the encoding UTF-8');

  const { keys, parts, tooDeepAt } = outline(text);
  if (tooDeepAt >= 0) {
    const { line, column } = placeOf(text, tooDeepAt);
    return refuse(
      'json-depth',
      { line, column, limit: maxDepth },
      `line ${line}:${column}: nested deeper than ${maxDepth} levels`,
    );
  }
  if (parts > maxParts)
    return refuse('json-size', { limit: maxParts }, `the file has more than ${maxParts} values; split it`);

  const parsed = parse(text);
  // An escape that could be half a character pair or a zero character: only the slow reader can tell.
  const suspicious = /\\u(?:[dD][89a-fA-F]|0000)/.test(text);
  if (parsed === undefined || suspicious || countKeys(parsed.value) !== keys) {
    const problems = locateJsonFaults(text);
    if (problems.length > 0) return { ok: false, problems };
  }
  if (parsed === undefined) return refuse('json-syntax', {}, 'the file is not JSON');
  return { ok: true, value: parsed.value };
};
