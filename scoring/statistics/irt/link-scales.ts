import { exp, log } from '../../numeric/elementary.ts';
import { minimise } from '../../numeric/minimise.ts';
import { pick } from '../../numeric/pick.ts';
import { normalGrid, type Quadrature } from '../../numeric/quadrature.ts';
import { mean } from '../basics/mean.ts';
import { standardDeviation } from '../basics/variance.ts';
import { logisticCurve, type LogisticItem } from './logistic-curve.ts';

/** Puts abilities of a new calibration on the scale of the base: θ_base = A·θ_new + B; so a becomes a/A and b becomes A·b + B. */
export interface ScaleLink {
  readonly A: number;
  readonly B: number;
}

/** The same items calibrated twice, in one order. */
export interface CommonItems {
  readonly base: readonly LogisticItem[];
  readonly fresh: readonly LogisticItem[];
}

const discriminations = (items: readonly LogisticItem[]): number[] => items.map(({ a }) => a);

const difficulties = (items: readonly LogisticItem[]): number[] => items.map(({ b }) => b);

/** @throws RangeError for fewer than two common items, or lists of unequal length */
function check({ base, fresh }: CommonItems): void {
  if (base.length !== fresh.length || base.length < 2)
    throw new RangeError('two or more common items are needed');
}

const linkBySlope = (A: number, { base, fresh }: CommonItems): ScaleLink => ({
  A,
  B: mean(difficulties(base)) - A * mean(difficulties(fresh)),
});

/** An item of the new calibration on the base scale. */
export const relocate = (item: LogisticItem, { A, B }: ScaleLink): LogisticItem => ({
  ...item,
  a: item.a / A,
  b: A * item.b + B,
});

/**
 * A from the standard deviations of the difficulties, B from their means. Symmetric: the link back is the inverse.
 * Source: G. L. Marco (1977), Journal of Educational Measurement 14, 139–160.
 * @throws RangeError for fewer than two common items, or difficulties that do not vary
 */
export function linkByMeanSigma(items: CommonItems): ScaleLink {
  check(items);
  const spread = standardDeviation(difficulties(items.fresh));
  if (!(spread > 0)) throw new RangeError('the difficulties do not vary');
  return linkBySlope(standardDeviation(difficulties(items.base)) / spread, items);
}

/**
 * A from the means of the discriminations, B from those of the difficulties. Symmetric.
 * Source: B. H. Loyd, H. D. Hoover (1980), Journal of Educational Measurement 17, 179–193.
 * @throws RangeError for fewer than two common items
 */
export function linkByMeanMean(items: CommonItems): ScaleLink {
  check(items);
  return linkBySlope(mean(discriminations(items.fresh)) / mean(discriminations(items.base)), items);
}

/**
 * The same with the geometric mean of the discriminations. Symmetric.
 * Source: R. J. Mislevy, R. D. Bock (1990), BILOG 3.
 * @throws RangeError for fewer than two common items, or discriminations that are not positive
 */
export function linkByGeometricMean(items: CommonItems): ScaleLink {
  check(items);
  if ([...items.base, ...items.fresh].some(({ a }) => !(a > 0)))
    throw new RangeError('discriminations must be positive');
  const logs = (list: readonly LogisticItem[]): number => mean(discriminations(list).map(log));
  return linkBySlope(exp(logs(items.fresh) - logs(items.base)), items);
}

/** Abilities of the base scale at which curves are compared, where none are declared: 161 points on -4…4, standard normal weights. */
export const linkQuadrature: Quadrature = normalGrid({ points: 161, low: -4, high: 4, rule: 'rectangle' });

export interface CharacteristicLink extends ScaleLink {
  /** weighted sum of squares that was made smallest */
  readonly criterion: number;
}

/** Smallest weighted sum of squares of the gaps between curves; the compared curves are those of the base and of the relocated items. */
function linkByCurves(
  items: CommonItems,
  { nodes, weights }: Quadrature,
  squares: (gaps: readonly number[]) => number,
): CharacteristicLink {
  check(items);
  const right = (item: LogisticItem, theta: number): number => pick(logisticCurve(item, theta).p, 1);
  const target = Array.from(nodes, (theta) => items.base.map((item) => right(item, theta)));
  const criterion = (A: number, B: number): number => {
    const moved = items.fresh.map((item) => relocate(item, { A, B }));
    let sum = 0;
    weights.forEach((weight, q) => {
      const theta = pick(nodes, q);
      sum += weight * squares(moved.map((item, j) => pick(pick(target, q), j) - right(item, theta)));
    });
    return sum;
  };
  const start = linkByMeanMean(items);
  const { point, value } = minimise(
    ([A = 1, B = 0]) => (A > 0 ? criterion(A, B) : Infinity),
    [start.A, start.B],
    { tolerance: 1e-10 },
  );
  return { A: pick(point, 0), B: pick(point, 1), criterion: value };
}

/**
 * Makes the characteristic curves of all items alike, item by item: Σ weight · Σ (P_base - P_new)². One-directional, on the base scale; so the
 * link back is not exactly the inverse.
 * Source: T. Haebara (1980), Japanese Psychological Research 22, 144–149.
 * @throws RangeError for fewer than two common items
 */
export const linkByHaebara = (
  items: CommonItems,
  quadrature: Quadrature = linkQuadrature,
): CharacteristicLink =>
  linkByCurves(items, quadrature, (gaps) => gaps.reduce((sum, gap) => sum + gap * gap, 0));

/**
 * Makes the characteristic curve of the whole test alike: Σ weight · (Σ P_base - Σ P_new)². One-directional.
 * Source: M. L. Stocking, F. M. Lord (1983), Applied Psychological Measurement 7, 201–210.
 * @throws RangeError for fewer than two common items
 */
export const linkByStockingLord = (
  items: CommonItems,
  quadrature: Quadrature = linkQuadrature,
): CharacteristicLink =>
  linkByCurves(items, quadrature, (gaps) => {
    const gap = gaps.reduce((sum, one) => sum + one, 0);
    return gap * gap;
  });
