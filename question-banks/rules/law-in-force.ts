import type { BankRule } from '../rule.ts';
import { declaredLanguages } from '../declared-languages.ts';
import { quote } from '../quote.ts';

/** What was checked against an edition that is not the one in force may serve for demonstration only. */
export const lawInForce: BankRule = {
  name: 'law-in-force',
  check: (bank) => {
    const beyond = declaredLanguages(bank).filter(
      (language) => bank.languages[language]?.use !== 'demonstration',
    );
    if (beyond.length === 0) return [];
    return bank.items.flatMap((item, index) =>
      item.draft === true || item.source === undefined || item.source.inForce
        ? []
        : [
            {
              path: `/items/${index}/source/inForce`,
              rule: 'law-in-force',
              params: { item: item.id, languages: beyond.join(' ') },
              text: `item ${quote(item.id)} rests on an edition that is not in force, but the bank is used beyond demonstration (${beyond.join(', ')}); check it against the edition in force, set "draft" to true, or set "use" to "demonstration"`,
            },
          ],
    );
  },
};
