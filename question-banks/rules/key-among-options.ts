import type { BankRule } from '../rule.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

/** A key that is no option would make the item unanswerable. */
export const keyAmongOptions: BankRule = {
  name: 'key-among-options',
  check: (bank) =>
    itemsInBank(bank).flatMap(({ item, path }) =>
      item.kind !== 'single-choice' || item.options.some((option) => option.id === item.key)
        ? []
        : [
            {
              path: `${path}/key`,
              rule: 'key-among-options',
              params: { item: item.id, key: item.key },
              text: `the key ${quote(item.key)} is not the id of an option; use one of ${item.options.map(({ id }) => quote(id)).join(', ')}`,
            },
          ],
    ),
};
