import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accelerate } from '../../../scoring/numeric/accelerate.ts';
import { at, wholeAt } from '../../../scoring/numeric/at.ts';
import {
  apply,
  identity,
  inverseOf,
  invert,
  multiply,
  solveFor,
  symmetricEigen,
  transposed,
} from '../../../scoring/numeric/matrix.ts';
import { minimise } from '../../../scoring/numeric/minimise.ts';
import { newtonMaximum } from '../../../scoring/numeric/newton.ts';
import { gaussHermite, normalGrid } from '../../../scoring/numeric/quadrature.ts';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const square = (n: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(number, { minLength: n, maxLength: n }), { minLength: n, maxLength: n });

const expectMatrix = (
  got: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  digits: number,
): void => expect(got).toEqual(expected.map((row) => row.map((value) => expect.closeTo(value, digits))));

test('reading beyond a list is an error', () => {
  expect(at(Float64Array.of(1, 2), 1)).toBe(2);
  expect(() => at(Float64Array.of(1, 2), 2)).toThrow('no number 2 of 2');
  expect(wholeAt(Int32Array.of(1, 2), 0)).toBe(1);
  expect(() => wholeAt(Int32Array.of(1, 2), -1)).toThrow('no number');
});

describe('quadrature', () => {
  // moments of the standard normal distribution: 1, 0, 1, 0, 3, 0, 15, 0, 105
  const momentsOf = [1, 0, 1, 0, 3, 0, 15, 0, 105];

  test.each([5, 8, 21, 61, 100])(
    'Gauss–Hermite with %i points: the moments of a normal distribution',
    (points) => {
      const { nodes, weights } = gaussHermite(points);
      momentsOf.forEach((moment, power) => {
        const sum = nodes.reduce((total, node, q) => total + (weights[q] ?? NaN) * node ** power, 0);
        expect(sum).toBeCloseTo(moment, 9);
      });
      expect([...nodes]).toEqual([...nodes].toSorted((x, y) => x - y));
    },
  );

  test('one and two points by hand', () => {
    expect([...gaussHermite(1).nodes]).toEqual([0]);
    expect([...gaussHermite(2).nodes]).toEqual([expect.closeTo(-1, 14), expect.closeTo(1, 14)]);
    expect([...gaussHermite(2).weights]).toEqual([expect.closeTo(0.5, 14), expect.closeTo(0.5, 14)]);
  });

  test('grids: weights sum to 1; half weight at the ends of a trapezoid', () => {
    const rectangle = normalGrid({ points: 5, low: -2, high: 2, rule: 'rectangle' });
    const trapezoid = normalGrid({ points: 5, low: -2, high: 2, rule: 'trapezoid' });
    for (const { weights } of [rectangle, trapezoid])
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 14);
    const ends = ({ weights }: typeof rectangle): number => (weights[0] ?? NaN) / (weights[2] ?? NaN);
    expect(ends(rectangle)).toBeCloseTo(Math.exp(-2), 14);
    expect(ends(trapezoid)).toBeCloseTo(Math.exp(-2) / 2, 14);
    const moved = normalGrid({ points: 81, low: -7, high: 13, mean: 3, deviation: 2, rule: 'trapezoid' });
    expect(moved.nodes.reduce((sum, node, q) => sum + node * (moved.weights[q] ?? NaN), 0)).toBeCloseTo(3, 6);
  });

  test('refusals', () => {
    const grid = { points: 5, low: -2, high: 2, rule: 'rectangle' } as const;
    for (const bad of [{ points: 1 }, { points: 2.5 }, { low: 2 }, { low: NaN }, { deviation: 0 }])
      expect(() => normalGrid({ ...grid, ...bad })).toThrow('a grid needs');
    for (const bad of [0, 121, 2.5]) expect(() => gaussHermite(bad)).toThrow('1…120');
  });
});

describe('matrices', () => {
  test('inverse, product and solution', () => {
    fc.assert(
      fc.property(square(4), fc.array(number, { minLength: 4, maxLength: 4 }), (raw, b) => {
        // heavy diagonal: far from singular
        const matrix = raw.map((row, i) => row.map((x, j) => (i === j ? x + 20 : x)));
        expectMatrix(multiply(matrix, invert(matrix) ?? []), identity(4), 11);
        expect(apply(matrix, solveFor(matrix, b))).toEqual(b.map((x) => expect.closeTo(x, 11)));
      }),
    );
    expectMatrix(
      multiply(
        invert([
          [0, 2],
          [1, 0],
        ]) ?? [],
        [
          [0, 2],
          [1, 0],
        ],
      ),
      identity(2),
      14,
    );
  });

  test('a singular matrix has no inverse', () => {
    expect(
      invert([
        [1, 2],
        [2, 4],
      ]),
    ).toBeNull();
    expect(
      invert([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNull();
    expect(invert([[NaN]])).toBeNull();
    expect(() =>
      solveFor(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 1],
      ),
    ).toThrow('singular');
    expect(() =>
      inverseOf([
        [1, 2],
        [2, 4],
      ]),
    ).toThrow('singular');
    expect(inverseOf([[4]])).toEqual([[0.25]]);
  });

  test('eigenvectors rebuild a symmetric matrix', () => {
    fc.assert(
      fc.property(square(5), (raw) => {
        const matrix = raw.map((row, i) => row.map((x, j) => x + (raw[j]?.[i] ?? NaN)));
        const { values, vectors } = symmetricEigen(matrix);
        expect(values).toEqual(values.toSorted((x, y) => y - x));
        expectMatrix(multiply(vectors, transposed(vectors)), identity(5), 10);
        const rebuilt = multiply(
          transposed(vectors),
          vectors.map((v, i) => v.map((x) => x * (values[i] ?? NaN))),
        );
        expectMatrix(rebuilt, matrix, 9);
      }),
    );
  });
});

describe('minimise', () => {
  const rosenbrock = ([x = NaN, y = NaN]: readonly number[]): number =>
    (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);

  test('Rosenbrock’s valley, with differences and with slopes', () => {
    const gradient = ([x = NaN, y = NaN]: readonly number[]): number[] => [
      -2 * (1 - x) - 400 * x * (y - x * x),
      200 * (y - x * x),
    ];
    for (const options of [{}, { gradient }]) {
      const { point, converged } = minimise(rosenbrock, [-1.2, 1], { ...options, tolerance: 1e-7 });
      expect(converged).toBe(true);
      expect(point).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
    }
  });

  test('keeps to its bounds', () => {
    const bowl = ([x = NaN, y = NaN]: readonly number[]): number =>
      (x - 3) * (x - 3) + (y + 2) * (y + 2) + x * y;
    const { point, converged } = minimise(bowl, [0.5, 0.5], { low: 0, high: 1, tolerance: 1e-8 });
    expect(converged).toBe(true);
    expect(point).toEqual([1, 0]);
  });

  test('says when its turns did not suffice', () => {
    expect(minimise(rosenbrock, [-1.2, 1], { turns: 3 })).toMatchObject({ converged: false, turns: 3 });
  });

  test('a slope that leads upwards is given up', () => {
    const wrong = minimise(([x = NaN]) => x * x, [1], { gradient: ([x = NaN]) => [-2 * x] });
    expect(wrong.converged).toBe(false);
    expect(wrong.point).toEqual([1]);
  });

  test('steps around a place where there is no value', () => {
    // a wall at 0, and a minimum close to it
    const f = ([x = NaN]: readonly number[]): number => (x > 0 ? x - 0.01 * Math.log(x) : Infinity);
    const { point } = minimise(f, [5], { gradient: ([x = NaN]) => [1 - 0.01 / x], tolerance: 1e-8 });
    expect(point[0]).toBeCloseTo(0.01, 6);
  });

  test('many random bowls', () => {
    fc.assert(
      fc.property(square(3), fc.array(number, { minLength: 3, maxLength: 3 }), (raw, centre) => {
        const bowl = multiply(transposed(raw), raw).map((row, i) => row.map((x, j) => (i === j ? x + 1 : x)));
        const f = (point: readonly number[]): number => {
          const d = point.map((x, i) => x - (centre[i] ?? NaN));
          return apply(bowl, d).reduce((sum, x, i) => sum + x * (d[i] ?? NaN), 0);
        };
        const { point } = minimise(f, [0, 0, 0], { tolerance: 1e-7 });
        point.forEach((x, i) => expect(x).toBeCloseTo(centre[i] ?? NaN, 4));
      }),
    );
  });
});

describe('newtonMaximum', () => {
  test('halves steps that lead down', () => {
    // log cosh: a full step from 2 overshoots
    const { point, converged } = newtonMaximum(
      ([x = NaN]) => ({
        value: -Math.log(Math.cosh(x)),
        slope: [-Math.tanh(x)],
        information: [[1 / (Math.cosh(x) * Math.cosh(x))]],
      }),
      [2],
    );
    expect(converged).toBe(true);
    expect(point[0]).toBeCloseTo(0, 9);
  });

  test('needs curvature; says when its turns did not suffice; nothing to find is found', () => {
    expect(() => newtonMaximum(([x = NaN]) => ({ value: x, slope: [1], information: [[0]] }), [0])).toThrow(
      'do not fix',
    );
    const growing = newtonMaximum(
      ([x = NaN]) => ({ value: x, slope: [1], information: [[1]] }),
      [0],
      1e-9,
      4,
    );
    expect(growing).toMatchObject({ converged: false, turns: 4, point: [4] });
    expect(newtonMaximum(() => ({ value: 0, slope: [], information: [] }), [])).toMatchObject({
      converged: true,
    });
  });
});

describe('accelerate', () => {
  /** a step that goes a tenth of the way to 3 */
  const slow = (point: Float64Array) => ({
    value: -((point[0] ?? NaN) - 3) * ((point[0] ?? NaN) - 3),
    next: point.map((x) => x + 0.1 * (3 - x)),
  });

  test('reaches the standing point in fewer steps than by walking', () => {
    const { point, converged, turns } = accelerate(slow, Float64Array.of(0), 1e-10, 1000);
    expect(converged).toBe(true);
    expect(point[0]).toBeCloseTo(3, 8);
    // walking: 0.9^n 0.3 < 1e-10 needs 208
    expect(turns).toBeLessThan(30);
  });

  test('takes back a leap that lowers the value, or leads where there is none', () => {
    const walled = (point: Float64Array) => ({
      value: (point[0] ?? NaN) > 0.5 ? NaN : slow(point).value,
      next: point.map((x) => x + 0.1 * (Math.min(0.4, 3) - x)),
    });
    const { point, converged } = accelerate(walled, Float64Array.of(0), 1e-10, 5000);
    expect(converged).toBe(true);
    expect(point[0]).toBeCloseTo(0.4, 8);
    const jump = (p: Float64Array) => ({
      value: p[0] === 0 || p[0] === 0.1 ? 1 : -1,
      next: Float64Array.of(Math.min(0.4, (p[0] ?? NaN) + 0.1)),
    });
    expect(accelerate(jump, Float64Array.of(0), 1e-6, 100).point[0]).toBeCloseTo(0.4, 12);
  });

  test('stops at the limit', () => {
    const drift = (point: Float64Array) => ({
      value: point[0] ?? NaN,
      next: point.map((x) => x + 1 / (1 + x * x)),
    });
    expect(accelerate(drift, Float64Array.of(0), 1e-9, 10).converged).toBe(false);
  });
});
