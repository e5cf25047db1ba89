import type { Bank, Problem, Programme } from './schema.ts';
import type { PublicationKey } from './publication-key.ts';

/** The banks a programme may name, by id@version, each of them checked. */
export type BanksByKey = ReadonlyMap<PublicationKey, Bank>;

/** One semantic rule of programmes: a name, equal to its file's name, and a pure check that reports every breach at once. */
export interface ProgrammeRule {
  readonly name: string;
  check(programme: Programme, banks: BanksByKey): Problem[];
}
