import { normTable } from '../../../scoring/statistics/norms/norm-table.ts';
import {
  type RegressionNorm,
  regressionNorm,
  regressionZ,
} from '../../../scoring/statistics/norms/regression-norms.ts';
import { tScore } from '../../../scoring/statistics/norms/standard-scores.ts';
import { answered, column, completeRows } from '../../../scoring/statistics/rows.ts';
import type { Got } from '../compare.ts';
import { firstOf } from '../conventions.ts';
import { readCall } from '../evaluate-call.ts';
import type { Family } from '../family.ts';
import { object } from '../json.ts';
import type { Case } from '../read-case.ts';
import { open, openRows, texts } from '../read-table.ts';

function groupTable(scores: readonly number[]): Got {
  const table = normTable(scores);
  return table === null
    ? null
    : {
        n: table.n,
        mean: table.mean,
        sd: table.deviation,
        table: table.rows.map((row) => ({
          raw: row.raw,
          freq: row.frequency,
          cumFreq: row.atOrBelow,
          percentileMidRank: row.percentileMidRank,
          percentileAtOrBelow: row.percentileAtOrBelow,
          z: row.z,
          T: row.t,
          IQ: row.iq,
          sten: row.sten,
          stanine: row.stanine,
          zNorm: row.normalisedZ,
          Tnorm: row.normalisedT,
          stenNorm: row.normalisedSten,
          stanineNorm: row.normalisedStanine,
        })),
      };
}

interface Model {
  readonly names: readonly string[];
  readonly variables: readonly (readonly number[])[];
  readonly scores: readonly number[];
  readonly norm: RegressionNorm;
}

/** The model of the case, written as lm(ACT ~ age + gender). */
function regression(one: Case): Model {
  const formula = one.checks
    .map(({ how }) => /lm\(\s*([\w.]+)\s*~\s*((?:I\([^)]*\)|[\w.+\s^:])+)/.exec(how))
    .find((found) => found !== null);
  if (formula?.[1] === undefined || formula[2] === undefined)
    throw new Error('the case names no model lm(y ~ a + b)');
  const names = formula[2].split('+').map((name) => name.trim());
  const table = one.table('x');
  const columns = table.columns.filter((name) => formula[0].includes(name));
  const rows = completeRows(openRows(table, columns));
  const byName = new Map(columns.map((name, j) => [name, column(rows, j)]));
  const scores = byName.get(formula[1]) ?? [];
  // a plain column, or a term such as I(age^2)
  const terms = names.map((name) => byName.get(name) ?? readCall(name, byName).positional[0] ?? []);
  const variables = scores.map((_, person) => terms.map((term) => term[person] ?? NaN));
  const norm = regressionNorm(variables, scores);
  if (norm === null) throw new Error('the regression cannot be computed');
  return { names, variables, scores, norm };
}

const regressionScores = ({ variables, scores, norm }: Model): (number | null)[] =>
  scores.map((score, person) => regressionZ(norm, variables[person] ?? [], score));

export const family: Family = {
  checks: {
    normTables: (one, check) => {
      const table = one.table('x');
      const scores = open(table, 'score');
      const groups = table.columns.includes('group') ? texts(table, 'group') : [];
      return Object.fromEntries(
        Object.keys(object(check.value)).map((group) => [
          group,
          groupTable(answered(scores.filter((_, person) => group === 'all' || groups[person] === group))),
        ]),
      );
    },
    coefficients: (one) => {
      const { names, norm } = regression(one);
      return Object.fromEntries(['(Intercept)', ...names].map((name, j) => [name, norm.coefficients[j]]));
    },
    residualSD: (one) => regression(one).norm.deviation,
    'zFirst#': (one, check) => firstOf(regressionScores(regression(one)), check),
    'TFirst#': (one, check) =>
      firstOf(regressionScores(regression(one)), check).map((z) => (z === null ? null : tScore(z))),
  },
};
