import { pick } from '../../numeric/pick.ts';
import { type CalibratedItem, type Curve, itemCurve } from './item-curve.ts';

/** Σ dp² / p over the categories; a category of probability 0 adds nothing. */
export const curveInformation = ({ p, dp }: Curve): number =>
  p.reduce((sum, value, h) => (value > 0 ? sum + (pick(dp, h) * pick(dp, h)) / value : sum), 0);

/**
 * Fisher information of one item: Σ P'² / P over its categories. For 2PL a²PQ, for 3PL a²(Q/P)((P - c)/(1 - c))².
 * Source: F. M. Lord (1980), Applications of Item Response Theory, section 5.
 */
export const itemInformation = (item: CalibratedItem, theta: number): number =>
  curveInformation(itemCurve(item, theta));

/** Information of a test: the sum over its items. */
export const testInformation = (items: readonly CalibratedItem[], theta: number): number =>
  items.reduce((sum, item) => sum + itemInformation(item, theta), 0);

/** Standard error of the maximum-likelihood ability: 1 / sqrt(information); Infinity where there is none. */
export const informationError = (information: number): number => 1 / Math.sqrt(information);
