import fc from 'fast-check';
import type { CalibratedItem } from '../../../scoring/statistics/irt/item-curve.ts';
import { itemCurve } from '../../../scoring/statistics/irt/item-curve.ts';
import type { LogisticItem } from '../../../scoring/statistics/irt/logistic-curve.ts';
import { makeDraws } from '../draw.ts';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

export const twoParameterItem: fc.Arbitrary<LogisticItem> = fc.record({
  model: fc.constant('logistic' as const),
  a: between(0.3, 2.5),
  b: between(-2.5, 2.5),
});

const fourParameterItem: fc.Arbitrary<LogisticItem> = fc.record({
  model: fc.constant('logistic' as const),
  a: between(0.3, 2.5),
  b: between(-2.5, 2.5),
  c: between(0, 0.3),
  d: between(0.8, 1),
});

const thresholds = fc
  .array(between(0.2, 1.5), { minLength: 1, maxLength: 4 })
  .map((steps) => steps.map((_, h) => -1.5 + steps.slice(0, h + 1).reduce((sum, step) => sum + step, 0)));

const gradedItem: fc.Arbitrary<CalibratedItem> = fc.record({
  model: fc.constant('graded' as const),
  a: between(0.3, 2.5),
  thresholds,
});

const partialCreditItem: fc.Arbitrary<CalibratedItem> = fc.record({
  model: fc.constant('partial-credit' as const),
  a: between(0.3, 2),
  thresholds: fc.array(between(-2, 2), { minLength: 1, maxLength: 4 }),
});

export const anyItem: fc.Arbitrary<CalibratedItem> = fc.oneof(
  fourParameterItem,
  gradedItem,
  partialCreditItem,
);

/** An answer drawn by the model. */
export function drawAnswer(item: CalibratedItem, theta: number, uniform: () => number): number {
  const { p } = itemCurve(item, theta);
  let rest = uniform();
  const found = p.findIndex((share) => (rest -= share) < 0);
  return found < 0 ? p.length - 1 : found;
}

/** Answers of normally distributed people. */
export function drawRows(
  items: readonly CalibratedItem[],
  people: number,
  seed: number,
  shift = 0,
): number[][] {
  const { uniform, normal } = makeDraws(seed);
  return Array.from({ length: people }, () => {
    const theta = normal() + shift;
    return items.map((item) => drawAnswer(item, theta, uniform));
  });
}

/** 2PL items, spread evenly. */
export const spreadItems = (k: number): LogisticItem[] =>
  Array.from({ length: k }, (_, j) => ({
    model: 'logistic',
    a: 0.8 + 0.2 * (j % 5),
    b: -1.5 + (3 * j) / Math.max(1, k - 1),
  }));
