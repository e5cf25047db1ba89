import { flagByChiSquare } from '../../../scoring/statistics/dif/analyse-dif.ts';
import { type LogisticDif, logisticDif } from '../../../scoring/statistics/dif/logistic-dif.ts';
import {
  type Continuity,
  etsClass,
  type MantelHaenszel,
  mantelHaenszel,
} from '../../../scoring/statistics/dif/mantel-haenszel.ts';
import { allItems, matchGroups, type Stratum } from '../../../scoring/statistics/dif/match-groups.ts';
import { purify } from '../../../scoring/statistics/dif/purify.ts';
import { standardisedDifference } from '../../../scoring/statistics/dif/standardised-difference.ts';
import type { Got } from '../compare.ts';
import type { Family } from '../family.ts';
import { once } from '../once.ts';
import type { Case } from '../read-case.ts';
import { numbers, openRows } from '../read-table.ts';

const groupsOf = once((one) => {
  const table = one.table('x');
  const group =
    ['focal', 'group', 'member'].find((name) => table.columns.includes(name)) ?? table.columns.at(-1) ?? '';
  const items = table.columns.filter((name) => name !== group);
  return matchGroups(
    openRows(table, items),
    numbers(table, group).map((value) => value === 1),
  );
});

const strataOf = once((one) => {
  const groups = groupsOf(one);
  const anchor = allItems(groups);
  return [...anchor].map((j) => groups.strata(j, anchor));
});

const eachItem = (one: Case, compute: (strata: readonly Stratum[]) => Got): Got => strataOf(one).map(compute);

const haenszel = (one: Case, compute: (result: MantelHaenszel) => Got, continuity?: Continuity): Got =>
  eachItem(one, (strata) => {
    const result = mantelHaenszel(strata, continuity);
    return result && compute(result);
  });

const logistic = (one: Case, compute: (result: LogisticDif) => Got): Got =>
  eachItem(one, (strata) => {
    const result = logisticDif(strata);
    return result && compute(result);
  });

export const family: Family = {
  given: { groups: 'names of the reference and the focal group' },
  checks: {
    'mhChi#': (one) => haenszel(one, ({ chiSquare }) => chiSquare),
    'mhChi#AlwaysCorrected': (one) => haenszel(one, ({ chiSquare }) => chiSquare, 'always'),
    'mhChi#NoCorrection': (one) => haenszel(one, ({ chiSquare }) => chiSquare, 'none'),
    mhP: (one) => haenszel(one, ({ p }) => p),
    alphaMH: (one) => haenszel(one, ({ oddsRatio }) => oddsRatio),
    deltaMH: (one) => haenszel(one, ({ delta }) => delta),
    seDelta: (one) => haenszel(one, ({ deltaError }) => deltaError),
    ets: (one) => haenszel(one, etsClass),
    stdPDIF: (one) => eachItem(one, standardisedDifference),
    'logisticLRT#df': (one) => logistic(one, ({ both }) => both.statistic),
    logisticLRTuniform: (one) => logistic(one, ({ uniform }) => uniform.statistic),
    logisticLRTnonuniform: (one) => logistic(one, ({ nonuniform }) => nonuniform.statistic),
    'nagelkerkeDeltaR#': (one) => logistic(one, ({ deltaR2 }) => deltaR2),
    purified: (one, { how }) => {
      const groups = groupsOf(one);
      // the rounds and their statistic are those of difR, which corrects always
      const above = Number(/>\s*(\d+\.?\d*)/.exec(how)?.[1] ?? 3.841);
      const limit = Number(/(\d+) rounds/.exec(how)?.[1] ?? 10);
      const { flagged, anchor, rounds, converged } = purify(
        groups.itemCount,
        flagByChiSquare(groups, above, 'always'),
        limit,
      );
      const results = [...allItems(groups)].map((j) => mantelHaenszel(groups.strata(j, anchor), 'always'));
      return {
        flagged: flagged.map((j) => j + 1),
        iterations: rounds,
        converged,
        mhChi2: results.map((result) => result?.chiSquare),
        deltaMH: results.map((result) => result?.delta),
      };
    },
  },
};
