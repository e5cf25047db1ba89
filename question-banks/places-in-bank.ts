import type { Bank, Item, Text } from './schema.ts';
import { pointerTo } from './json-pointer.ts';

/** All items a person can meet: practice first, then those that count, each with its JSON pointer. */
export const itemsInBank = (
  bank: Bank,
): { readonly item: Item; readonly path: string; readonly practice: boolean }[] => [
  ...bank.practice.map((item, index) => ({ item, path: pointerTo('practice', index), practice: true })),
  ...bank.items.map((item, index) => ({ item, path: pointerTo('items', index), practice: false })),
];

/** Every text that can come on a screen or on paper, with its JSON pointer, in the order of the schema. */
export const textsInBank = (bank: Bank): { readonly text: Text; readonly path: string }[] => {
  const texts: { text: Text; path: string }[] = [{ text: bank.title, path: '/title' }];
  for (const [language, state] of Object.entries(bank.languages))
    if (state.note !== undefined)
      texts.push({ text: state.note, path: pointerTo('languages', language, 'note') });
  texts.push({ text: bank.instructions, path: '/instructions' });
  for (const { item, path } of itemsInBank(bank)) {
    texts.push({ text: item.stem, path: `${path}/stem` });
    if (item.kind === 'single-choice')
      item.options.forEach((option, index) =>
        texts.push({ text: option.text, path: path + pointerTo('options', index, 'text') }),
      );
  }
  bank.topics.forEach((topic, index) =>
    texts.push({ text: topic.title, path: pointerTo('topics', index, 'title') }),
  );
  bank.responseScales.forEach((scale, index) =>
    scale.responses.forEach((response, place) =>
      texts.push({
        text: response.text,
        path: pointerTo('responseScales', index, 'responses', place, 'text'),
      }),
    ),
  );
  bank.scales.forEach((scale, index) =>
    texts.push({ text: scale.title, path: pointerTo('scales', index, 'title') }),
  );
  bank.normGroups.forEach((group, index) =>
    texts.push({ text: group.title, path: pointerTo('normGroups', index, 'title') }),
  );
  return texts;
};
