import { pick } from '../../numeric/pick.ts';
import { type CalibratedItem, type Curve, itemCurve } from './item-curve.ts';

/** One person's answers to a list of items: the category 0…m of each, null where there is none. */
export type Pattern = readonly (number | null)[];

/** An item with its answer. */
export interface AnsweredItem {
  /** place in the list, from 0 */
  readonly index: number;
  readonly item: CalibratedItem;
  readonly answer: number;
}

/** Categories of an item. */
export const categoryCount = (item: CalibratedItem): number =>
  item.model === 'logistic' ? 2 : item.thresholds.length + 1;

/**
 * The items that were answered.
 * @throws RangeError when the pattern has another length than the items, or an answer is no category of its item
 */
export function answeredItems(items: readonly CalibratedItem[], pattern: Pattern): AnsweredItem[] {
  if (items.length !== pattern.length) throw new RangeError('as many answers as items');
  return items.flatMap((item, j) => {
    const answer = pick(pattern, j);
    if (answer === null) return [];
    if (!Number.isInteger(answer) || answer < 0 || answer >= categoryCount(item))
      throw new RangeError(`answer ${answer} is no category of item ${j + 1}`);
    return [{ index: j, item, answer }];
  });
}

/** Sums over the answered items at one ability. */
export interface LikelihoodSlope {
  /** derivative of the log likelihood */
  readonly slope: number;
  /** Fisher information I = Σ P'²/P */
  readonly information: number;
  /** J = Σ P' P''/P, the term of Warm's correction */
  readonly bias: number;
}

/** Slope of the log likelihood, information and bias term at one ability. Categories of probability 0 add nothing. */
export function likelihoodSlope(answered: readonly AnsweredItem[], theta: number): LikelihoodSlope {
  let slope = 0;
  let information = 0;
  let bias = 0;
  for (const { item, answer } of answered) {
    const { p, dp, d2p }: Curve = itemCurve(item, theta);
    p.forEach((value, h) => {
      if (!(value > 0)) return;
      const ratio = pick(dp, h) / value;
      information += pick(dp, h) * ratio;
      bias += pick(d2p, h) * ratio;
      if (h === answer) slope += ratio;
    });
  }
  return { slope, information, bias };
}
