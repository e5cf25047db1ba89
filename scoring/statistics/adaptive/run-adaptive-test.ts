import { pick } from '../../numeric/pick.ts';
import type { Ability } from '../irt/ability.ts';
import type { Pattern } from '../irt/answered-items.ts';
import type { CalibratedItem } from '../irt/item-curve.ts';
import { selectItem, type SelectionRules } from './select-item.ts';

/** When an adaptive test ends. */
export interface StopRules {
  /** end when the standard error is this small or smaller; absent: no such rule */
  readonly error?: number;
  /** the error is not looked at before this many items; 0 when absent */
  readonly least?: number;
  /** most items */
  readonly most: number;
}

export interface AdaptiveRules {
  /** ability assumed before the first answer; 0 when absent */
  readonly start?: number;
  readonly selection?: SelectionRules;
  readonly stop: StopRules;
}

/** One item of the test. */
export interface AdaptiveStep {
  /** place in the bank, from 0 */
  readonly item: number;
  /** information of the item at the ability known before it */
  readonly information: number;
  readonly answer: number;
  /** after the answer */
  readonly theta: number;
  readonly error: number;
}

/** Why the test ended: precise enough, longest allowed, or no item left. */
export type StopReason = 'error' | 'length' | 'bank';

export interface AdaptiveTest {
  readonly steps: readonly AdaptiveStep[];
  readonly stoppedBy: StopReason;
}

/** Ability from the answers so far: EAP, MAP, WLE … with its options bound. Items that were not given have null. */
export type AbilityEstimate = (items: readonly CalibratedItem[], pattern: Pattern) => Ability;

/**
 * Whether a test ends after an answer, and why; null: it goes on. The error is looked at first.
 * @param given number of items given
 * @param left number of items that may still be given
 */
export function stopReason(
  { error: enough, least = 0, most }: StopRules,
  error: number,
  given: number,
  left: number,
): StopReason | null {
  if (enough !== undefined && given >= least && error <= enough) return 'error';
  if (given >= most) return 'length';
  return left === 0 ? 'bank' : null;
}

/**
 * Runs a whole adaptive test with answers that are known or simulated. A live test takes the same steps one at a time: selectItem, the
 * answer, the estimate, stopReason.
 * @param answer category answered to the item at a place of the bank
 * @param draw random numbers, where the selection draws
 * @throws RangeError as selectItem does
 */
export function runAdaptiveTest(
  bank: readonly CalibratedItem[],
  estimate: AbilityEstimate,
  answer: (item: number) => number,
  { start = 0, selection = {}, stop }: AdaptiveRules,
  draw?: () => number,
): AdaptiveTest {
  const steps: AdaptiveStep[] = [];
  const passed: number[] = [];
  let theta = start;
  for (;;) {
    const given = steps.map(({ item }) => item);
    const chosen = steps.length < stop.most ? selectItem(bank, theta, given, selection, draw, passed) : null;
    if (chosen === null) return { steps, stoppedBy: steps.length >= stop.most ? 'length' : 'bank' };
    passed.push(...chosen.passed);
    const { item, information } = chosen;
    const own = answer(item);
    const items = [...given, item];
    const ability = estimate(
      items.map((place) => pick(bank, place)),
      [...steps.map((step) => step.answer), own],
    );
    theta = ability.theta;
    steps.push({ item, information, answer: own, theta, error: ability.error });
    const reason = stopReason(stop, ability.error, items.length, bank.length - items.length - passed.length);
    if (reason !== null) return { steps, stoppedBy: reason };
  }
}
