import type { Problem } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { quote } from '../quote.ts';

/** A scale is a sum over likert items of this bank, each once. */
export const scalesKnown: BankRule = {
  name: 'scales-known',
  check: (bank) => {
    const kinds = new Map(bank.items.map((item) => [item.id, item.kind]));
    return bank.scales.flatMap((scale, index) => {
      const seen = new Set<string>();
      return scale.items.flatMap(({ item }, place): Problem[] => {
        const told = (text: string): Problem[] => [
          {
            path: pointerTo('scales', index, 'items', place, 'item'),
            rule: 'scales-known',
            params: { scale: scale.id, item },
            text,
          },
        ];
        const kind = kinds.get(item);
        if (kind === undefined)
          return told(
            `there is no item ${quote(item)} in "items"; remove it from the scale or correct the name`,
          );
        if (kind !== 'likert') return told(`item ${quote(item)} is ${kind}; a scale sums likert items only`);
        if (seen.has(item)) return told(`item ${quote(item)} is already in this scale; keep it once`);
        seen.add(item);
        return [];
      });
    });
  },
};
