import { cohenKappa } from '../../../scoring/statistics/agreement/cohen-kappa.ts';
import { fleissKappa } from '../../../scoring/statistics/agreement/fleiss-kappa.ts';
import { intraclassCorrelations } from '../../../scoring/statistics/agreement/intraclass-correlation.ts';
import { kendallW } from '../../../scoring/statistics/agreement/kendall-w.ts';
import { krippendorffAlpha } from '../../../scoring/statistics/agreement/krippendorff-alpha.ts';
import { column, completePairs, completeRows } from '../../../scoring/statistics/rows.ts';
import { iccNames } from '../icc-names.ts';
import type { Family } from '../family.ts';
import type { Case } from '../read-case.ts';
import { openRows } from '../read-table.ts';

/** Targets × raters; the tables of published cases are named after the statistic. */
const ratings = (one: Case, ...roles: readonly string[]): (number | null)[][] =>
  openRows(one.table(...roles));
const complete = (one: Case): number[][] => completeRows(ratings(one, 'x', 'icc'));
const kripp = (one: Case): (number | null)[][] => ratings(one, 'kripp', 'x');

const twoRaters = (one: Case): readonly [number[], number[]] =>
  completePairs(column(ratings(one), 0), column(ratings(one), 1));

export const family: Family = {
  checks: {
    icc: (one) => iccNames(intraclassCorrelations(complete(one))),
    cohenKappaPairs: (one) => {
      const rows = ratings(one, 'x');
      const raters = (rows[0] ?? []).map((_, rater) => rater);
      return raters.flatMap((a) =>
        raters.slice(a + 1).map((b) => {
          const [first, second] = completePairs(column(rows, a), column(rows, b));
          return {
            pair: [a + 1, b + 1],
            n: first.length,
            kappa: cohenKappa(first, second),
            weightedQuadratic: cohenKappa(first, second, 'quadratic'),
            weightedLinear: cohenKappa(first, second, 'linear'),
          };
        }),
      );
    },
    cohenKappa: (one) => cohenKappa(...twoRaters(one)),
    weightedKappa: (one, check) =>
      cohenKappa(...twoRaters(one), /linear/i.test(check.how) ? 'linear' : 'quadratic'),
    fleissKappa: (one) => fleissKappa(complete(one)),
    kendallW: (one) => kendallW(complete(one)),
    krippendorffNominal: (one) => krippendorffAlpha(kripp(one), 'nominal'),
    krippendorffOrdinal: (one) => krippendorffAlpha(kripp(one), 'ordinal'),
    krippendorffInterval: (one) => krippendorffAlpha(kripp(one), 'interval'),
  },
};
