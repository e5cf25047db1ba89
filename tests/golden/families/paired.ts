import { round } from '../../../scoring/numeric/round.ts';
import { bradleyTerry } from '../../../scoring/statistics/judgement/bradley-terry.ts';
import { type ThurstoneScale, thurstoneScale } from '../../../scoring/statistics/judgement/thurstone.ts';
import { stated } from '../conventions.ts';
import type { Family } from '../family.ts';
import type { Case, Check } from '../read-case.ts';
import { fullRows } from '../read-table.ts';

const found = (one: Case): ThurstoneScale => thurstoneScale(fullRows(one.table('x')));

/** psych::thurstone rounds its scale to two decimals unless told otherwise with digits=. */
function scale(one: Case, check: Check): number[] {
  const { values } = found(one);
  if (!check.how.includes('psych::thurstone')) return [...values];
  const decimals = stated(check.how, /digits ?= ?(\d+)/, 2);
  return values.map((value) => (decimals > 6 ? value : round(value, decimals)));
}

export const family: Family = {
  checks: {
    scale,
    gof: (one) => found(one).fit,
    bradleyTerry: (one) => bradleyTerry(fullRows(one.table('wins', 'x'))),
  },
};
