import type { ScaleScore } from '../score-sheet.ts';
import { student975 } from '../numeric/quantiles.ts';
import { round } from '../numeric/round.ts';

export const withinPersonMethod = 'within-person-item-variance';

/**
 * 95 % interval of a percent of maximum, from one protocol: the answers of this person to the items of this scale are taken as a sample of
 * the answers the person would give to all items of the kind. The standard error of their mean is s/sqrt(a), a answered items, s their
 * standard deviation; the interval is mean ± t(0.975; a-1) · s/sqrt(a), cut to 0…100.
 * Source: R. L. Brennan (1998), Raw-score conditional standard errors of measurement in generalizability theory, Applied Psychological
 * Measurement 22, 307–331 (conditional absolute error = standard error of the mean within the person). For items marked 0/1 the
 * standard error of the sum is exactly Lord's. Limits: scoring/README.md.
 *
 * @param shares marks after reversal, each as a share 0…1 of its item's range; answered items only
 * @returns null for fewer than two answers, and where all are equal: no variance shown is not evidence of no error
 */
export function withinPersonInterval(shares: readonly number[]): ScaleScore['interval'] {
  const a = shares.length;
  const first = shares[0];
  if (first === undefined || a < 2 || shares.every((share) => share === first)) return null;
  const mean = shares.reduce((sum, share) => sum + share, 0) / a;
  const squares = shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0);
  const half = student975(a - 1) * Math.sqrt(squares / (a - 1) / a);
  return {
    low: round(100 * Math.max(0, mean - half), 1),
    high: round(100 * Math.min(1, mean + half), 1),
    level: 0.95,
    method: withinPersonMethod,
  };
}
