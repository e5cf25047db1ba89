import { gaussHermite, normalGrid, type Quadrature } from '../../scoring/numeric/quadrature.ts';

const number = String.raw`(-?\d*\.?\d+)`;
const parInt = new RegExp(String.raw`parInt\s*=\s*c\(${number},\s*${number},\s*(\d+)\)`);
const bounds = new RegExp(String.raw`\[\s*${number}\s*,\s*${number}\s*\]`);
const points = /(\d+)[- ](?:point|equal|node)|\((\d+) (?:points|nodes)/;
const hermite = /GHk\s*=\s*(\d+)/;

/**
 * The quadrature that words of a case declare: "161-point trapezoid rule on [-4,4]", "parInt=c(-4,4,33)", "GHk=61", "Gauss-Hermite (61
 * points)". Undefined when they declare none.
 */
export function readQuadrature(...words: readonly string[]): Quadrature | undefined {
  for (const text of words) {
    const known = hermite.exec(text)?.[1];
    if (known !== undefined) return gaussHermite(Number(known));
    const rule = /rectang/i.test(text) ? 'rectangle' : 'trapezoid';
    const interval = parInt.exec(text);
    if (interval !== null) {
      const [, low, high, count] = interval;
      return normalGrid({ points: Number(count), low: Number(low), high: Number(high), rule });
    }
    const found = points.exec(text);
    const count = found?.[1] ?? found?.[2];
    if (count === undefined) continue;
    if (/hermite/i.test(text)) return gaussHermite(Number(count));
    const [, low, high] = bounds.exec(text) ?? [];
    if (low !== undefined && high !== undefined)
      return normalGrid({ points: Number(count), low: Number(low), high: Number(high), rule });
  }
  return undefined;
}
