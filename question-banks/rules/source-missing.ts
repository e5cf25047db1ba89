import type { BankRule } from '../rule.ts';
import { quote } from '../quote.ts';

/** A knowledge item that can be drawn names the act, article and sentence that make its key right. */
export const sourceMissing: BankRule = {
  name: 'source-missing',
  check: (bank) =>
    bank.kind !== 'knowledge'
      ? []
      : bank.items.flatMap((item, index) =>
          item.draft === true || item.source !== undefined
            ? []
            : [
                {
                  path: `/items/${index}`,
                  rule: 'source-missing',
                  params: { item: item.id },
                  text: `item ${quote(item.id)} has no "source", so nobody can check its key; add act, article, edition and sentence, or set "draft" to true`,
                },
              ],
        ),
};
