import type { AnchorGroup, Scales } from '../../../scoring/statistics/equating/anchor-group.ts';
import { chainedEquipercentile, chainedLine } from '../../../scoring/statistics/equating/chained-equating.ts';
import { equipercentile } from '../../../scoring/statistics/equating/equipercentile.ts';
import {
  convert,
  deviationLine,
  type Line,
  meanLine,
} from '../../../scoring/statistics/equating/linear-equating.ts';
import {
  moments,
  type Moments,
  type ScoreDistribution,
} from '../../../scoring/statistics/equating/score-distribution.ts';
import {
  type AnchorMethod,
  frequencyEstimation,
  syntheticLine,
} from '../../../scoring/statistics/equating/synthetic-population.ts';
import type { Got } from '../compare.ts';
import type { Family } from '../family.ts';
import { numberList } from '../json.ts';
import { once } from '../once.ts';
import type { Case, Check } from '../read-case.ts';
import { numbers } from '../read-table.ts';

// equivalent groups: one table with the columns score, xCount, yCount

const distributionOf = (one: Case, form: 'x' | 'y'): ScoreDistribution => ({
  lowest: numbers(one.table('x'), 'score')[0] ?? 0,
  frequencies: numbers(one.table('x'), `${form}Count`),
});

const momentsOf = (one: Case, form: 'x' | 'y'): Moments => moments(distributionOf(one, form));

const shown = ({ n, mean, deviation }: Moments): Got => ({ n, mean, sd: deviation });

// anchor design: tables x and y with the columns total, anchor

const groupOf = (one: Case, form: 'x' | 'y'): AnchorGroup => ({
  totals: numbers(one.table(form), 'total'),
  anchors: numbers(one.table(form), 'anchor'),
});

const groupsOf = once((one) => ({ x: groupOf(one, 'x'), y: groupOf(one, 'y') }));

const scoresOf = (one: Case): number[] =>
  one.has('y') ? numberList(one.need('scale').value) : numbers(one.table('x'), 'score');

const scalesOf = (one: Case): Scales => {
  const { x, y } = groupsOf(one);
  return { highestTotal: Math.max(...scoresOf(one)), highestAnchor: Math.max(...x.anchors, ...y.anchors) };
};

/** ws=0.5 in the call; ".5/.5" in the conventions; none: by the numbers of persons */
function weightOf(one: Case, { how }: Check): number | undefined {
  const found = /ws\s*=\s*(-?\d*\.?\d+)/.exec(how)?.[1] ?? /weights? (\d*\.?\d+)/.exec(one.notes)?.[1];
  return found === undefined || Number(found) < 0 ? undefined : Number(found);
}

const levineOf = (one: Case, { how }: Check): AnchorMethod =>
  /internal\s*=\s*F|external/i.test(`${how} ${one.notes}`) ? 'levine-external' : 'levine-internal';

const byLine = (one: Case, line: Line): Got => scoresOf(one).map((score) => convert(line, score));

const synthetic = (one: Case, check: Check, method: AnchorMethod, kind: 'mean' | 'linear'): Got => {
  const { x, y } = groupsOf(one);
  return byLine(one, syntheticLine(x, y, method, kind, weightOf(one, check)));
};

export const family: Family = {
  given: { scale: 'the totals that are converted' },
  checks: {
    momentsX: (one) => shown(momentsOf(one, 'x')),
    momentsY: (one) => shown(momentsOf(one, 'y')),
    meanEquated: (one) => byLine(one, meanLine(momentsOf(one, 'x'), momentsOf(one, 'y'))),
    linearEquated: (one) => byLine(one, deviationLine(momentsOf(one, 'x'), momentsOf(one, 'y'))),
    equipercentile: (one) =>
      scoresOf(one).map((score) => equipercentile(distributionOf(one, 'x'), distributionOf(one, 'y'), score)),
    tuckerMean: (one, check) => synthetic(one, check, 'tucker', 'mean'),
    tuckerLinear: (one, check) => synthetic(one, check, 'tucker', 'linear'),
    levineMean: (one, check) => synthetic(one, check, levineOf(one, check), 'mean'),
    levineLinear: (one, check) => synthetic(one, check, levineOf(one, check), 'linear'),
    chainedMean: (one) => byLine(one, chainedLine(groupsOf(one).x, groupsOf(one).y, 'mean')),
    chainedLinear: (one) => byLine(one, chainedLine(groupsOf(one).x, groupsOf(one).y, 'linear')),
    freqEstEquip: (one, check) => {
      const { x, y } = groupsOf(one);
      // the package equate gives its weights to persons
      const owner = /equate::/.test(check.how) ? 'persons' : 'groups';
      return scoresOf(one).map(frequencyEstimation(x, y, scalesOf(one), weightOf(one, check), owner));
    },
    chainedEquip: (one) => {
      const { x, y } = groupsOf(one);
      return scoresOf(one).map(chainedEquipercentile(x, y, scalesOf(one)));
    },
  },
};
