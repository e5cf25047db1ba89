import { apply, inverseOf, type Matrix, multiply, transposed } from '../../numeric/matrix.ts';
import { newtonMaximum } from '../../numeric/newton.ts';
import { pick } from '../../numeric/pick.ts';
import { column, columnCount, type OpenRows } from '../rows.ts';
import { conditionalLikelihood } from './conditional-likelihood.ts';
import type { PartialCreditItem } from './partial-credit-curve.ts';

/**
 * Zero of the scale:
 * - `thresholds`: the thresholds of all items sum to 0 (this engine's own; for right/wrong items the mean difficulty is 0);
 * - `category-sums`: the cumulative thresholds δ_1, δ_1+δ_2, … of all items sum to 0 (eRm for partial credit);
 * - `first-thresholds`: the first thresholds of all items sum to 0 (eRm for rating scales).
 * For right/wrong items the three are the same.
 */
export type ScaleOrigin = 'thresholds' | 'category-sums' | 'first-thresholds';

export interface ConditionalOptions {
  /** thresholds of their own for each item (Rasch, where there are two categories), or the same distances for all (rating scale) */
  readonly model: 'partial-credit' | 'rating-scale';
  /** `thresholds` when absent */
  readonly origin?: ScaleOrigin;
}

export interface ConditionalCalibration {
  /** a = 1, thresholds δ */
  readonly items: readonly PartialCreditItem[];
  /** standard errors of the thresholds */
  readonly errors: readonly (readonly number[])[];
  /** conditional */
  readonly logLikelihood: number;
  readonly parameters: number;
  readonly turns: number;
  readonly converged: boolean;
}

/**
 * Rasch, partial credit or rating scale model by conditional maximum likelihood, which assumes nothing about the distribution of abilities.
 * Standard errors from the information of the conditional likelihood.
 * Source: G. H. Fischer, I. H. Molenaar (eds., 1995), Rasch Models, chapters 3 and 19; P. Mair, R. Hatzinger (2007), J. Stat. Softw. 20(9).
 * @param rows persons × items, categories 0…m, null not shown
 * @throws RangeError for values that are no categories, a category that nobody chose (rating scale: in any item), fewer than two items, or
 *   answers that do not fix the parameters
 */
export function calibrateConditional(
  rows: OpenRows,
  { model, origin = 'thresholds' }: ConditionalOptions,
): ConditionalCalibration {
  const maxima = highestCategories(rows, model);
  if (maxima.length < 2) throw new RangeError('fewer than two items');
  const design = model === 'partial-credit' ? freeDesign(maxima) : ratingScaleDesign(maxima);
  const likelihood = conditionalLikelihood(rows, maxima);
  const across = transposed(design);

  const { point, value, information, turns, converged } = newtonMaximum(
    (free) => {
      const at = likelihood(apply(design, free));
      return {
        value: at.value,
        slope: apply(across, at.slope),
        information: multiply(across, multiply(at.information, design)),
      };
    },
    pick(design, 0).map(() => 0),
  );

  const toThresholds = multiply(differences(maxima), multiply(centring(maxima, origin), design));
  const covariances = multiply(toThresholds, multiply(inverseOf(information), transposed(toThresholds)));
  const perItem = (values: readonly number[]): number[][] => {
    let from = 0;
    return maxima.map((m) => values.slice(from, (from += m)));
  };
  return {
    items: perItem(apply(toThresholds, point)).map((thresholds) => ({
      model: 'partial-credit',
      a: 1,
      thresholds,
    })),
    errors: perItem(covariances.map((row, i) => Math.sqrt(pick(row, i)))),
    logLikelihood: value,
    parameters: point.length,
    turns,
    converged,
  };
}

function highestCategories(rows: OpenRows, model: ConditionalOptions['model']): number[] {
  const perItem = Array.from({ length: columnCount(rows) }, (_, j) => {
    const given = column(rows, j).filter((value) => value !== null);
    if (given.some((value) => !Number.isInteger(value) || value < 0))
      throw new RangeError(`item ${j + 1}: answers must be categories 0, 1, 2 …`);
    return new Set(given);
  });
  const highest = perItem.map((values) => Math.max(...values));
  if (model === 'partial-credit') {
    perItem.forEach((values, j) => {
      if (values.size < 2 || values.size !== pick(highest, j) + 1)
        throw new RangeError(`item ${j + 1}: a category that nobody chose`);
    });
    return highest;
  }
  const top = Math.max(...highest);
  const chosen = new Set(perItem.flatMap((values) => [...values]));
  if (!(top >= 1) || chosen.size !== top + 1) throw new RangeError('a category that nobody chose');
  return highest.map(() => top);
}

/** Category parameters are free, but for the first one, which is 0. */
const freeDesign = (maxima: readonly number[]): number[][] => {
  const size = maxima.reduce((sum, m) => sum + m, 0);
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size - 1 }, (_x, p) => (p === i - 1 ? 1 : 0)),
  );
};

/** Category parameter h of item j: h·location_j + τ_2 + … + τ_h; the first location is 0. */
const ratingScaleDesign = (maxima: readonly number[]): number[][] =>
  maxima.flatMap((m, j) =>
    Array.from({ length: m }, (_, g) => [
      ...Array.from({ length: maxima.length - 1 }, (_x, p) => (p === j - 1 ? g + 1 : 0)),
      ...Array.from({ length: m - 1 }, (_x, p) => (p < g ? 1 : 0)),
    ]),
  );

/** Moves the zero of the scale: B_h becomes B_h - h·shift, with the shift that makes the chosen sum 0. */
function centring(maxima: readonly number[], origin: ScaleOrigin): number[][] {
  const places = maxima.flatMap((m) => Array.from({ length: m }, (_, g) => ({ h: g + 1, m })));
  const counts = places.map(({ h, m }) => {
    switch (origin) {
      case 'thresholds':
        return h === m ? 1 : 0;
      case 'category-sums':
        return 1;
      case 'first-thresholds':
        return h === 1 ? 1 : 0;
    }
  });
  const total = places.reduce((sum, { h }, i) => sum + h * pick(counts, i), 0);
  return places.map(({ h }, i) => places.map((_, l) => (i === l ? 1 : 0) - (h * pick(counts, l)) / total));
}

/** Thresholds from category parameters: δ_h = B_h - B_(h-1). */
const differences = (maxima: readonly number[]): Matrix => {
  const first = maxima.flatMap((m) => Array.from({ length: m }, (_, g) => g === 0));
  return first.map((isFirst, i) => first.map((_, l) => (l === i ? 1 : l === i - 1 && !isFirst ? -1 : 0)));
};
