import { normalHalfWidth } from '../../numeric/distributions-normal.ts';

/**
 * Wilson's score interval of a proportion, without continuity correction; stays within 0…1 and is right for 0 of n.
 * Source: E. B. Wilson (1927), Journal of the American Statistical Association 22, 209–212.
 * @param n at least 1
 * @returns limits as shares
 */
export function wilsonInterval(count: number, n: number, level = 0.95): readonly [number, number] {
  if (!(n >= 1 && count >= 0 && count <= n)) throw new RangeError('a count of 0…n, n at least 1');
  const z = normalHalfWidth(level);
  const share = count / n;
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // exactly 0 and 1 at the ends, where the difference would leave dust
  return [count === 0 ? 0 : (centre - half) / scale, count === n ? 1 : (centre + half) / scale];
}
