import { exp, log } from './elementary.ts';

/** Horner's rule, highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

export const squareRootOf2Pi = 2.5066282746310002;

/** Density of the standard normal distribution. */
export const normalDensity = (x: number): number => exp(-0.5 * x * x) / squareRootOf2Pi;

// W. J. Cody (1969), Rational Chebyshev approximations for the error function, Mathematics of Computation 23, 631–637;
// in the arrangement for the normal distribution of Cody (1993), Algorithm 715, ACM Trans. Math. Softw. 19, 22–32.
const middleTop = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
];
const middleBottom = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const sideTop = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
];
const sideBottom = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
];
const tailTop = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  0.000029112874951168793,
];
const tailBottom = [
  1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
  0.00007297515550839662,
];

/** e^(-y²/2) with the square taken in two parts, so that its rounding error does not grow with y. */
function gauss(y: number): number {
  const coarse = Math.trunc(y * 16) / 16;
  return exp(-0.5 * coarse * coarse) * exp(-0.5 * (y - coarse) * (y + coarse));
}

/** P(Z > y) for y >= 0.67448975. */
function upperTail(y: number): number {
  if (y > 38.6) return 0;
  if (y <= 5.656854249492381) return (gauss(y) * polynomial(sideTop, y)) / polynomial(sideBottom, y);
  const inverse = 1 / (y * y);
  const ratio = (inverse * polynomial(tailTop, inverse)) / polynomial(tailBottom, inverse);
  return (gauss(y) * (1 / squareRootOf2Pi - ratio)) / y;
}

/**
 * P(Z <= x), standard normal. Relative error below 1e-14 in both tails. The other tail is normalCdf(-x).
 * Source: Cody (1969), as above.
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x);
  if (y < 0.67448975) {
    const square = x * x;
    return 0.5 + (x * polynomial(middleTop, square)) / polynomial(middleBottom, square);
  }
  const tail = upperTail(y);
  return x < 0 ? tail : 1 - tail;
}

// M. J. Wichura (1988), Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37, 477–484 (PPND16).
const centreTop = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const centreBottom = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const nearTop = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const nearBottom = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const farTop = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const farBottom = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

/**
 * x with P(Z <= x) = p, standard normal; relative error about 1e-15. 0 and 1 give -Infinity and Infinity.
 * Source: Wichura (1988), algorithm AS 241.
 * @param p 0…1
 * @throws RangeError outside 0…1
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('p: a number 0…1');
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreTop, r)) / polynomial(centreBottom, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-log(tail));
  const [top, bottom, at] = r <= 5 ? [nearTop, nearBottom, r - 1.6] : [farTop, farBottom, r - 5];
  const x = polynomial(top, at) / polynomial(bottom, at);
  return q < 0 ? -x : x;
}

/** Half-width of a two-sided interval in standard errors: normalQuantile((1 + level) / 2). */
export const normalHalfWidth = (level: number): number => normalQuantile((1 + level) / 2);

/** Both limits of estimate ± half. */
export const limitsAround = (estimate: number, half: number): readonly [number, number] => [
  estimate - half,
  estimate + half,
];
