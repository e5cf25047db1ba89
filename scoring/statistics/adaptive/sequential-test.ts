import { log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import { answeredItems, type Pattern } from '../irt/answered-items.ts';
import { type CalibratedItem, itemCurve } from '../irt/item-curve.ts';

export interface SequentialRules {
  /** threshold on the ability scale */
  readonly cut: number;
  /** half of the zone around the threshold in which either result is tolerable; positive */
  readonly half: number;
  /** accepted share of wrong "above" and of wrong "below" at the ends of the zone; 0…0.5 */
  readonly wrongAbove: number;
  readonly wrongBelow: number;
}

export interface SequentialResult {
  /** log likelihood ratio of the upper end of the zone against the lower one */
  readonly logRatio: number;
  /** null: more items are needed */
  readonly side: 'above' | 'below' | null;
}

/**
 * Wald's sequential probability ratio test of an ability against a threshold: it ends as soon as the side is sure enough. For pilots only: it
 * treats persons near the threshold unequally long and gives no score that could be repeated on paper.
 * Source: A. Wald (1947), Sequential Analysis; T. J. H. M. Eggen (1999), Applied Psychological Measurement 23, 249–261.
 * @throws RangeError for rules outside their ranges, and as answeredItems does
 */
export function sequentialTest(
  items: readonly CalibratedItem[],
  pattern: Pattern,
  { cut, half, wrongAbove, wrongBelow }: SequentialRules,
): SequentialResult {
  const share = (value: number): boolean => value > 0 && value < 0.5;
  if (!(half > 0) || !share(wrongAbove) || !share(wrongBelow))
    throw new RangeError('half: positive; wrong shares: between 0 and 0.5');
  const logRatio = answeredItems(items, pattern).reduce(
    (sum, { item, answer }) =>
      sum +
      log(pick(itemCurve(item, cut + half).p, answer)) -
      log(pick(itemCurve(item, cut - half).p, answer)),
    0,
  );
  if (logRatio >= log((1 - wrongBelow) / wrongAbove)) return { logRatio, side: 'above' };
  return { logRatio, side: logRatio <= log(wrongBelow / (1 - wrongAbove)) ? 'below' : null };
}
