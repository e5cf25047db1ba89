import { apply, identity } from './matrix.ts';
import { pick } from './pick.ts';

export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  readonly turns: number;
  /** false: the limit of turns was reached before the slope vanished */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  /** slope; central differences of f when absent */
  readonly gradient?: (point: readonly number[]) => number[];
  /** bounds of every coordinate; none when absent */
  readonly low?: number;
  readonly high?: number;
  /** stop when no free slope is larger; 1e-9 when absent */
  readonly tolerance?: number;
  /** most turns; 1000 when absent */
  readonly turns?: number;
}

/** Central differences, step 1e-5 of the coordinate (1e-5 near 0). */
function differences(f: (point: readonly number[]) => number, point: readonly number[]): number[] {
  return point.map((value, i) => {
    const step = 1e-5 * Math.max(1, Math.abs(value));
    return (f(point.with(i, value + step)) - f(point.with(i, value - step))) / (2 * step);
  });
}

/**
 * Minimum of a smooth function by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno, with step halving; a coordinate that a
 * bound holds is left out of the step. It finds a local minimum near the start; where several are possible the caller compares.
 * Source: J. Nocedal, S. J. Wright (2006), Numerical Optimization, chapters 6 and 16.7 (gradient projection).
 */
export function minimise(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  options: MinimiseOptions = {},
): Minimum {
  const { low = -Infinity, high = Infinity, tolerance = 1e-9, turns = 1000 } = options;
  const gradient = options.gradient ?? ((point: readonly number[]) => differences(f, point));
  const inside = (value: number): number => Math.min(high, Math.max(low, value));
  let point = start.map(inside);
  let value = f(point);
  let slope = gradient(point);
  let inverse = identity(point.length);
  let fresh = true;

  for (let turn = 0; turn < turns; turn++) {
    const held = point.map((x, i) => (x <= low && pick(slope, i) > 0) || (x >= high && pick(slope, i) < 0));
    const free = slope.map((g, i) => (pick(held, i) ? 0 : g));
    if (Math.max(...free.map(Math.abs)) <= tolerance) return { point, value, turns: turn, converged: true };

    const step = apply(inverse, free).map((d, i) => (pick(held, i) ? 0 : -d));
    const descent = step.reduce((total, d, i) => total + d * pick(free, i), 0);
    let share = fresh ? Math.min(1, 1 / Math.sqrt(-descent)) : 1;
    let next = point;
    let nextValue = Infinity;
    for (let half = 0; half < 40; half++) {
      const tried = point.map((x, i) => inside(x + share * pick(step, i)));
      const triedValue = f(tried);
      next = tried;
      nextValue = triedValue;
      if (triedValue <= value + 1e-4 * share * descent) break;
      share /= 2;
    }
    if (!(nextValue < value)) {
      if (fresh)
        return { point, value, turns: turn, converged: Math.max(...free.map(Math.abs)) <= 1e3 * tolerance };
      inverse = identity(point.length);
      fresh = true;
      continue;
    }
    const nextSlope = gradient(next);
    const moved = next.map((x, i) => x - pick(point, i));
    const turned = nextSlope.map((g, i) => g - pick(slope, i));
    inverse = updated(inverse, moved, turned, fresh);
    fresh = false;
    point = next;
    value = nextValue;
    slope = nextSlope;
  }
  return { point, value, turns, converged: false };
}

/** Update of the inverse second derivatives; left as it is where the slope did not turn with the step. */
function updated(
  inverse: number[][],
  moved: readonly number[],
  turned: readonly number[],
  fresh: boolean,
): number[][] {
  const along = moved.reduce((total, m, i) => total + m * pick(turned, i), 0);
  const square = turned.reduce((total, t) => total + t * t, 0);
  if (!(along > 1e-14 * square)) return inverse;
  const from = fresh ? inverse.map((row) => row.map((x) => (x * along) / square)) : inverse;
  const through = apply(from, turned);
  const curve = turned.reduce((total, t, i) => total + t * pick(through, i), 0);
  return from.map((row, i) =>
    row.map(
      (x, j) =>
        x +
        ((1 + curve / along) * pick(moved, i) * pick(moved, j)) / along -
        (pick(through, i) * pick(moved, j) + pick(moved, i) * pick(through, j)) / along,
    ),
  );
}
