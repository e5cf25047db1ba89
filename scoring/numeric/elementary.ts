/**
 * exp, log and their relatives, in additions, multiplications and divisions alone. ECMAScript leaves Math.exp, Math.log and Math.pow to the
 * engine; a number that must be recomputed to the last bit on another machine may not rest on them. Errors are about one unit in the last
 * place for exp and log, and below four for expm1 and log1p (tests/statistics/elementary.test.ts).
 */

// looked up once: a global is slow to reach where code runs in a context of its own, as in code tests
const { abs, floor, LN2, SQRT2 } = Math;
const { isNaN } = Number;

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

const bits = new DataView(new ArrayBuffer(8));

/** 2^k, exactly; k whole, -1022…1023. */
function twoTo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x = fraction · 2^exponent, fraction in [sqrt(1/2), sqrt(2)); x positive and finite. */
function split(x: number): { fraction: number; exponent: number } {
  const lifted = x < 2.2250738585072014e-308;
  bits.setFloat64(0, lifted ? x * 18014398509481984 : x);
  const high = bits.getUint32(0);
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  const fraction = bits.getFloat64(0);
  const exponent = (high >>> 20) - 1023 - (lifted ? 54 : 0);
  return fraction < SQRT2 ? { fraction, exponent } : { fraction: fraction / 2, exponent: exponent + 1 };
}

/** 1/k! for k = 14 down to 2. */
const inverseFactorials = [
  1 / 87178291200,
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  1 / 2,
];

/** e^r - 1 - r for |r| <= ln(2)/2: the Taylor series to r^14, remainder below 2^-63. */
function exponentialTail(r: number): number {
  let sum = 0;
  for (const term of inverseFactorials) sum = sum * r + term;
  return sum * r * r;
}

/** e^x. Beyond the range of a double: 0 or Infinity. */
export function exp(x: number): number {
  if (isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = floor(x / LN2 + 0.5);
  const high = x - k * ln2High;
  const r = high - k * ln2Low;
  const correction = high - r - k * ln2Low;
  const value = 1 + (r + (correction + exponentialTail(r)));
  // in two steps, since 2^1024 is no double and a subnormal result must be rounded once
  const half = k >> 1;
  return value * twoTo(half) * twoTo(k - half);
}

/** e^x - 1, without cancellation near 0. */
export function expm1(x: number): number {
  return abs(x) <= 0.34 ? x + exponentialTail(x) : exp(x) - 1;
}

/** 1/(2k+1) for k = 11 down to 1. */
const inverseOdds = [1 / 23, 1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3];

/** log(1 + f) for 1 + f in [sqrt(1/2), sqrt(2)): 2 artanh(s), s = f/(2 + f), written so that f itself leads. */
function logNearOne(f: number): number {
  const s = f / (2 + f);
  const s2 = s * s;
  let series = 0;
  for (const term of inverseOdds) series = series * s2 + term;
  // 2s = f - s f, and s (f²/2) … : log(1+f) = f - (f²/2 - s (f²/2 + 2 s² series))
  const halfSquare = 0.5 * f * f;
  return f - (halfSquare - s * (halfSquare + 2 * s2 * series));
}

/** Natural logarithm. log(0) = -Infinity; of a negative number NaN. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  if (!(x > 0)) return NaN;
  const { fraction, exponent } = split(x);
  const near = logNearOne(fraction - 1);
  return exponent === 0 ? near : exponent * ln2High + (near + exponent * ln2Low);
}

/** log(1 + x), without cancellation near 0. */
export function log1p(x: number): number {
  return x > -0.29 && x < 0.41 ? logNearOne(x) : log(1 + x);
}

/** x^y for x >= 0 and any y, as e^(y log x): relative error up to |y log x| units in the last place. 0^0 = 1. */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  return exp(y * log(x));
}
