import type { Problem } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { quote } from '../quote.ts';

/** Norms belong to scales and to a language of this bank, each scale once. */
export const normGroupScalesKnown: BankRule = {
  name: 'norm-group-scales-known',
  check: (bank) => {
    const known = new Set(bank.scales.map((scale) => scale.id));
    return bank.normGroups.flatMap((group, index) => {
      const told = (path: string, params: Problem['params'], text: string): Problem => ({
        path,
        rule: 'norm-group-scales-known',
        params: { group: group.id, ...params },
        text,
      });
      const problems: Problem[] = [];
      if (bank.languages[group.language] === undefined)
        problems.push(
          told(
            pointerTo('normGroups', index, 'language'),
            { language: group.language },
            `the bank does not declare the language ${quote(group.language)} of this norm group; correct it or declare the language`,
          ),
        );
      const seen = new Set<string>();
      group.scales.forEach(({ scale }, place) => {
        const path = pointerTo('normGroups', index, 'scales', place, 'scale');
        if (!known.has(scale))
          problems.push(
            told(
              path,
              { scale },
              `there is no scale ${quote(scale)}; add it to "scales" or correct the name`,
            ),
          );
        else if (seen.has(scale))
          problems.push(
            told(path, { scale }, `scale ${quote(scale)} already has norms in this group; keep one of them`),
          );
        seen.add(scale);
      });
      return problems;
    });
  },
};
