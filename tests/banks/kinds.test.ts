import { describe, expect, test } from '@jest/globals';
import type { Bank, Item } from '../../question-banks/schema.ts';
import {
  attainableRange,
  employeeView,
  isAnswer,
  isKeyed,
  itemKinds,
} from '../../question-banks/kinds/item-kinds.ts';
import type { ShownItem } from '../../server/wire/contract.ts';
import { validBank, validQuestionnaire } from './valid-bank.ts';

const firstItem = (bank: Bank): Item => {
  const [item] = bank.items;
  if (item === undefined) throw new Error('no item');
  return item;
};
const optionIds = (item: Item): string[] =>
  item.kind === 'single-choice' ? item.options.map((option) => option.id) : [];

describe('single choice', () => {
  const bank = validBank();
  const item = firstItem(bank);
  const ids = optionIds(item);

  test('gives 0 or 1 and has a key', () => {
    expect(attainableRange(item, bank)).toEqual({ min: 0, max: 1 });
    expect(isKeyed(item.kind)).toBe(true);
  });

  test('is answered by the id of one of its options, or by withdrawing', () => {
    for (const id of ids) expect(isAnswer(item, bank, id)).toBe(true);
    expect(isAnswer(item, bank, null)).toBe(true);
    for (const value of ['', 'zzz', '__proto__', 'toString', 0, 1, ids.length])
      expect(isAnswer(item, bank, value)).toBe(false);
  });

  test('is shown in the order of the form and with nothing but stem and options', () => {
    const order = ids.toReversed();
    const shown: ShownItem = employeeView(item, bank, { item: item.id, options: order });
    expect(shown.options.map((option) => option.id)).toEqual(order);
    expect(shown.options.map((option) => option.value)).toEqual(order);
    expect(Object.keys(shown).toSorted()).toEqual(['id', 'kind', 'options', 'stem']);
    for (const option of shown.options)
      expect(Object.keys(option).toSorted()).toEqual(['id', 'text', 'value']);
  });

  test('is shown in the order of the author when the form says nothing, as in practice', () => {
    expect(employeeView(item, bank, { item: item.id }).options.map((option) => option.id)).toEqual(ids);
  });

  test('refuses a form of another bank', () => {
    expect(() => employeeView(item, bank, { item: item.id, options: ['zzz'] })).toThrow(RangeError);
  });
});

describe('likert', () => {
  const bank = validQuestionnaire();
  const item = firstItem(bank);

  test('gives the values of its response scale and has no key', () => {
    expect(attainableRange(item, bank)).toEqual({ min: 1, max: 5 });
    expect(isKeyed(item.kind)).toBe(false);
    const other = validQuestionnaire();
    for (const scale of other.responseScales)
      scale.responses.forEach((response, index) => (response.value = [2, -3, 0, 7, 1][index] ?? 0));
    expect(attainableRange(firstItem(other), other)).toEqual({ min: -3, max: 7 });
  });

  test('is answered by a number of its response scale, or by withdrawing', () => {
    for (const value of [1, 2, 3, 4, 5, null]) expect(isAnswer(item, bank, value)).toBe(true);
    for (const value of [0, 6, -1, 1.5, '1', 'agreement']) expect(isAnswer(item, bank, value)).toBe(false);
  });

  test('is shown with the responses in their order', () => {
    const shown: ShownItem = employeeView(item, bank, { item: item.id });
    expect(shown).toMatchObject({ id: item.id, kind: 'likert', stem: item.stem });
    expect(shown.options.map(({ id, value }) => [id, value])).toEqual(
      [1, 2, 3, 4, 5].map((value) => [String(value), value]),
    );
    expect(Object.keys(shown).toSorted()).toEqual(['id', 'kind', 'options', 'stem']);
  });

  test('refuses a bank without its response scale', () => {
    expect(() => attainableRange(item, { ...bank, responseScales: [] })).toThrow(RangeError);
  });
});

test('no view tells key, source, topic, difficulty, draft or scale: canary values', () => {
  for (const bank of [validBank(), validQuestionnaire()]) {
    for (const item of [...bank.practice, ...bank.items]) {
      item.topic = 'canary-topic';
      item.difficulty = 0.123456;
      if (item.source !== undefined) item.source.sentence = 'canary-sentence';
      if (item.kind === 'single-choice') item.key = 'canary-option';
      const shown = JSON.stringify(employeeView(item, bank, { item: item.id }));
      expect(shown).not.toMatch(/canary|0\.123456|key|draft|reversed/);
    }
  }
});

test('the register has a row for every kind', () => {
  expect(Object.keys(itemKinds).toSorted()).toEqual(['likert', 'single-choice']);
});
