import type { Case } from './read-case.ts';

/** Computes something heavy of a case once, though several of its checks ask for it. */
export function once<T>(make: (one: Case) => T): (one: Case) => T {
  const known = new WeakMap<Case, { readonly value: T }>();
  return (one) => {
    const held = known.get(one) ?? { value: make(one) };
    known.set(one, held);
    return held.value;
  };
}
