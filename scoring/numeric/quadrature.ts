import { at } from './at.ts';
import { exp } from './elementary.ts';
import { pick } from './pick.ts';

/** Points and weights that stand for a distribution: an integral over it becomes Σ weight · f(node). */
export interface Quadrature {
  /** ascending */
  readonly nodes: Float64Array;
  /** as many as nodes, not negative, sum 1 */
  readonly weights: Float64Array;
}

export interface NormalGrid {
  /** number of equally spaced points, ends included; whole, at least 2 */
  readonly points: number;
  readonly low: number;
  readonly high: number;
  /** mean and standard deviation of the normal distribution; 0 and 1 when absent */
  readonly mean?: number;
  readonly deviation?: number;
  /**
   * `trapezoid`: the two end points have half weight; `rectangle`: all alike. On -4…4 the two differ by up to 0.0044 for a person who
   * solved nothing, so the rule belongs to what is declared.
   */
  readonly rule: 'trapezoid' | 'rectangle';
}

/**
 * Normal distribution on equally spaced points: weights are densities, scaled to sum 1.
 * @throws RangeError for fewer than two points, or low >= high, or a deviation that is not positive
 */
export function normalGrid({ points, low, high, mean = 0, deviation = 1, rule }: NormalGrid): Quadrature {
  if (!Number.isInteger(points) || points < 2 || !(low < high) || !(deviation > 0))
    throw new RangeError('a grid needs two points or more, low < high, a positive deviation');
  const nodes = Float64Array.from({ length: points }, (_, q) => low + ((high - low) * q) / (points - 1));
  const weights = nodes.map((node) => {
    const z = (node - mean) / deviation;
    return exp(-0.5 * z * z);
  });
  if (rule === 'trapezoid') {
    weights[0] = at(weights, 0) / 2;
    weights[points - 1] = at(weights, points - 1) / 2;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { nodes, weights: weights.map((weight) => weight / sum) };
}

/**
 * Orthonormal Hermite functions at x, for the weight e^(-x²): value of degree n and of degree n - 1.
 * Source: recurrence of W. H. Press et al. (2007), Numerical Recipes, section 4.6.
 */
function hermite(n: number, x: number): readonly [value: number, before: number] {
  let before = 0;
  let value = 0.7511255444649425;
  for (let j = 0; j < n; j++) {
    const next = x * Math.sqrt(2 / (j + 1)) * value - Math.sqrt(j / (j + 1)) * before;
    before = value;
    value = next;
  }
  return [value, before];
}

/**
 * Gauss–Hermite quadrature for the standard normal distribution: exact for polynomials up to degree 2n - 1.
 * The roots are found between those of the polynomial one degree lower (they interlace), by bisection and Newton's method.
 * Source: M. Abramowitz, I. A. Stegun (1964), Handbook of Mathematical Functions, 25.4.46.
 * @param points whole number 1…120
 * @throws RangeError outside 1…120
 */
export function gaussHermite(points: number): Quadrature {
  if (!Number.isInteger(points) || points < 1 || points > 120)
    throw new RangeError('points: a whole number 1…120');
  let roots: readonly number[] = [];
  for (let n = 1; n <= points; n++) {
    const edge = Math.sqrt(2 * n + 2);
    const bounds = [-edge, ...roots, edge];
    roots = Array.from({ length: n }, (_, i) => root(n, pick(bounds, i), pick(bounds, i + 1)));
  }
  // symmetry, which bisection keeps only to the last digits
  const nodes = Float64Array.from(roots, (x, i) => (x - pick(roots, points - 1 - i)) / 2);
  const weights = nodes.map((x) => {
    const [, before] = hermite(points, x);
    // 2 / H'² with H' = sqrt(2n) H(n-1), relative to the integral sqrt(π) of e^(-x²)
    return 1 / (points * before * before * 1.772453850905516);
  });
  return { nodes: nodes.map((x) => x * Math.SQRT2), weights };
}

/** The root of the Hermite function of degree n between two points where it has unlike signs. */
function root(n: number, low: number, high: number): number {
  let left = low;
  let right = high;
  const rising = hermite(n, high)[0] > 0;
  for (let turn = 0; turn < 12; turn++) {
    const middle = (left + right) / 2;
    if (hermite(n, middle)[0] > 0 === rising) right = middle;
    else left = middle;
  }
  let x = (left + right) / 2;
  for (let turn = 0; turn < 6; turn++) {
    const [value, before] = hermite(n, x);
    x = Math.min(right, Math.max(left, x - value / (Math.sqrt(2 * n) * before)));
  }
  return x;
}
