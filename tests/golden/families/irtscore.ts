import { estimateEap } from '../../../scoring/statistics/irt/estimate-eap.ts';
import { estimateMap } from '../../../scoring/statistics/irt/estimate-map.ts';
import { estimateMl } from '../../../scoring/statistics/irt/estimate-ml.ts';
import { estimateWle } from '../../../scoring/statistics/irt/estimate-wle.ts';
import {
  informationError,
  itemInformation,
  testInformation,
} from '../../../scoring/statistics/irt/information.ts';
import { itemCurve } from '../../../scoring/statistics/irt/item-curve.ts';
import type { AbilityRange } from '../../../scoring/statistics/irt/maximise-by-slope.ts';
import type { Ability } from '../../../scoring/statistics/irt/ability.ts';
import type { Family } from '../family.ts';
import { list, number, numberList, object } from '../json.ts';
import { once } from '../once.ts';
import type { Case } from '../read-case.ts';
import { readBank } from '../read-bank.ts';
import { readQuadrature } from '../read-quadrature.ts';

const bankOf = once((one) => readBank(one.table('bank')));

const grid = (one: Case): number[] => numberList(one.need('thetaGrid').value);

/** range=c(-4,4) in the call */
function readRange(how: string): AbilityRange {
  const [, low, high] = /range\s*=\s*c\((-?[\d.]+),\s*(-?[\d.]+)\)/.exec(how) ?? [];
  return { low: Number(low ?? -4), high: Number(high ?? 4) };
}

const shown = ({ theta, error }: Ability): { theta: number; se: number } => ({ theta, se: error });

export const family: Family = {
  given: { thetaGrid: 'the abilities of the other checks' },
  checks: {
    prob: (one) => grid(one).map((theta) => bankOf(one).map((item) => itemCurve(item, theta).p[1])),
    info: (one) => grid(one).map((theta) => bankOf(one).map((item) => itemInformation(item, theta))),
    testInfo: (one) => grid(one).map((theta) => testInformation(bankOf(one), theta)),
    sem: (one) => grid(one).map((theta) => informationError(testInformation(bankOf(one), theta))),
    scores: (one, { value, how }) => {
      const bank = bankOf(one);
      const range = readRange(how);
      const quadrature = readQuadrature(how, one.notes);
      return list(value).map((entry) => {
        const pattern = list(object(entry)['pattern']).map((answer) =>
          answer === null ? null : number(answer),
        );
        const map = shown(estimateMap(bank, pattern, undefined, range));
        const wle = shown(estimateWle(bank, pattern, range));
        return {
          pattern,
          ML: shown(estimateMl(bank, pattern, range)),
          BM: map,
          MAP: map,
          EAP: shown(estimateEap(bank, pattern, quadrature)),
          WL: wle,
          WLE: wle,
        };
      });
    },
  },
};
