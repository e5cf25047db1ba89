import { pick } from '../../../scoring/numeric/pick.ts';
import {
  type AbilityEstimate,
  type AdaptiveTest,
  runAdaptiveTest,
} from '../../../scoring/statistics/adaptive/run-adaptive-test.ts';
import { estimateEap } from '../../../scoring/statistics/irt/estimate-eap.ts';
import { estimateMap } from '../../../scoring/statistics/irt/estimate-map.ts';
import { estimateMl } from '../../../scoring/statistics/irt/estimate-ml.ts';
import { estimateWle } from '../../../scoring/statistics/irt/estimate-wle.ts';
import type { Family } from '../family.ts';
import { type Json, number, object, text } from '../json.ts';
import { once } from '../once.ts';
import type { Case } from '../read-case.ts';
import { readBank } from '../read-bank.ts';
import { readQuadrature } from '../read-quadrature.ts';
import { numbers } from '../read-table.ts';

const optional = (value: Json | undefined): number | undefined =>
  value === undefined || value === null ? undefined : number(value);

/** "EAP N(0,1), trapezoid, 161 points on [-4,4]" and its likes */
function readEstimator(words: string): AbilityEstimate {
  if (/\bEAP\b/.test(words)) {
    const quadrature = readQuadrature(words);
    return (items, pattern) => estimateEap(items, pattern, quadrature);
  }
  if (/\b(?:MAP|BM)\b/.test(words)) return (items, pattern) => estimateMap(items, pattern);
  if (/\b(?:WLE?|Warm)\b/.test(words)) return (items, pattern) => estimateWle(items, pattern);
  return (items, pattern) => estimateMl(items, pattern);
}

const testOf = once((one): AdaptiveTest => {
  const { start, select, estimator, stopSE, minItems, maxItems } = object(one.need('rule').value);
  if (select !== undefined && select !== 'MFI')
    throw new Error('the engine selects by maximum information only');
  const table = one.table('bank');
  const responses = numbers(table, 'response');
  const bank = readBank(table);
  const error = optional(stopSE);
  return runAdaptiveTest(bank, readEstimator(text(estimator)), (item) => pick(responses, item), {
    start: optional(start) ?? 0,
    stop: {
      ...(error === undefined ? {} : { error }),
      least: optional(minItems) ?? 0,
      most: optional(maxItems) ?? bank.length,
    },
  });
});

const last = (one: Case) => pick(testOf(one).steps, testOf(one).steps.length - 1);

/** What the words of a case for a reason look like. */
const reasons: { readonly [reason in AdaptiveTest['stoppedBy']]: RegExp } = {
  error: /\bse\b|error|precision/i,
  length: /max|length/i,
  bank: /bank|exhausted|no item/i,
};

export const family: Family = {
  given: { rule: 'start, selection, estimator and stopping rules' },
  checks: {
    trace: (one) =>
      testOf(one).steps.map(({ item, information, answer, theta, error }, i) => ({
        step: i + 1,
        item: item + 1,
        infoAtSelection: information,
        response: answer,
        theta,
        se: error,
      })),
    finalTheta: (one) => last(one).theta,
    finalSE: (one) => last(one).error,
    nItems: (one) => testOf(one).steps.length,
    stoppedBy: (one, { value }) => {
      const reason = testOf(one).stoppedBy;
      return reasons[reason].test(text(value)) ? text(value) : reason;
    },
  },
};
