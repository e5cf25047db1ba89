import type { LogisticItem } from '../../scoring/statistics/irt/logistic-curve.ts';
import { numbers, type Table } from './read-table.ts';

/** Items of a table with the columns a, b and perhaps c and d. */
export function readBank(table: Table): LogisticItem[] {
  const column = (name: string, absent: number): number[] =>
    table.columns.includes(name) ? numbers(table, name) : table.rows.map(() => absent);
  const [a, b, c, d] = [column('a', 1), numbers(table, 'b'), column('c', 0), column('d', 1)];
  return a.map((slope, j) => ({ model: 'logistic', a: slope, b: b[j] ?? NaN, c: c[j] ?? 0, d: d[j] ?? 1 }));
}
