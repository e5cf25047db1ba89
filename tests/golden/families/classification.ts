import type { DecisionQuality } from '../../../scoring/statistics/classification/decision-quality.ts';
import { hansonBrennan } from '../../../scoring/statistics/classification/hanson-brennan.ts';
import { livingstonLewis } from '../../../scoring/statistics/classification/livingston-lewis.ts';
import { rudner, sideProbability } from '../../../scoring/statistics/classification/rudner.ts';
import type { TrueScoreModel } from '../../../scoring/statistics/classification/true-score-distribution.ts';
import type { Got } from '../compare.ts';
import { digit, firstOf, stated } from '../conventions.ts';
import type { Family } from '../family.ts';
import { number, object } from '../json.ts';
import type { Case, Check } from '../read-case.ts';
import { numbers } from '../read-table.ts';

interface Inputs {
  readonly k: number;
  readonly cut: number;
  readonly reliability: number;
}

function inputs(one: Case): Inputs {
  const { k, cut, reliability } = object(one.need('inputs').value);
  return { k: number(k), cut: number(cut), reliability: number(reliability) };
}

const scores = (one: Case): number[] => numbers(one.table('x'), 'score');

/** Model by the name of the check, bounds by its call: l=0,u=1. */
function options(check: Check): {
  model: TrueScoreModel;
  bounds: { lower: number; upper: number };
  effectiveThreshold: 'betafunctions';
} {
  return {
    model: digit(check) === 4 ? '4P' : '2P',
    bounds: { lower: stated(check.how, /\bl=([\d.]+)/, 0), upper: stated(check.how, /\bu=([\d.]+)/, 1) },
    // where the values of these cases come from
    effectiveThreshold: 'betafunctions',
  };
}

/** In these cases "positive" is below the cut. */
const qualityNames = (quality: DecisionQuality): Readonly<Record<string, Got>> => ({
  confusionColumns: ['Positive', 'Negative', 'Total'],
  confusionRows: ['True', 'False', 'Total'],
  confusion: [
    [quality.rightlyNotMet, quality.rightlyMet, quality.accuracy],
    [quality.wronglyNotMet, quality.wronglyMet, quality.wronglyNotMet + quality.wronglyMet],
    [quality.rightlyNotMet + quality.wronglyNotMet, quality.rightlyMet + quality.wronglyMet, 1],
  ],
  sensitivity: quality.sensitivity,
  specificity: quality.specificity,
  accuracy: quality.accuracy,
  consistencyP: quality.consistency,
  chance: quality.chance,
  kappa: quality.kappa,
});

const persons = (one: Case): { theta: number; standardError: number }[] => {
  const table = one.table('theta');
  const errors = numbers(table, 'se');
  return numbers(table, 'theta').map((theta, i) => ({ theta, standardError: errors[i] ?? NaN }));
};

/** The cut on the ability scale is an input that stands in the value. */
const thetaCut = (one: Case): number => number(object(one.need('rudner').value)['thetaCut']);

export const family: Family = {
  given: { inputs: 'length, cut and reliability' },
  checks: {
    'livingstonLewis#P': (one, check) => {
      const { k, cut, reliability } = inputs(one);
      const found = livingstonLewis(scores(one), reliability, cut, { min: 0, max: k }, options(check));
      if (found === null) return null;
      const { alpha, beta, lower, upper } = found.trueScores;
      return {
        parameters: {
          alpha,
          beta,
          l: lower,
          u: upper,
          etl: found.effectiveLength,
          etl_rounded: found.roundedLength,
        },
        ...qualityNames(found.quality),
      };
    },
    'hansonBrennan#P': (one, check) => {
      const { k, cut, reliability } = inputs(one);
      const found = hansonBrennan(scores(one), reliability, cut, k, options(check));
      if (found === null) return null;
      const { alpha, beta, lower, upper } = found.trueScores;
      return {
        parameters: { alpha, beta, l: lower, u: upper, k: found.lordsK, N: found.items },
        ...qualityNames(found.quality),
      };
    },
    rudner: (one) => {
      const { accuracy, consistency } = rudner(persons(one), thetaCut(one));
      return { thetaCut: thetaCut(one), accuracy, consistency };
    },
    'rudnerAccuracyFirst#': (one, check) =>
      firstOf(persons(one), check).map(({ theta, standardError }) =>
        sideProbability(theta, standardError, thetaCut(one)),
      ),
  },
};
