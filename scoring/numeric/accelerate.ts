import { at } from './at.ts';

export interface Step {
  /** what the step is to increase, at the point it starts from */
  readonly value: number;
  readonly next: Float64Array;
}

export interface FixedPoint {
  readonly point: Float64Array;
  /** value at the last point but one, from which the last step was smaller than the tolerance */
  readonly value: number;
  /** steps taken */
  readonly turns: number;
  readonly converged: boolean;
}

/**
 * Repeats a step that never lowers its value (such as one turn of the EM algorithm) until it stands still, and leaps ahead along the path
 * between steps. A leap that lowers the value, or leads where there is none, is taken back, so the value rises as with the plain step.
 * Source: R. Varadhan, C. Roland (2008), Scandinavian Journal of Statistics 35, 335–353 (SQUAREM, scheme S3).
 * @param tolerance stop when no coordinate moves more in one step
 * @param limit most steps
 */
export function accelerate(
  take: (point: Float64Array) => Step,
  start: Float64Array,
  tolerance: number,
  limit: number,
): FixedPoint {
  let point = start;
  let first = take(point);
  let turns = 1;
  while (largestMove(point, first.next) > tolerance && turns < limit) {
    const second = take(first.next);
    const leap = extrapolate(point, first.next, second.next);
    const third = take(leap);
    turns += 2;
    if (third.value >= first.value) {
      point = leap;
      first = third;
    } else {
      point = second.next;
      first = take(point);
      turns += 1;
    }
  }
  return {
    point: first.next,
    value: first.value,
    turns,
    converged: largestMove(point, first.next) <= tolerance,
  };
}

function largestMove(from: Float64Array, to: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < from.length; i++) largest = Math.max(largest, Math.abs(at(to, i) - at(from, i)));
  return largest;
}

function extrapolate(zero: Float64Array, one: Float64Array, two: Float64Array): Float64Array {
  let r2 = 0;
  let v2 = 0;
  for (let i = 0; i < zero.length; i++) {
    const r = at(one, i) - at(zero, i);
    const v = at(two, i) - at(one, i) - r;
    r2 += r * r;
    v2 += v * v;
  }
  const length = v2 > 0 ? Math.max(1, Math.sqrt(r2 / v2)) : 1;
  return zero.map((z, i) => {
    const r = at(one, i) - z;
    const v = at(two, i) - at(one, i) - r;
    return z + 2 * length * r + length * length * v;
  });
}
