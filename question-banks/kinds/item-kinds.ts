/**
 * The register of item kinds. A new kind is one branch of `Item` in schema.ts, one file here and one row below; the compiler
 * asks for the row in `itemKinds` and for the case in each function.
 */
import type { AnswerValue, Bank, FormItem, Item, ItemKind } from '../schema.ts';
import type { EmployeeItem } from './employee-view.ts';
import type { AttainableRange, KindRules } from './kind-rules.ts';
import { likert } from './likert.ts';
import { singleChoice } from './single-choice.ts';

export const itemKinds: { readonly [K in ItemKind]: KindRules<Extract<Item, { kind: K }>> } = {
  'single-choice': singleChoice,
  likert,
};

/** True when items of the kind have a right answer. */
export const isKeyed = (kind: ItemKind): boolean => itemKinds[kind].keyed;

/** Least and greatest mark of an answered item. `bank` must have passed `checkBank`. */
export const attainableRange = (item: Item, bank: Bank): AttainableRange => {
  switch (item.kind) {
    case 'single-choice':
      return itemKinds[item.kind].attainableRange(item, bank);
    case 'likert':
      return itemKinds[item.kind].attainableRange(item, bank);
  }
};

/** True when `value` can be stored as an answer to the item: an option id, a number of the response scale, or null (withdrawn). */
export const isAnswer = (item: Item, bank: Bank, value: AnswerValue): boolean => {
  switch (item.kind) {
    case 'single-choice':
      return itemKinds[item.kind].isAnswer(item, bank, value);
    case 'likert':
      return itemKinds[item.kind].isAnswer(item, bank, value);
  }
};

/**
 * What the terminal gets of an item: nothing that could tell the key.
 * @param formItem its place on the frozen form; for a practice item `{ item: id }`
 * @throws RangeError when form and bank do not belong together
 */
export const employeeView = (item: Item, bank: Bank, formItem: FormItem): EmployeeItem => {
  switch (item.kind) {
    case 'single-choice':
      return itemKinds[item.kind].employeeView(item, bank, formItem);
    case 'likert':
      return itemKinds[item.kind].employeeView(item, bank, formItem);
  }
};
