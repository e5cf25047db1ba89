import { chiSquareUpper } from '../../numeric/distributions-gamma.ts';
import { pick } from '../../numeric/pick.ts';
import { median } from '../basics/quantile.ts';
import { column, type OpenRows } from '../rows.ts';
import { calibrateConditional, type ConditionalOptions } from './calibrate-conditional.ts';

export interface AndersenTest {
  /** 2 · (sum of the log likelihoods of the groups - log likelihood of all) */
  readonly statistic: number;
  readonly df: number;
  /** small: the groups do not share one set of item parameters */
  readonly p: number;
  /** items (from 0) that were left out because a group answered them all alike */
  readonly dropped: readonly number[];
}

/** Two groups by raw score: true for those above the median; persons at the median are low. Missing answers count 0. */
export function aboveMedian(rows: OpenRows): boolean[] {
  const raws = rows.map((row) => row.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  const middle = median(raws);
  return raws.map((raw) => raw > middle);
}

/**
 * Andersen's likelihood-ratio test: do item parameters that were fitted to each group alone fit better than common ones?
 * An item that has not the same categories in each group is left out of all of them.
 * Source: E. B. Andersen (1973), Psychometrika 38, 123–140.
 * @param groups for each person the group; any values
 * @returns null when fewer than two items or groups are left
 * @throws RangeError as calibrateConditional does
 */
export function andersenTest(
  rows: OpenRows,
  groups: readonly (boolean | number | string)[],
  options: ConditionalOptions,
): AndersenTest | null {
  const parts = [...new Set(groups)].map((group) => rows.filter((_, i) => pick(groups, i) === group));
  const categories = (part: OpenRows, j: number): string =>
    [...new Set(column(part, j).filter((value) => value !== null))].toSorted((a, b) => a - b).join();
  const usable = (j: number): boolean => {
    const whole = categories(rows, j);
    return parts.every((part) => {
      const own = categories(part, j);
      // a rating scale shares its thresholds, so an item needs only to vary
      return options.model === 'rating-scale' ? own.includes(',') : own === whole;
    });
  };
  const places = pick(rows, 0).map((_, j) => j);
  const kept = places.filter(usable);
  if (kept.length < 2 || parts.length < 2) return null;

  const fit = (part: OpenRows) =>
    calibrateConditional(
      part.map((row) => kept.map((j) => pick(row, j))),
      options,
    );
  const whole = fit(rows);
  const fits = parts.map(fit);
  const statistic = Math.max(
    0,
    2 * (fits.reduce((sum, one) => sum + one.logLikelihood, 0) - whole.logLikelihood),
  );
  const df = fits.reduce((sum, one) => sum + one.parameters, 0) - whole.parameters;
  return {
    statistic,
    df,
    p: chiSquareUpper(statistic, df),
    dropped: places.filter((j) => !kept.includes(j)),
  };
}
