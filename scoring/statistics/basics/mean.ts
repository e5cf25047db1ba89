import { sum } from '../rows.ts';

/** Arithmetic mean. @throws RangeError for an empty list */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('mean of nothing');
  return sum(values) / values.length;
}
