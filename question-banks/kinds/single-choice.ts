import type { SingleChoiceItem } from '../schema.ts';
import type { KindRules } from './kind-rules.ts';

/** One right option: mark 1 when chosen, 0 otherwise. The answer is the option's id, never its place. */
export const singleChoice: KindRules<SingleChoiceItem> = {
  keyed: true,
  attainableRange: () => ({ min: 0, max: 1 }),
  isAnswer: (item, _bank, value) => value === null || item.options.some((option) => option.id === value),
  employeeView: (item, _bank, formItem) => {
    const order = formItem.options ?? item.options.map((option) => option.id);
    const options = order.map((id) => {
      const option = item.options.find((one) => one.id === id);
      if (option === undefined) throw new RangeError(`item ${item.id} has no option ${id}`);
      return { id: option.id, value: option.id, text: option.text };
    });
    return { id: item.id, kind: 'single-choice', stem: item.stem, options };
  },
};
