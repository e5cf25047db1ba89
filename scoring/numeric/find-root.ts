/**
 * Root of a continuous function between two points of unlike sign, to the precision of a double.
 * Source: R. P. Brent (1973), Algorithms for Minimization without Derivatives, chapter 4 (zeroin): inverse quadratic or linear
 * interpolation where it is safe, bisection otherwise.
 * @throws RangeError when f has the same sign at both ends
 */
export function findRoot(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0)) throw new RangeError('no change of sign between the ends');
  let c = a;
  let fc = fa;
  let step = b - a;
  let last = step;

  for (let turn = 0; turn < 400; turn++) {
    if (fb < 0 === fc < 0) {
      c = a;
      fc = fa;
      step = b - a;
      last = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const tolerance = 2 * Number.EPSILON * Math.abs(b) + Number.MIN_VALUE;
    const half = (c - b) / 2;
    if (Math.abs(half) <= tolerance || fb === 0) break;

    let p = half;
    let q = 0;
    if (Math.abs(last) >= tolerance && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const u = fa / fc;
        const r = fb / fc;
        p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
    }
    const safe = q !== 0 && 2 * p < Math.min(3 * half * q - Math.abs(tolerance * q), Math.abs(last * q));
    last = safe ? step : half;
    step = safe ? p / q : half;
    a = b;
    fa = fb;
    b += Math.abs(step) > tolerance ? step : half > 0 ? tolerance : -tolerance;
    fb = f(b);
  }
  return b;
}
