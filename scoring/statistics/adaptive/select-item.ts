import { pick } from '../../numeric/pick.ts';
import type { CalibratedItem } from '../irt/item-curve.ts';
import { itemInformation } from '../irt/information.ts';

/** Content areas to be kept in balance. */
export interface ContentPlan {
  /** area of each item of the bank */
  readonly areas: readonly string[];
  /** wished share of each area; an area that is not named is never chosen */
  readonly shares: Readonly<Record<string, number>>;
}

export interface SelectionRules {
  /**
   * Randomesque: the item is drawn from this many of the most informative ones; 1 or absent: always the most informative. With more, good
   * items become less known.
   */
  readonly drawFrom?: number;
  /** the next item comes from the area that lags most behind its share */
  readonly content?: ContentPlan;
  /**
   * Sympson–Hetter: for each item the probability (0…1) that it is given once it is chosen; an item that is passed over is not looked at
   * again for this person. The last item that is left is given in any case.
   */
  readonly exposure?: readonly number[];
}

export interface Selected {
  /** place in the bank, from 0 */
  readonly item: number;
  readonly information: number;
  /** items that exposure control passed over, in order */
  readonly passed: readonly number[];
}

/** Area that lags most behind its share among those that still have items; of equals the one named first. */
function neediestArea(
  { areas, shares }: ContentPlan,
  given: readonly number[],
  open: readonly number[],
): string | null {
  let neediest: string | null = null;
  let largest = -Infinity;
  for (const [area, share] of Object.entries(shares)) {
    if (!(share > 0) || !open.some((j) => areas[j] === area)) continue;
    const lag = share - given.filter((j) => areas[j] === area).length / Math.max(1, given.length);
    if (lag > largest) {
      largest = lag;
      neediest = area;
    }
  }
  return neediest;
}

/**
 * Next item of an adaptive test: the one with the most Fisher information at the present ability, among those not yet given and not passed
 * over; of equals the first of the bank. Content balance chooses the area first, randomesque draws from the best few, exposure control may
 * pass an item over.
 * Source: F. M. Lord (1980), ch. 10; G. G. Kingsbury, A. R. Zara (1989), Applied Measurement in Education 2, 359–375 (randomesque, content);
 * J. B. Sympson, R. D. Hetter (1985), Proceedings of the Military Testing Association 27, 973–977.
 * @param theta present ability
 * @param given places of the items given so far
 * @param passed places that were passed over before
 * @param draw next random number 0 <= x < 1, asked for only where a rule draws; from the caller, so that the test can be repeated
 * @returns null when nothing is left
 * @throws RangeError for drawFrom below 1, or a plan or exposure list of another length than the bank
 */
export function selectItem(
  bank: readonly CalibratedItem[],
  theta: number,
  given: readonly number[],
  rules: SelectionRules = {},
  draw: () => number = noDraw,
  passed: readonly number[] = [],
): Selected | null {
  const { drawFrom = 1, content, exposure } = rules;
  if (!Number.isInteger(drawFrom) || drawFrom < 1)
    throw new RangeError('drawFrom: a whole number, 1 or more');
  if ((content && content.areas.length !== bank.length) || (exposure && exposure.length !== bank.length))
    throw new RangeError('a plan for every item of the bank');
  const gone = new Set([...given, ...passed]);
  let open = bank.map((_, j) => j).filter((j) => !gone.has(j));
  const skipped: number[] = [];

  for (;;) {
    const area = content && neediestArea(content, given, open);
    const pool = content ? open.filter((j) => content.areas[j] === area) : open;
    if (pool.length === 0) return null;
    const ranked = pool
      .map((item) => ({ item, information: itemInformation(pick(bank, item), theta) }))
      .sort((x, y) => y.information - x.information);
    const best = ranked.slice(0, drawFrom);
    const chosen = pick(best, best.length > 1 ? Math.floor(draw() * best.length) : 0);
    const chance = exposure ? pick(exposure, chosen.item) : 1;
    if (pool.length === 1 || chance >= 1 || draw() < chance) return { ...chosen, passed: skipped };
    skipped.push(chosen.item);
    open = open.filter((j) => j !== chosen.item);
  }
}

function noDraw(): never {
  throw new RangeError('these rules need random numbers');
}
