import { gradedCurve, type GradedItem } from './graded-curve.ts';
import { logisticCurve, type LogisticItem } from './logistic-curve.ts';
import { partialCreditCurve, type PartialCreditItem } from './partial-credit-curve.ts';

/** What one item model says about each category 0…m at one ability: probability and its first two derivatives by ability. */
export interface Curve {
  readonly p: readonly number[];
  readonly dp: readonly number[];
  readonly d2p: readonly number[];
}

/** An item with known parameters. Answers are categories 0…m; for `logistic` 0 wrong, 1 right. */
export type CalibratedItem = LogisticItem | GradedItem | PartialCreditItem;

/** Probabilities of the categories of any item at one ability. */
export function itemCurve(item: CalibratedItem, theta: number): Curve {
  switch (item.model) {
    case 'logistic':
      return logisticCurve(item, theta);
    case 'graded':
      return gradedCurve(item, theta);
    case 'partial-credit':
      return partialCreditCurve(item, theta);
  }
}
