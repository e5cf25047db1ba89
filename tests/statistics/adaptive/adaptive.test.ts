import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AdaptiveRules,
  runAdaptiveTest,
  stopReason,
} from '../../../scoring/statistics/adaptive/run-adaptive-test.ts';
import { selectItem } from '../../../scoring/statistics/adaptive/select-item.ts';
import { sequentialTest } from '../../../scoring/statistics/adaptive/sequential-test.ts';
import { estimateEap } from '../../../scoring/statistics/irt/estimate-eap.ts';
import { itemInformation } from '../../../scoring/statistics/irt/information.ts';
import type { LogisticItem } from '../../../scoring/statistics/irt/logistic-curve.ts';
import { makeDraws } from '../draw.ts';
import { drawAnswer, twoParameterItem } from '../irt/items.ts';

const bankOf = (...difficulties: readonly number[]): LogisticItem[] =>
  difficulties.map((b) => ({ model: 'logistic', a: 1, b }));

/** 60 items, difficulties -2.5…2.5 */
const bank: LogisticItem[] = Array.from({ length: 60 }, (_, j) => ({
  model: 'logistic',
  a: 1 + 0.2 * (j % 4),
  b: -2.5 + (5 * j) / 59,
}));

describe('selection', () => {
  test('the most informative item that was not given; of equals the first', () => {
    fc.assert(
      fc.property(
        fc.array(twoParameterItem, { minLength: 2, maxLength: 15 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (items, theta) => {
          const first = selectItem(items, theta, []);
          const second = selectItem(items, theta, [first?.item ?? -1]);
          items.forEach((item, j) => {
            const information = itemInformation(item, theta);
            const most = j === first?.item ? first : second;
            expect(information).toBeLessThanOrEqual(first?.information ?? NaN);
            expect(information).toBeLessThanOrEqual(most?.information ?? NaN);
          });
          expect(second?.item).not.toBe(first?.item);
        },
      ),
    );
    expect(selectItem(bankOf(1, 0, 0), 0, [])?.item).toBe(1);
    expect(selectItem(bankOf(0), 0, [0])).toBeNull();
  });

  test('randomesque: from the best few', () => {
    const draws = [0, 0.34, 0.67, 0.999];
    const items = draws.map(
      (x) => selectItem(bankOf(3, 0.1, 0, 0.2, -3), 0, [], { drawFrom: 3 }, () => x)?.item,
    );
    expect(items).toEqual([2, 1, 3, 3]);
    expect(() => selectItem(bankOf(0, 1), 0, [], { drawFrom: 2 })).toThrow('random numbers');
    for (const drawFrom of [0, 1.5]) expect(() => selectItem(bank, 0, [], { drawFrom })).toThrow('drawFrom');
  });

  test('content: the area that lags most; an area without items left, or without a share, gives way', () => {
    const content = {
      areas: ['law', 'law', 'practice', 'practice', 'history'],
      shares: { law: 0.5, practice: 0.5, history: 0 },
    };
    const items = bankOf(0, 0.5, 0.1, 0.6, 0);
    const order: number[] = [];
    for (;;) {
      const next = selectItem(items, 0, order, { content });
      if (next === null) break;
      order.push(next.item);
    }
    expect(order).toEqual([0, 2, 1, 3]);
    expect(() => selectItem(items, 0, [], { content: { areas: ['law'], shares: { law: 1 } } })).toThrow(
      'a plan for every item',
    );
  });

  test('exposure: an item is passed over as its probability says; the last one is given', () => {
    const exposure = [0.2, 0.5, 1];
    const items = bankOf(0, 0.5, 1);
    expect(selectItem(items, 0, [], { exposure }, () => 0.1)).toMatchObject({ item: 0, passed: [] });
    expect(selectItem(items, 0, [], { exposure }, () => 0.3)).toMatchObject({ item: 1, passed: [0] });
    expect(selectItem(items, 0, [], { exposure }, () => 0.9)).toMatchObject({ item: 2, passed: [0, 1] });
    expect(selectItem(items, 0, [2], { exposure }, () => 0.9, [0])).toMatchObject({ item: 1, passed: [] });
    expect(() => selectItem(items, 0, [], { exposure: [1] })).toThrow('a plan for every item');
  });
});

describe('whole tests', () => {
  const rules: AdaptiveRules = { stop: { error: 0.35, least: 5, most: 25 } };
  const take = (theta: number, seed: number, own: AdaptiveRules = rules) => {
    const { uniform } = makeDraws(seed);
    return runAdaptiveTest(
      bank,
      (items, pattern) => estimateEap(items, pattern),
      (item) => drawAnswer(bank[item] ?? { model: 'logistic', a: 1, b: 0 }, theta, uniform),
      own,
      uniform,
    );
  };

  test('no item twice, one rule ends it, the ability is found', () => {
    let error = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const theta = -1.5 + (3 * seed) / 40;
      const { steps, stoppedBy } = take(theta, seed);
      expect(new Set(steps.map(({ item }) => item)).size).toBe(steps.length);
      const last = steps.at(-1);
      expect({ precise: (last?.error ?? NaN) <= 0.35, full: steps.length === 25 }).toMatchObject(
        stoppedBy === 'error' ? { precise: true } : { full: true },
      );
      expect(steps.length).toBeGreaterThanOrEqual(5);
      error += ((last?.theta ?? NaN) - theta) ** 2 / 40;
    }
    expect(Math.sqrt(error)).toBeLessThan(0.55);
  });

  test('the same draws make the same test', () => {
    const own: AdaptiveRules = {
      ...rules,
      start: 1,
      selection: { drawFrom: 4, exposure: bank.map(() => 0.7) },
    };
    expect(take(0.3, 7, own)).toEqual(take(0.3, 7, own));
    expect(take(0.3, 7, own)).not.toEqual(take(0.3, 8, own));
  });

  test('ends: length, and a bank that is used up', () => {
    const answer = (): number => 1;
    const estimate = (items: readonly LogisticItem[], pattern: readonly (number | null)[]) =>
      estimateEap(items, pattern);
    const small = bankOf(0, 1, 2);
    const run = (stop: AdaptiveRules['stop'], selection: AdaptiveRules['selection'] = {}) =>
      runAdaptiveTest(
        small,
        (items, pattern) =>
          estimate(
            items.filter((item) => item.model === 'logistic'),
            pattern,
          ),
        answer,
        { stop, selection },
        () => 0.99,
      );
    expect(run({ most: 2 })).toMatchObject({ stoppedBy: 'length', steps: [{ item: 0 }, { item: 1 }] });
    expect(run({ most: 0 })).toEqual({ stoppedBy: 'length', steps: [] });
    expect(run({ most: 9 })).toMatchObject({ stoppedBy: 'bank', steps: [{}, {}, {}] });
    // one area only is wanted, and it has one item
    const content = { areas: ['a', 'b', 'b'], shares: { a: 1 } };
    expect(run({ most: 9 }, { content })).toMatchObject({ stoppedBy: 'bank', steps: [{ item: 0 }] });
  });

  test('reasons to stop', () => {
    expect(stopReason({ error: 0.3, most: 10 }, 0.3, 1, 5)).toBe('error');
    expect(stopReason({ error: 0.3, least: 2, most: 10 }, 0.3, 1, 5)).toBeNull();
    expect(stopReason({ most: 10 }, 0.1, 10, 5)).toBe('length');
    expect(stopReason({ most: 10 }, 0.1, 9, 0)).toBe('bank');
  });
});

describe('sequential test', () => {
  const rules = { cut: 0, half: 0.3, wrongAbove: 0.05, wrongBelow: 0.05 };

  test('by hand: each right answer at the threshold adds 0.3 at a = 1', () => {
    const ratio = (theta: number): number => Math.log(1 / (1 + Math.exp(-theta)));
    const { logRatio, side } = sequentialTest(bankOf(0, 0), [1, 1], rules);
    expect(logRatio).toBeCloseTo(2 * (ratio(0.3) - ratio(-0.3)), 12);
    expect(side).toBeNull();
  });

  test('ends on either side, and errs no more often than accepted', () => {
    expect(
      sequentialTest(
        bankOf(...Array.from({ length: 12 }, () => 0)),
        Array.from({ length: 12 }, () => 1),
        rules,
      ).side,
    ).toBe('above');
    expect(
      sequentialTest(
        bankOf(...Array.from({ length: 12 }, () => 0)),
        Array.from({ length: 12 }, () => 0),
        rules,
      ).side,
    ).toBe('below');
    const { uniform } = makeDraws(91);
    const steep: LogisticItem = { model: 'logistic', a: 1.5, b: 0 };
    let wrong = 0;
    for (let person = 0; person < 200; person++) {
      const pattern: number[] = [];
      for (;;) {
        pattern.push(drawAnswer(steep, 0.3, uniform));
        const { side } = sequentialTest(
          pattern.map(() => steep),
          pattern,
          rules,
        );
        if (side === null) continue;
        if (side === 'below') wrong += 1;
        break;
      }
    }
    expect(wrong / 200).toBeLessThan(0.09);
  });

  test('refusals', () => {
    for (const bad of [{ half: 0 }, { wrongAbove: 0 }, { wrongBelow: 0.5 }])
      expect(() => sequentialTest(bankOf(0), [1], { ...rules, ...bad })).toThrow('half: positive');
  });
});
