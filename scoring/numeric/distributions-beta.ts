import { exp, log, log1p } from './elementary.ts';
import { deviance, stirlingError } from './distributions-gamma.ts';
import { findQuantile } from './find-quantile.ts';

const twoPi = 6.283185307179586;

/**
 * Binomial probability Γ(n+1)/(Γ(x+1)Γ(n-x+1)) p^x q^(n-x), for real 0 <= x <= n, by the saddle-point form; q = 1 - p is given apart
 * so that it keeps its precision.
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function binomialTerm(x: number, n: number, p: number, q: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (q === 0) return x === n ? 1 : 0;
  if (x < 0 || x > n) return 0;
  if (n === 0) return 1;
  if (x === 0) return exp(n * (p < q ? log1p(-p) : log(q)));
  if (x === n) return binomialTerm(0, n, q, p);
  const rest = n - x;
  const correction = stirlingError(n) - stirlingError(x) - stirlingError(rest);
  return exp(correction - deviance(x, n * p) - deviance(rest, n * q)) * Math.sqrt(n / (twoPi * x * rest));
}

/** Continued fraction of the incomplete beta function, by Lentz's method; converges fast for x < (a+1)/(a+b+2). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 100000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return h;
}

/**
 * Regularised incomplete beta function I_x(a, b) (lower) and 1 - I_x(a, b) (upper); y = 1 - x is given apart. Relative error about 1e-14 in
 * the tail that is computed directly.
 * Source: Abramowitz & Stegun 26.5.8; front factor by Loader (2000).
 */
export function incompleteBeta(
  a: number,
  b: number,
  x: number,
  y: number,
): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const front = binomialTerm(a, a + b, x, y);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, ((front * b) / (a + b)) * betaFraction(a, b, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, ((front * a) / (a + b)) * betaFraction(b, a, y));
  return { lower: 1 - upper, upper };
}

/** P(X <= x), beta distribution with shapes a and b. */
export const betaCdf = (x: number, a: number, b: number): number => incompleteBeta(a, b, x, 1 - x).lower;

/** Quantile of the beta distribution. @throws RangeError for p outside 0…1 */
export const betaQuantile = (p: number, a: number, b: number): number =>
  findQuantile((x) => incompleteBeta(a, b, x, 1 - x), p, 1 - p, 1);

/** Density of the beta distribution at x, with y = 1 - x; at the ends it may be Infinity. */
export function betaDensity(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return edgeDensity(a, b);
  if (y <= 0) return edgeDensity(b, a);
  // x^(a-1) y^(b-1) / B(a,b) = (a b / (a+b)) · binomialTerm(a; a+b) / (x y)
  return ((a * b) / (a + b)) * (binomialTerm(a, a + b, x, y) / x / y);
}

/** Density at the end whose own shape comes first. */
function edgeDensity(own: number, other: number): number {
  if (own === 1) return other;
  return own < 1 ? Infinity : 0;
}

/** Both tails of F: P(X <= x) and P(X > x). */
function fTails(x: number, df1: number, df2: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const sum = df1 * x + df2;
  return incompleteBeta(df1 / 2, df2 / 2, (df1 * x) / sum, df2 / sum);
}

/** P(X <= x), F distribution. @param df1 and df2 positive */
export const fCdf = (x: number, df1: number, df2: number): number => fTails(x, df1, df2).lower;

/** P(X > x), F distribution, exact in the upper tail. */
export const fUpper = (x: number, df1: number, df2: number): number => fTails(x, df1, df2).upper;

/** Quantile of the F distribution. @throws RangeError for p outside 0…1 */
export const fQuantile = (p: number, df1: number, df2: number): number =>
  findQuantile((x) => fTails(x, df1, df2), p, 1 - p, Infinity);

/** P(T > t) for t >= 0, Student's t. */
function studentTail(t: number, df: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  return incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)).lower / 2;
}

/** P(T <= t), Student's t distribution, exact in both tails. @param df positive */
export const studentCdf = (t: number, df: number): number =>
  t < 0 ? studentTail(-t, df) : 1 - studentTail(t, df);

/** P(|T| >= |t|), two-sided. */
export const studentTwoSided = (t: number, df: number): number => 2 * studentTail(Math.abs(t), df);

/** Quantile of Student's t distribution. @throws RangeError for p outside 0…1 */
export function studentQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('p: a number 0…1');
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // |T| has the distribution function 1 - 2 · tail
  const t = findQuantile(
    (x) => {
      const upper = 2 * studentTail(x, df);
      return { lower: 1 - upper, upper };
    },
    1 - 2 * tail,
    2 * tail,
    Infinity,
  );
  return p < 0.5 ? -t : t;
}

/** P(X = x), binomial distribution of n trials. @param x whole number; outside 0…n it is 0 */
export const binomialProbability = (x: number, n: number, p: number): number => binomialTerm(x, n, p, 1 - p);

/** P(X <= x), binomial distribution of n trials. @param x any number; its whole part counts */
export function binomialCdf(x: number, n: number, p: number): number {
  const k = Math.floor(x);
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(k + 1, n - k, p, 1 - p).upper;
}

/** Smallest whole x with P(X <= x) >= p, binomial distribution. @throws RangeError for p outside 0…1 */
export function binomialQuantile(p: number, n: number, chance: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('p: a number 0…1');
  let x = 0;
  while (x < n && binomialCdf(x, n, chance) < p) x += 1;
  return x;
}
