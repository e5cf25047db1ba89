import { compare, type Got, type Miss } from './compare.ts';
import { type Family, findInFamily, type Found } from './family.ts';
import type { Case, Check } from './read-case.ts';

/** family name → its checks */
export type Families = ReadonlyMap<string, Family>;

export type Outcome =
  | { readonly result: 'passed'; readonly check: Check; readonly given: boolean }
  | { readonly result: 'skipped'; readonly check: Check; readonly reason: string }
  | {
      readonly result: 'failed';
      readonly check: Check;
      readonly reason: string;
      readonly misses: readonly Miss[];
    };

/** The family whose name is the id or begins it, up to a hyphen; the longest of them. */
export function familyOf(id: string, families: Families): string | undefined {
  return [...families.keys()]
    .filter((name) => id === name || id.startsWith(`${name}-`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** In the family of the case; else, where exactly one other family computes a check of that name, in that one. */
function findCheck(id: string, name: string, families: Families): Found | undefined {
  const family = families.get(familyOf(id, families) ?? '');
  const own = family === undefined ? undefined : findInFamily(family, name);
  if (own !== undefined) return own;
  const elsewhere = [...families.values()].flatMap((other) => {
    const found = other.anyOther === undefined ? findInFamily(other, name) : undefined;
    return found?.how === 'compute' ? [found] : [];
  });
  return elsewhere.length === 1 ? elsewhere[0] : undefined;
}

function runCheck(one: Case, check: Check, families: Families): Outcome {
  const fail = (reason: string, misses: readonly Miss[] = []): Outcome => ({
    result: 'failed',
    check,
    reason,
    misses,
  });
  const found = findCheck(one.id, check.name, families);
  if (found === undefined) return fail('no mapping to the engine');
  if (found.how === 'out-of-scope') return { result: 'skipped', check, reason: found.reason };
  if (found.how === 'given') return { result: 'passed', check, given: true };
  let got: Got;
  try {
    got = found.compute(one, check);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const misses = compare(check.value, got, check.tol);
  return misses.length === 0 ? { result: 'passed', check, given: false } : fail('', misses);
}

/** Every check of a case through the engine. */
export const runCase = (one: Case, families: Families): Outcome[] =>
  one.checks.map((check) => runCheck(one, check, families));
