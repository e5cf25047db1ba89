import { pick } from '../numeric/pick.ts';

/** Answers or marks of persons (rows) to items (columns), all present. */
export type Rows = readonly (readonly number[])[];

/** The same with missing answers as null. */
export type OpenRows = readonly (readonly (number | null)[])[];

/** Number of columns. @throws RangeError when there is no row, or rows differ in length */
export function columnCount(rows: readonly (readonly unknown[])[]): number {
  const k = pick(rows, 0).length;
  if (rows.some((row) => row.length !== k)) throw new RangeError('rows of unequal length');
  return k;
}

/** Column j as a list. */
export const column = <T>(rows: readonly (readonly T[])[], j: number): T[] => rows.map((row) => pick(row, j));

/** Rows become columns. */
export function transpose<T>(rows: readonly (readonly T[])[]): T[][] {
  return Array.from({ length: columnCount(rows) }, (_, j) => column(rows, j));
}

/** What was answered: the values that are not missing, in their order. */
export const answered = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);

/** Listwise deletion: the rows in which nothing is missing. */
export const completeRows = (rows: OpenRows): number[][] =>
  rows.flatMap((row) => {
    const present = answered(row);
    return present.length === row.length ? [present] : [];
  });

/** Pairs in which both values are present. */
export function completePairs(
  x: readonly (number | null)[],
  y: readonly (number | null)[],
): readonly [number[], number[]] {
  const pairs = completeRows(x.map((value, i) => [value, pick(y, i)]));
  return [column(pairs, 0), column(pairs, 1)];
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Total of each row. */
export const rowTotals = (rows: Rows): number[] => rows.map(sum);
