import * as beta from '../../../scoring/numeric/distributions-beta.ts';
import * as gamma from '../../../scoring/numeric/distributions-gamma.ts';
import * as normal from '../../../scoring/numeric/distributions-normal.ts';
import { readCall } from '../evaluate-call.ts';
import type { Compute, Family } from '../family.ts';
import { list } from '../json.ts';
import type { Case, Check } from '../read-case.ts';

interface Distribution {
  /** R's names of the parameters after the value or probability, each with what R fills in */
  readonly parameters: Readonly<Record<string, number>>;
  readonly lower: (value: number, ...parameters: readonly number[]) => number;
  readonly upper: (value: number, ...parameters: readonly number[]) => number;
}

const at = (values: readonly number[], i: number): number => values[i] ?? NaN;
const density = (): number => {
  throw new Error('a density has no tail');
};

/** R's name → the engine's function. */
const functions: Readonly<Record<string, Distribution>> = {
  qnorm: {
    parameters: { mean: 0, sd: 1 },
    lower: (p, ...v) => at(v, 0) + at(v, 1) * normal.normalQuantile(p),
    upper: (p, ...v) => at(v, 0) - at(v, 1) * normal.normalQuantile(p),
  },
  pnorm: {
    parameters: { mean: 0, sd: 1 },
    lower: (x, ...v) => normal.normalCdf((x - at(v, 0)) / at(v, 1)),
    upper: (x, ...v) => normal.normalCdf((at(v, 0) - x) / at(v, 1)),
  },
  dnorm: {
    parameters: { mean: 0, sd: 1 },
    lower: (x, ...v) => normal.normalDensity((x - at(v, 0)) / at(v, 1)) / at(v, 1),
    upper: density,
  },
  qt: {
    parameters: { df: NaN },
    lower: (p, ...v) => beta.studentQuantile(p, at(v, 0)),
    upper: (p, ...v) => -beta.studentQuantile(p, at(v, 0)),
  },
  pt: {
    parameters: { df: NaN },
    lower: (t, ...v) => beta.studentCdf(t, at(v, 0)),
    upper: (t, ...v) => beta.studentCdf(-t, at(v, 0)),
  },
  qchisq: {
    parameters: { df: NaN },
    lower: (p, ...v) => gamma.chiSquareQuantile(p, at(v, 0)),
    upper: (p, ...v) => gamma.chiSquareQuantile(1 - p, at(v, 0)),
  },
  pchisq: {
    parameters: { df: NaN },
    lower: (x, ...v) => gamma.chiSquareCdf(x, at(v, 0)),
    upper: (x, ...v) => gamma.chiSquareUpper(x, at(v, 0)),
  },
  qf: {
    parameters: { df1: NaN, df2: NaN },
    lower: (p, ...v) => beta.fQuantile(p, at(v, 0), at(v, 1)),
    upper: (p, ...v) => beta.fQuantile(1 - p, at(v, 0), at(v, 1)),
  },
  pf: {
    parameters: { df1: NaN, df2: NaN },
    lower: (x, ...v) => beta.fCdf(x, at(v, 0), at(v, 1)),
    upper: (x, ...v) => beta.fUpper(x, at(v, 0), at(v, 1)),
  },
  qbeta: {
    parameters: { shape1: NaN, shape2: NaN },
    lower: (p, ...v) => beta.betaQuantile(p, at(v, 0), at(v, 1)),
    upper: (p, ...v) => beta.betaQuantile(1 - p, at(v, 0), at(v, 1)),
  },
  pbeta: {
    parameters: { shape1: NaN, shape2: NaN },
    lower: (x, ...v) => beta.betaCdf(x, at(v, 0), at(v, 1)),
    upper: (x, ...v) => beta.incompleteBeta(at(v, 0), at(v, 1), x, 1 - x).upper,
  },
  dbeta: {
    parameters: { shape1: NaN, shape2: NaN },
    lower: (x, ...v) => beta.betaDensity(x, 1 - x, at(v, 0), at(v, 1)),
    upper: density,
  },
  qgamma: {
    parameters: { shape: NaN, rate: 1 },
    lower: (p, ...v) => gamma.gammaQuantile(p, at(v, 0)) / at(v, 1),
    upper: (p, ...v) => gamma.gammaQuantile(1 - p, at(v, 0)) / at(v, 1),
  },
  pgamma: {
    parameters: { shape: NaN, rate: 1 },
    lower: (x, ...v) => gamma.gammaCdf(x * at(v, 1), at(v, 0)),
    upper: (x, ...v) => gamma.gammaUpper(x * at(v, 1), at(v, 0)),
  },
  qbinom: {
    parameters: { size: NaN, prob: NaN },
    lower: (p, ...v) => beta.binomialQuantile(p, at(v, 0), at(v, 1)),
    upper: (p, ...v) => beta.binomialQuantile(1 - p, at(v, 0), at(v, 1)),
  },
  pbinom: {
    parameters: { size: NaN, prob: NaN },
    lower: (x, ...v) => beta.binomialCdf(x, at(v, 0), at(v, 1)),
    upper: (x, ...v) => 1 - beta.binomialCdf(x, at(v, 0), at(v, 1)),
  },
  dbinom: {
    parameters: { size: NaN, prob: NaN },
    lower: (x, ...v) => beta.binomialProbability(x, at(v, 0), at(v, 1)),
    upper: density,
  },
  lgamma: { parameters: {}, lower: (x) => gamma.logGamma(x), upper: density },
};

/** The vectors that the case gives, by name. */
const givenVectors = (one: Case): Map<string, readonly number[]> =>
  new Map(
    one.checks.flatMap(({ name, how, value }) =>
      how.startsWith('given')
        ? [[name, list(value).filter((part) => typeof part === 'number')] as const]
        : [],
    ),
  );

/** Works out the call that stands in the "how" of the check, such as pchisq(3|x|,1,lower.tail=FALSE). */
const compute: Compute = (one: Case, check: Check) => {
  const { name, positional, named } = readCall(check.how, givenVectors(one));
  const distribution = functions[name];
  if (distribution === undefined) throw new Error(`no function ${name}`);
  const tail = named.get('lower.tail')?.[0] === 0 ? distribution.upper : distribution.lower;
  const free = Object.keys(distribution.parameters).filter((parameter) => !named.has(parameter));
  const [values = [], ...parameters] = positional;
  const arguments_ = Object.entries(distribution.parameters).map(
    ([parameter, usual]) => named.get(parameter) ?? parameters[free.indexOf(parameter)] ?? [usual],
  );
  const length = Math.max(values.length, ...arguments_.map((argument) => argument.length));
  return Array.from({ length }, (_, i) =>
    tail(at(values, i % values.length), ...arguments_.map((argument) => at(argument, i % argument.length))),
  );
};

export const family: Family = {
  checks: {},
  given: { p: 'probabilities', x: 'values', q: 'values', k: 'counts', n: 'trials' },
  anyOther: compute,
};
