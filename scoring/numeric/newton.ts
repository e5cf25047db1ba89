import { type Matrix, solve } from './matrix.ts';
import { pick } from './pick.ts';

/** A function to be made largest, at one point. */
export interface Peak {
  readonly value: number;
  readonly slope: readonly number[];
  /** negative second derivatives */
  readonly information: Matrix;
}

export interface Maximum extends Peak {
  readonly point: readonly number[];
  readonly turns: number;
  readonly converged: boolean;
}

/**
 * Maximum of a concave function by Newton's method, with step halving.
 * @param limit most turns
 * @param tolerance stop when no coordinate moves more
 * @throws RangeError when the second derivatives are singular: the data do not fix the point
 */
export function newtonMaximum(
  evaluate: (point: readonly number[]) => Peak,
  start: readonly number[],
  tolerance = 1e-10,
  limit = 100,
): Maximum {
  let point = start;
  let peak = evaluate(point);
  for (let turn = 1; turn <= limit; turn++) {
    const solution = solve(
      peak.information,
      peak.slope.map((g) => [g]),
    );
    if (solution === null) throw new RangeError('the data do not fix the parameters');
    const step = solution.map((row) => pick(row, 0));
    let share = 1;
    let next = point.map((x, i) => x + pick(step, i));
    let reached = evaluate(next);
    // a gain lost in rounding near the top is no reason to halve
    while (!(reached.value >= peak.value - 1e-11 * Math.abs(peak.value)) && share > 1e-6) {
      share /= 2;
      next = point.map((x, i) => x + share * pick(step, i));
      reached = evaluate(next);
    }
    point = next;
    peak = reached;
    if (share * Math.max(0, ...step.map(Math.abs)) <= tolerance)
      return { ...peak, point, turns: turn, converged: true };
  }
  return { ...peak, point, turns: limit, converged: false };
}
