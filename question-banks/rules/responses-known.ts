import type { BankRule } from '../rule.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

/** A likert item without its response scale cannot be shown. */
export const responsesKnown: BankRule = {
  name: 'responses-known',
  check: (bank) => {
    const known = new Set(bank.responseScales.map((scale) => scale.id));
    return itemsInBank(bank).flatMap(({ item, path }) =>
      item.kind !== 'likert' || known.has(item.responses)
        ? []
        : [
            {
              path: `${path}/responses`,
              rule: 'responses-known',
              params: { item: item.id, responses: item.responses },
              text: `there is no response scale ${quote(item.responses)}; add it to "responseScales" or correct the name`,
            },
          ],
    );
  },
};
