import type { AnswerValue, Bank, FormItem, Item } from '../schema.ts';
import type { EmployeeItem } from './employee-view.ts';

/** Marks an item can give: whole numbers or fractions, both ends attainable. */
export interface AttainableRange {
  readonly min: number;
  readonly max: number;
}

/** What the rest of the system has to know of one kind of item. All of it is pure; `bank` must have passed `checkBank`. */
export interface KindRules<I extends Item> {
  /** true: has a right answer, so it may count towards a threshold; false: it describes a person */
  readonly keyed: boolean;
  /** Least and greatest mark of an answered item. */
  attainableRange(item: I, bank: Bank): AttainableRange;
  /** True when the value can be stored as an answer to this item; null (answer withdrawn) always can. */
  isAnswer(item: I, bank: Bank, value: AnswerValue): boolean;
  /**
   * What the terminal shows.
   * @param formItem the item's place on the frozen form; without `options` the order is the author's
   * @throws RangeError when the form names an option that the item does not have
   */
  employeeView(item: I, bank: Bank, formItem: FormItem): EmployeeItem;
}
