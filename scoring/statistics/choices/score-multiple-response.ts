/** How an item with several right options is marked; the bank declares one. */
export type MultipleResponseRule = 'all-or-nothing' | 'partial-with-penalty' | 'per-option';

const difference = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((option) => !b.has(option)).length;

/**
 * Mark 0…1 of an item with several right options.
 * - all-or-nothing: 1 when exactly the key is ticked
 * - partial-with-penalty: max(0, (hits - false ticks) / size of the key)
 * - per-option: share of all options that are treated right (ticked keys and unticked distractors); an empty answer is not 0 here
 * @param options number of options of the item
 * @throws RangeError for an empty key with partial-with-penalty
 */
export function scoreMultipleResponse(
  ticked: ReadonlySet<string>,
  key: ReadonlySet<string>,
  options: number,
  rule: MultipleResponseRule,
): number {
  const wrong = difference(ticked, key);
  const missed = difference(key, ticked);
  switch (rule) {
    case 'all-or-nothing':
      return wrong === 0 && missed === 0 ? 1 : 0;
    case 'partial-with-penalty':
      if (key.size === 0) throw new RangeError('an empty key');
      return Math.max(0, (key.size - missed - wrong) / key.size);
    case 'per-option':
      return (options - wrong - missed) / options;
  }
}
