import { findRoot } from '../../numeric/find-root.ts';
import { pick } from '../../numeric/pick.ts';

/** Where abilities are sought. */
export interface AbilityRange {
  readonly low: number;
  readonly high: number;
}

export const usualRange: AbilityRange = { low: -4, high: 4 };

/** Grid intervals of the search: steps of 0.1 on -4…4, finer than two maxima of one person lie apart. */
const intervals = 80;

export interface Highest {
  readonly theta: number;
  /** true: the function still rises at an end of the range, so the maximum lies outside, or nowhere */
  readonly atLimit: boolean;
}

/**
 * The highest point in a range of a function known by its slope. The slope is added up over a grid (trapezoid rule) to compare several
 * maxima — with guessing parameters there may be several — and the best one is made exact as a root of the slope.
 */
export function maximiseBySlope(slope: (theta: number) => number, { low, high }: AbilityRange): Highest {
  const thetas = Array.from({ length: intervals + 1 }, (_, g) => low + ((high - low) * g) / intervals);
  const slopes = thetas.map(slope);
  let height = 0;
  let highest = 0;
  let best = 0;
  for (let g = 1; g <= intervals; g++) {
    height += pick(slopes, g - 1) + pick(slopes, g);
    if (height > highest) {
      highest = height;
      best = g;
    }
  }
  // the top lies where the slope turns from + to -, in the interval on one side of the best point or the other
  const left = pick(slopes, best) > 0 ? best : best - 1;
  if (left < 0) return { theta: low, atLimit: true };
  if (left === intervals) return { theta: high, atLimit: true };
  return { theta: findRoot(slope, pick(thetas, left), pick(thetas, left + 1)), atLimit: false };
}
