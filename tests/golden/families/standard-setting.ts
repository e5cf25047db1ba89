import { type Angoff, angoff, failRatePercent } from '../../../scoring/statistics/standards/angoff.ts';
import { type Bookmark, bookmark } from '../../../scoring/statistics/standards/bookmark.ts';
import { hofstee } from '../../../scoring/statistics/standards/hofstee.ts';
import { stated } from '../conventions.ts';
import type { Compute, Family } from '../family.ts';
import { number, object } from '../json.ts';
import type { Case } from '../read-case.ts';
import { fullRows, numbers } from '../read-table.ts';

/** Columns that are items; a column that numbers the judges is left out. */
const panel = (one: Case): Angoff => {
  const table = one.table('angoff');
  return angoff(
    fullRows(
      table,
      table.columns.filter((name) => !/^judge$/i.test(name)),
    ),
  );
};
const scores = (one: Case): number[] => numbers(one.table('scores'), 'score');

/** "theta_RP67 = b + ln(.67/.33)/a (D=1)". */
function booklet(one: Case): Bookmark {
  const names = one.checks.map(({ name }) => name).join('\n');
  const said = one.checks.map(({ how }) => how).join('\n');
  const table = one.table('bank');
  const b = numbers(table, 'b');
  const digits = /ln\(0?\.(\d+)\//.exec(said)?.[1] ?? /RP(\d+)/.exec(names)?.[1] ?? '67';
  return bookmark(
    numbers(table, 'a').map((a, i) => ({ a, b: b[i] ?? NaN })),
    numbers(one.table('bookmarks'), 'page'),
    Number(`0.${digits}`),
    stated(said, /D ?= ?(\d+(?:\.\d+)?)/, 1),
  );
}

const order: Compute = (one) => booklet(one).order.map((item) => item + 1);

export const family: Family = {
  given: { hofsteeInput: 'bounds of the panel' },
  checks: {
    angoffJudgeCuts: (one) => panel(one).judgeCuts,
    angoffCut: (one) => panel(one).cut,
    angoffSE: (one) => panel(one).standardError,
    angoffItemSD: (one) => panel(one).itemDeviations,
    passScoreCeil: (one) => panel(one).passScore,
    failRatePercent: (one) => failRatePercent(scores(one), panel(one).passScore),
    hofsteeCut: (one) => {
      const { minCut, maxCut, minFail, maxFail } = object(one.need('hofsteeInput').value);
      return hofstee(scores(one), {
        minCut: number(minCut),
        maxCut: number(maxCut),
        minFail: number(minFail),
        maxFail: number(maxFail),
      });
    },
    'bookmarkRP#Order': order,
    bookmarkOrder: order,
    bookmarkJudgeTheta: (one) => booklet(one).judgeCuts,
    bookmarkMedianTheta: (one) => booklet(one).cut,
  },
};
