/** Digits that survive the noise of binary arithmetic; the rest is rubbed off before rounding. */
const significant = 12;

/**
 * The one rounding function: every number that leaves scoring went through it. Rounds half up in the sense of school and commerce:
 * halves go away from zero, the same on both sides, so that 2.5 → 3 and -2.5 → -3.
 *
 * It rounds the decimal number a person sees, not its binary neighbour: 1.005 → 1.01 although the machine holds 1.00499999999999989,
 * and 1.1 + 2.2 counts as 3.3. For that the value is first taken at 12 significant digits (ECMAScript Number.prototype.toPrecision, which is
 * exact) and then rounded on its digits. A value nearer than five parts in 10^13 to a half counts as that half. Negative zero becomes zero.
 *
 * @param value any finite number of magnitude below 10^(11 - decimals)
 * @param decimals whole number 0…6
 * @throws RangeError outside these bounds
 */
export function round(value: number, decimals: number): number {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6)
    throw new RangeError('decimals: a whole number 0…6');
  if (!Number.isFinite(value) || Math.abs(value) >= 10 ** (11 - decimals))
    throw new RangeError('value: too large to round, or not a number');
  if (value === 0) return 0;

  // d.ddddddddddd e x  =  digits · 10^(x - 11)
  const [mantissa = '', exponent = ''] = Math.abs(value)
    .toExponential(significant - 1)
    .split('e');
  const digits = BigInt(mantissa.replace('.', ''));
  const drop = significant - 1 - Number(exponent) - decimals;
  // drop > 0 always: |value| < 10^(11 - decimals); more than 13 digits dropped leaves nothing to round up
  const scaled =
    drop > significant + 1 ? 0n : (digits * 2n + 10n ** BigInt(drop)) / (2n * 10n ** BigInt(drop));
  const rounded = Number(`${scaled}e-${decimals}`);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
