import { sha256Hex } from '../../audit/chain.ts';
import { seededDraw } from '../../banks/seeded-draw.ts';

/** Draws of one actor of the drill: the same seed and label give the same acts and waits. */
export interface Draws {
  /** whole number from 0 to n - 1 */
  below(n: number): number;
  /** uniform in [0, 1) */
  unit(): number;
  /** whole number of milliseconds from least to most, both possible */
  ms(least: number, most: number): number;
  /** one element; undefined of an empty list */
  oneOf<T>(list: readonly T[]): T | undefined;
}

/** @param label names the actor, such as 'terminal/7' */
export function createDraws(seed: number, label: string): Draws {
  const below = seededDraw(sha256Hex(`adil-drill:${seed}`), label);
  return {
    below,
    unit: () => below(2 ** 24) / 2 ** 24,
    ms: (least, most) => least + below(most - least + 1),
    oneOf: (list) => (list.length === 0 ? undefined : list[below(list.length)]),
  };
}
