import { apply, identity, inverseOf, type Matrix, multiply, transposed } from '../../numeric/matrix.ts';
import { pick } from '../../numeric/pick.ts';

/**
 * Varimax rotation of orthogonal factors, with Kaiser's normalisation, by rotations of pairs.
 * Source: H. F. Kaiser (1958), Psychometrika 23, 187–200.
 * @param loadings items × factors
 */
export function varimax(loadings: Matrix): number[][] {
  const lengths = loadings.map((row) => Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)));
  const rows = loadings.map((row, i) => row.map((x) => (pick(lengths, i) > 0 ? x / pick(lengths, i) : 0)));
  const factors = pick(rows, 0).length;
  for (let turn = 0; turn < 200; turn++) {
    let largest = 0;
    for (let p = 0; p < factors; p++) {
      for (let q = p + 1; q < factors; q++) {
        let [a, b, c, d] = [0, 0, 0, 0];
        for (const row of rows) {
          const [x, y] = [pick(row, p), pick(row, q)];
          const u = x * x - y * y;
          const v = 2 * x * y;
          a += u;
          b += v;
          c += u * u - v * v;
          d += 2 * u * v;
        }
        const sine = d - (2 * a * b) / rows.length;
        const cosine = c - (a * a - b * b) / rows.length;
        const length = Math.sqrt(sine * sine + cosine * cosine);
        if (length < 1e-14) continue;
        // a quarter of the angle whose sine and cosine these are, by halving twice
        const half = halfAngle(cosine / length, sine < 0 ? -1 : 1);
        const quarter = halfAngle(half.cosine, half.sine < 0 ? -1 : 1);
        largest = Math.max(largest, Math.abs(quarter.sine));
        for (const row of rows) {
          const [x, y] = [pick(row, p), pick(row, q)];
          row[p] = quarter.cosine * x + quarter.sine * y;
          row[q] = quarter.cosine * y - quarter.sine * x;
        }
      }
    }
    if (largest < 1e-12) break;
  }
  return rows.map((row, i) => row.map((x) => x * pick(lengths, i)));
}

/** Cosine and sine of half an angle of -π…π, from its cosine and the sign of its sine. */
const halfAngle = (cosine: number, sign: number): { readonly cosine: number; readonly sine: number } => ({
  cosine: Math.sqrt(Math.max(0, (1 + cosine) / 2)),
  sine: sign * Math.sqrt(Math.max(0, (1 - cosine) / 2)),
});

export interface ObliqueSolution {
  /** pattern: items × factors */
  readonly loadings: Matrix;
  /** correlations of the factors */
  readonly correlations: Matrix;
  readonly converged: boolean;
}

/** Sum of products of squared loadings on different factors / 4 … and its slope by the loadings. */
function quartimin(loadings: Matrix): { readonly value: number; readonly slope: number[][] } {
  let value = 0;
  const slope = loadings.map((row) => {
    const total = row.reduce((sum, x) => sum + x * x, 0);
    return row.map((x) => {
      value += x * x * (total - x * x);
      return x * (total - x * x);
    });
  });
  return { value: value / 4, slope };
}

/**
 * Oblimin rotation with γ = 0 (quartimin), without normalisation, by gradient projection from the given loadings.
 * Source: R. I. Jennrich (2002), Psychometrika 67, 7–19; C. A. Bernaards, R. I. Jennrich (2005), Educ. Psychol. Meas. 65, 676–696.
 * @param start items × factors of orthogonal factors; the result depends on it where there are several minima
 */
export function oblimin(start: Matrix): ObliqueSolution {
  const factors = pick(start, 0).length;
  let turn = identity(factors);
  const rotated = (axes: Matrix): { readonly back: Matrix; readonly loadings: number[][] } => {
    const back = inverseOf(axes);
    return { back, loadings: multiply(start, transposed(back)) };
  };
  let { back, loadings } = rotated(turn);
  let { value, slope } = quartimin(loadings);
  let step = 1;
  let converged = false;
  for (let round = 0; round < 1000; round++) {
    const gradient = transposed(multiply(multiply(transposed(loadings), slope), back)).map((row) =>
      row.map((x) => -x),
    );
    const along = pick(turn, 0).map((_, f) =>
      turn.reduce((sum, row, i) => sum + pick(row, f) * pick(pick(gradient, i), f), 0),
    );
    const projected = gradient.map((row, i) =>
      row.map((g, f) => g - pick(pick(turn, i), f) * pick(along, f)),
    );
    const size = projected.reduce((sum, row) => sum + row.reduce((part, x) => part + x * x, 0), 0);
    if (size < 1e-12) {
      converged = true;
      break;
    }
    step *= 2;
    for (let half = 0; half <= 10; half++) {
      const moved = turn.map((row, i) => row.map((x, f) => x - step * pick(pick(projected, i), f)));
      const lengths = pick(moved, 0).map((_, f) =>
        Math.sqrt(moved.reduce((sum, row) => sum + pick(row, f) * pick(row, f), 0)),
      );
      const axes = moved.map((row) => row.map((x, f) => x / pick(lengths, f)));
      const tried = rotated(axes);
      const reached = quartimin(tried.loadings);
      if (reached.value < value - 0.5 * size * step || half === 10) {
        turn = axes;
        ({ back, loadings } = tried);
        ({ value, slope } = reached);
        break;
      }
      step /= 2;
    }
  }
  return { loadings, correlations: multiply(transposed(turn), turn), converged };
}

/** Loadings of items on second-order factors: pattern times the loadings of the factors. */
export const throughFactors = (pattern: Matrix, ofFactors: readonly number[]): number[] =>
  apply(pattern, ofFactors);
