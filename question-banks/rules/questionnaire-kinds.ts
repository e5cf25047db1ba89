import type { BankRule } from '../rule.ts';
import { isKeyed } from '../kinds/item-kinds.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

/** A questionnaire describes a person and has no right answers; knowledge and ability banks have nothing else. */
export const questionnaireKinds: BankRule = {
  name: 'questionnaire-kinds',
  check: (bank) => {
    const keyed = bank.kind !== 'questionnaire';
    return itemsInBank(bank).flatMap(({ item, path }) =>
      isKeyed(item.kind) === keyed
        ? []
        : [
            {
              path: `${path}/kind`,
              rule: 'questionnaire-kinds',
              params: { item: item.id, kind: item.kind, bank: bank.kind },
              text: keyed
                ? `item ${quote(item.id)} has no right answer, so it does not belong in a ${bank.kind} bank; move it to a questionnaire`
                : `item ${quote(item.id)} has a right answer, so it does not belong in a questionnaire; move it to a knowledge or ability bank`,
            },
          ],
    );
  },
};
