import type { Bank, Problem } from './schema.ts';

/** One semantic rule of banks: a name, equal to its file's name, and a pure check that reports every breach at once. */
export interface BankRule {
  readonly name: string;
  check(bank: Bank): Problem[];
}
