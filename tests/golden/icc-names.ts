import type { IntraclassCorrelations } from '../../scoring/statistics/agreement/intraclass-correlation.ts';
import type { Got } from './compare.ts';

/** The six forms under the names of the cases. */
export const iccNames = (found: IntraclassCorrelations | null): Got =>
  found === null
    ? null
    : {
        ICC1: found.icc1,
        ICC2: found.icc2,
        ICC3: found.icc3,
        ICC1k: found.icc1k,
        ICC2k: found.icc2k,
        ICC3k: found.icc3k,
      };
