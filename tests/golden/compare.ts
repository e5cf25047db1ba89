import { isList, isObject, type Json } from './json.ts';

/** What an engine function may give: JSON, and NaN or ±Infinity where something is not defined. */
export type Got =
  undefined | null | boolean | number | string | readonly Got[] | { readonly [key: string]: Got };

export interface Miss {
  /** where in the value, such as [3].z; empty for the whole */
  readonly path: string;
  readonly expected: Json;
  readonly got: Got;
}

const undefinedValue = (got: Got): boolean =>
  got === undefined || got === null || (typeof got === 'number' && !Number.isFinite(got));

/**
 * Every place where the engine differs. Numbers: |got - expected| ≤ tol; text, booleans and keys: exact; null: not computable. A list of one may be a bare
 * value. Of an object the keys that the case names are compared.
 */
export function compare(expected: Json, got: Got, tol: number, path = ''): Miss[] {
  const miss: Miss[] = [{ path, expected, got }];
  if (expected === null) return undefinedValue(got) ? [] : miss;
  if (isList(expected)) {
    const values = Array.isArray(got) ? got : [got];
    if (values.length !== expected.length) return miss;
    return expected.flatMap((one, i) => compare(one, values[i], tol, `${path}[${i}]`));
  }
  if (Array.isArray(got)) return got.length === 1 ? compare(expected, got[0], tol, path) : miss;
  if (isObject(expected)) {
    if (typeof got !== 'object' || got === null) return miss;
    const values = new Map<string, Got>(Object.entries(got));
    return Object.entries(expected).flatMap(([key, one]) =>
      compare(one, values.get(key), tol, `${path}.${key}`),
    );
  }
  if (typeof expected === 'number')
    return typeof got === 'number' && Math.abs(got - expected) <= tol ? [] : miss;
  return got === expected ? [] : miss;
}
