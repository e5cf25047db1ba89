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
  0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582,
  18154.981253343561249,
];
const middleBottom = [
  1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956,
];
const sideTop = [
  1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979,
  597.27027639480026226, 2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124,
  9842.7148383839780218,
];
const sideBottom = [
  1, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755,
  18615.571640885098091, 34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
];
const tailTop = [
  0.02307344176494017303, 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807,
  0.001421619193227893466, 2.9112874951168792e-5,
];
const tailBottom = [
  1, 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244,
  7.29751555083966205e-5,
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
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
  1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
];
const centreBottom = [
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1,
];
const nearTop = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
];
const nearBottom = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const farTop = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
  2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
];
const farBottom = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1,
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
