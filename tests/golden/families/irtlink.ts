import { pick } from '../../../scoring/numeric/pick.ts';
import { normalGrid, type Quadrature } from '../../../scoring/numeric/quadrature.ts';
import {
  type CommonItems,
  linkByGeometricMean,
  linkByHaebara,
  linkByMeanMean,
  linkByMeanSigma,
  linkByStockingLord,
} from '../../../scoring/statistics/irt/link-scales.ts';
import type { Family } from '../family.ts';
import { once } from '../once.ts';
import type { Case } from '../read-case.ts';
import { readBank } from '../read-bank.ts';
import { texts } from '../read-table.ts';

const namesOf = once((one) => {
  const fresh = texts(one.table('new'), 'item');
  return texts(one.table('base'), 'item').filter((name) => fresh.includes(name));
});

/** The items that both calibrations name, in the order of the base. */
const commonOf = once((one): CommonItems => {
  const side = (role: string): CommonItems['base'] => {
    const bank = readBank(one.table(role));
    const names = texts(one.table(role), 'item');
    return namesOf(one).map((name) => pick(bank, names.indexOf(name)));
  };
  return { base: side('base'), fresh: side('new') };
});

/** "161 equal-spaced nodes on [-4,4], N(0,1) weights"; one check may refer to the grid of the other ("same grid") */
function quadratureOf(one: Case): Quadrature {
  const words = ['stockingLord', 'haebara'].map((name) => one.find(name)?.how ?? '').join(' ');
  const count = Number(/(\d+) (?:equal|node|point)/.exec(words)?.[1] ?? 161);
  const [, low, high] = /\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]/.exec(words) ?? [];
  return normalGrid({ points: count, low: Number(low ?? -4), high: Number(high ?? 4), rule: 'rectangle' });
}

export const family: Family = {
  checks: {
    commonItems: namesOf,
    meanSigma: (one) => ({ ...linkByMeanSigma(commonOf(one)) }),
    meanMean: (one) => ({ ...linkByMeanMean(commonOf(one)) }),
    meanGeometricMean: (one) => ({ ...linkByGeometricMean(commonOf(one)) }),
    haebara: (one) => ({ ...linkByHaebara(commonOf(one), quadratureOf(one)) }),
    stockingLord: (one) => ({ ...linkByStockingLord(commonOf(one), quadratureOf(one)) }),
  },
};
