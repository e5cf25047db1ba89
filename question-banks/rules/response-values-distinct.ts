import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';

/** An answer is stored as the value: two responses with one value could not be told apart. */
export const responseValuesDistinct: BankRule = {
  name: 'response-values-distinct',
  check: (bank) =>
    bank.responseScales.flatMap((scale, index) => {
      const seen = new Set<number>();
      return scale.responses.flatMap(({ value }, place) => {
        if (!seen.has(value)) {
          seen.add(value);
          return [];
        }
        return [
          {
            path: pointerTo('responseScales', index, 'responses', place, 'value'),
            rule: 'response-values-distinct',
            params: { scale: scale.id, value },
            text: `the value ${value} is already given to another response of this scale; use another number`,
          },
        ];
      });
    }),
};
