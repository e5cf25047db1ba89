/** 0.975 quantile of the standard normal distribution (AS 241; R: qnorm(0.975)): half-width of a two-sided 95 % interval. */
export const normal975 = 1.959963984540054;

/** 0.975 quantiles of Student's t for 1…30 degrees of freedom, four decimals (R: qt(0.975, 1:30)). */
const table = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
  2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
  2.0518, 2.0484, 2.0452, 2.0423,
];

/**
 * 0.975 quantile of Student's t. Above 30 degrees of freedom by the Cornish–Fisher series in 1/df (Abramowitz & Stegun 26.7.5), which
 * needs no transcendental function and errs there by less than 0.00001.
 * @param df whole number, at least 1
 */
export function student975(df: number): number {
  if (!Number.isInteger(df) || df < 1) throw new RangeError('df: a whole number from 1');
  const known = table[df - 1];
  if (known !== undefined) return known;
  const z = normal975;
  const z2 = z * z;
  return (
    z +
    (z * (z2 + 1)) / (4 * df) +
    (z * ((5 * z2 + 16) * z2 + 3)) / (96 * df * df) +
    (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / (384 * df * df * df)
  );
}
