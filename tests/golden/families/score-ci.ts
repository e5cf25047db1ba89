import { mean } from '../../../scoring/statistics/basics/mean.ts';
import { standardDeviation } from '../../../scoring/statistics/basics/variance.ts';
import { answered } from '../../../scoring/statistics/rows.ts';
import { scoreIntervals } from '../../../scoring/statistics/scores/score-intervals.ts';
import {
  errorOfDifference,
  errorOfEstimate,
  errorOfMeasurement,
  errorOfPrediction,
} from '../../../scoring/statistics/scores/standard-error.ts';
import { stated } from '../conventions.ts';
import type { Family } from '../family.ts';
import { list, number, object } from '../json.ts';
import type { Case } from '../read-case.ts';
import { open } from '../read-table.ts';

const scores = (one: Case): number[] => {
  const table = one.table('x');
  return answered(open(table, table.columns.includes('score') ? 'score' : (table.columns[0] ?? '')));
};
const reliability = (one: Case): number => number(one.need('reliability').value);
const deviation = (one: Case): number => standardDeviation(scores(one));

export const family: Family = {
  given: { reliability: 'reliability' },
  checks: {
    n: (one) => scores(one).length,
    mean: (one) => mean(scores(one)),
    sd: deviation,
    sem: (one) => errorOfMeasurement(deviation(one), reliability(one)),
    see: (one) => errorOfEstimate(deviation(one), reliability(one)),
    sep: (one) => errorOfPrediction(deviation(one), reliability(one)),
    sDiff: (one) => errorOfDifference(deviation(one), reliability(one)),
    intervals: (one, check) =>
      list(check.value).map((row) => {
        const observed = number(object(row)['observed']);
        const level = stated(check.how, /(\d+(?:\.\d+)?) ?%/, 95) / 100;
        const reference = { mean: mean(scores(one)), deviation: deviation(one) };
        const found = scoreIntervals(observed, reference, reliability(one), level);
        return {
          observed,
          ciObserved: found.observed,
          trueScoreKelley: found.kelley,
          ciTrueSEE: found.trueScore,
          ciTrueSEM: found.trueScoreWithSem,
          predictionInterval: found.prediction,
        };
      }),
  },
};
