import type { Got } from './compare.ts';
import type { Case, Check } from './read-case.ts';

/** Computes one check of a case with the engine. */
export type Compute = (one: Case, check: Check) => Got;

/**
 * The checks of a family of cases. The file is named after the family: families/ctt.ts serves the cases ctt-…; the longest name that fits the id wins.
 * A name is looked up as it stands, then with its numbers as #: rciFirst# serves rciFirst40 and rciFirst25, and finds them in check.digits.
 */
export interface Family {
  readonly checks: Readonly<Record<string, Compute>>;
  /** for every other name, in a family whose checks say by themselves what to compute */
  readonly anyOther?: Compute;
  /** checks that give the engine its input instead of asking for a value: each with what is read from it */
  readonly given?: Readonly<Record<string, string>>;
  /** checks that the engine does not compute, each with the reason */
  readonly outOfScope?: Readonly<Record<string, string>>;
}

export const generalName = (name: string): string => name.replace(/\d+/g, '#');

export type Found =
  | { readonly how: 'compute'; readonly compute: Compute }
  | { readonly how: 'given'; readonly use: string }
  | { readonly how: 'out-of-scope'; readonly reason: string };

/** Looks a check up in one family. */
export function findInFamily(family: Family, name: string): Found | undefined {
  for (const key of [name, generalName(name)]) {
    const compute = family.checks[key];
    if (compute !== undefined) return { how: 'compute', compute };
    const use = family.given?.[key];
    if (use !== undefined) return { how: 'given', use };
    const reason = family.outOfScope?.[key];
    if (reason !== undefined) return { how: 'out-of-scope', reason };
  }
  return family.anyOther === undefined ? undefined : { how: 'compute', compute: family.anyOther };
}
