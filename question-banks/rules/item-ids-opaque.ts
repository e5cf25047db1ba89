import type { Bank, Problem, SingleChoiceItem } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

const tellingWords = ['key', 'correct', 'right', 'true', 'wrong'];
const places = new Set(['a', 'b', 'c', 'd']);

/** From so many items on, and in more than this share of them, the same place is a pattern that a person can find. */
const leastItems = 10;
const greatestShare = 0.6;

const tellingId = (what: string, id: string, path: string): Problem[] => {
  const word = tellingWords.find((one) => id.includes(one));
  if (word === undefined && !places.has(id)) return [];
  const why = word === undefined ? 'names a place' : `contains ${quote(word)}`;
  return [
    {
      path: `${path}/id`,
      rule: 'item-ids-opaque',
      params: { id },
      text: `the ${what} id ${quote(id)} ${why}; ids travel to the terminal and must tell nothing: use a random one, such as "k7f2q9"`,
    },
  ];
};

/** How often each place holds the key, and the place that holds it most often. */
const mostFrequent = (keyPlaces: readonly number[]): { place: number; count: number } => {
  const counts = new Map<number, number>();
  for (const place of keyPlaces) counts.set(place, (counts.get(place) ?? 0) + 1);
  return [...counts]
    .map(([place, count]) => ({ place, count }))
    .reduce((a, b) => (b.count > a.count ? b : a), { place: 0, count: 0 });
};

const keyInOnePlace = (items: readonly SingleChoiceItem[]): Problem[] => {
  const fixed = items.filter((item) => !item.shuffle);
  const { place, count } = mostFrequent(
    fixed.map((item) => item.options.findIndex((option) => option.id === item.key)),
  );
  if (fixed.length < leastItems || count <= greatestShare * fixed.length) return [];
  return [
    {
      path: '/items',
      rule: 'item-ids-opaque',
      params: { place: place + 1, count, items: fixed.length },
      text: `in ${count} of ${fixed.length} items that are not shuffled the key is option ${place + 1}; spread the keys, or set "shuffle" to true`,
    },
  ];
};

/**
 * Shuffled options still carry their ids. Where the key's id is the first (second…) of its item by alphabet far more often than
 * chance allows (above the share, and three standard deviations above an even spread), sorting the ids finds the keys.
 */
const keyByAlphabet = (items: readonly SingleChoiceItem[]): Problem[] => {
  const ranks = items.map((item) => item.options.filter((option) => option.id < item.key).length);
  const { place, count } = mostFrequent(ranks);
  const chances = items.map((item) => (item.options.length > place ? 1 / item.options.length : 0));
  const expected = chances.reduce((sum, p) => sum + p, 0);
  const deviation = Math.sqrt(chances.reduce((sum, p) => sum + p * (1 - p), 0));
  if (items.length < leastItems || count <= greatestShare * items.length || count <= expected + 3 * deviation)
    return [];
  return [
    {
      path: '/items',
      rule: 'item-ids-opaque',
      params: { rank: place + 1, count, items: items.length },
      text: `in ${count} of ${items.length} items the key has option id number ${place + 1} by alphabet, so sorting the ids finds the keys; give the options random ids`,
    },
  ];
};

const choiceItems = (bank: Bank): SingleChoiceItem[] =>
  bank.items.flatMap((item) => (item.kind === 'single-choice' ? [item] : []));

/** Neither ids nor places may tell the key: ids reach the terminal, and places are learnt by test-wise people. */
export const itemIdsOpaque: BankRule = {
  name: 'item-ids-opaque',
  check: (bank) => [
    ...itemsInBank(bank).flatMap(({ item, path }) => [
      ...tellingId('item', item.id, path),
      ...(item.kind === 'single-choice'
        ? item.options.flatMap((option, index) =>
            tellingId('option', option.id, path + pointerTo('options', index)),
          )
        : []),
    ]),
    ...keyInOnePlace(choiceItems(bank)),
    ...keyByAlphabet(choiceItems(bank)),
  ],
};
