import { canonical, type Json } from './chain.ts';

/** Where two JSON values first differ, in the order of canonical JSON. */
export interface Difference {
  /** JSON pointer, '' for the whole */
  readonly path: string;
  /** canonical JSON, shortened; 'nothing' where there is no value */
  readonly expected: string;
  readonly found: string;
}

const shown = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing';
  const text = canonical(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isRecord = (value: Json | undefined): value is { readonly [k: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const token = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const member = (value: { readonly [k: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** The first difference, or null when the values have the same canonical bytes. */
export function firstDifference(
  expected: Json | undefined,
  found: Json | undefined,
  path = '',
): Difference | null {
  if (isList(expected) && isList(found)) {
    for (let i = 0; i < Math.max(expected.length, found.length); i += 1) {
      const inner = firstDifference(expected[i], found[i], `${path}/${i}`);
      if (inner !== null) return inner;
    }
    return null;
  }
  if (isRecord(expected) && isRecord(found)) {
    for (const key of [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()) {
      const inner = firstDifference(member(expected, key), member(found, key), `${path}/${token(key)}`);
      if (inner !== null) return inner;
    }
    return null;
  }
  const same = expected !== undefined && found !== undefined && canonical(expected) === canonical(found);
  return same ? null : { path, expected: shown(expected), found: shown(found) };
}
