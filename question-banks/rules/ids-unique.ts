import type { Bank, Problem } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

interface Named {
  readonly id: string;
  readonly path: string;
}

const repeats = (what: string, all: readonly Named[]): Problem[] => {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { id, path } of all) {
    const before = first.get(id);
    if (before === undefined) first.set(id, path);
    else
      problems.push({
        path: `${path}/id`,
        rule: 'ids-unique',
        params: { id, first: before },
        text: `the ${what} id ${quote(id)} is already used at ${before}; give one of them another id`,
      });
  }
  return problems;
};

const named = (list: readonly { readonly id: string }[], ...place: (string | number)[]): Named[] =>
  list.map(({ id }, index) => ({ id, path: pointerTo(...place, index) }));

/** Answers, scores and norms are found by id: practice and counted items share one space, options have one per item. */
export const idsUnique: BankRule = {
  name: 'ids-unique',
  check: (bank: Bank) => {
    const items = itemsInBank(bank);
    return [
      ...repeats(
        'item',
        items.map(({ item, path }) => ({ id: item.id, path })),
      ),
      ...items.flatMap(({ item, path }) =>
        item.kind === 'single-choice'
          ? repeats(
              'option',
              item.options.map(({ id }, index) => ({ id, path: path + pointerTo('options', index) })),
            )
          : [],
      ),
      ...repeats('topic', named(bank.topics, 'topics')),
      ...repeats('response scale', named(bank.responseScales, 'responseScales')),
      ...repeats('scale', named(bank.scales, 'scales')),
      ...repeats('norm group', named(bank.normGroups, 'normGroups')),
    ];
  },
};
