import { answered, type OpenRows, transpose } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/**
 * Difficulty of each item: mean mark; for marks 0/1 the share p of right answers (so high is easy). A missing answer counts as 0 (`wrong`) or not
 * at all (`excluded`); the bank says which.
 * @returns null for an item that nobody answered, with `excluded`
 */
export function itemDifficulty(marks: OpenRows, missing: 'wrong' | 'excluded' = 'wrong'): (number | null)[] {
  return transpose(marks).map((values) => {
    const counted = missing === 'wrong' ? values.map((value) => value ?? 0) : answered(values);
    return counted.length === 0 ? null : mean(counted);
  });
}
