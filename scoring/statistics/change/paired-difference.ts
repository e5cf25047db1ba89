import { studentTwoSided } from '../../numeric/distributions-beta.ts';
import { mean } from '../basics/mean.ts';
import { standardDeviation } from '../basics/variance.ts';

export interface PairedDifference {
  readonly t: number;
  readonly degrees: number;
  /** two-sided */
  readonly p: number;
  /** mean difference over the standard deviation of the differences (Cohen's d_z) */
  readonly dz: number;
}

/**
 * Student's test of paired differences (second minus first) with its effect size.
 * @returns null when the differences do not vary or are fewer than two
 */
export function pairedDifference(differences: readonly number[]): PairedDifference | null {
  const n = differences.length;
  if (n < 2) return null;
  const deviation = standardDeviation(differences);
  if (deviation === 0) return null;
  const dz = mean(differences) / deviation;
  const t = dz * Math.sqrt(n);
  return { t, degrees: n - 1, p: studentTwoSided(t, n - 1), dz };
}
