import type { Case, Check } from './read-case.ts';

/** The one whole number in the name of a check: rciFirst40 → 40. @throws Error when there is none */
export function digit(check: Check, place = 0): number {
  const value = check.digits[place];
  if (value === undefined) throw new Error(`${check.name} names no number`);
  return value;
}

/** The first so many, as in rciFirst40. */
export const firstOf = <T>(values: readonly T[], check: Check): T[] => values.slice(0, digit(check));

/** A number that the text of a check states, such as critval=0.6; the convention's usual value where it does not. */
export function stated(source: string, pattern: RegExp, usual: number): number {
  const found = pattern.exec(source)?.[1];
  return found === undefined ? usual : Number(found);
}

/** Numbers of the form "4,3,2,1" found by a pattern; undefined where the text has none. */
export function statedList(source: string, pattern: RegExp): number[] | undefined {
  const found = pattern.exec(source)?.[1];
  return found
    ?.split(/[,\s]+/)
    .filter((part) => part !== '')
    .map(Number);
}

/** Whole numbers of an R range such as 0:8. */
export const wholeRange = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Everything a check and its case say in words. */
export const words = (one: Case, check: Check): string =>
  [check.how, one.notes, ...one.checks.map((other) => other.how)].join('\n');

/** An object by keys. */
export const byKey = <T>(keys: readonly string[], value: (key: string) => T): Record<string, T> =>
  Object.fromEntries(keys.map((key) => [key, value(key)]));

/** Row numbers from 1 at which a test holds. */
export const rowsWhere = <T>(values: readonly T[], test: (value: T) => boolean): number[] =>
  values.flatMap((value, i) => (test(value) ? [i + 1] : []));
