import { pick } from '../../../scoring/numeric/pick.ts';
import { gaussHermite, type Quadrature } from '../../../scoring/numeric/quadrature.ts';
import {
  calibrateTwoParameter,
  type SlopeRule,
  type TwoParameterCalibration,
} from '../../../scoring/statistics/irt/calibrate-two-parameter.ts';
import { eapScorer } from '../../../scoring/statistics/irt/estimate-eap.ts';
import { estimateMap } from '../../../scoring/statistics/irt/estimate-map.ts';
import { countPatterns } from '../../../scoring/statistics/irt/pattern-counts.ts';
import type { Got } from '../compare.ts';
import type { Family } from '../family.ts';
import { list, numberList, object } from '../json.ts';
import { once } from '../once.ts';
import type { Case, Check } from '../read-case.ts';
import { readQuadrature } from '../read-quadrature.ts';
import { openRows } from '../read-table.ts';

const rowsOf = once((one) => openRows(one.table('x')));
const quadratureOf = once(
  (one) => readQuadrature(one.notes, ...one.checks.map(({ how }) => how)) ?? gaussHermite(61),
);

const calibrations = once(() => new Map<string, TwoParameterCalibration>());

function calibrate(
  one: Case,
  slopes: SlopeRule,
  quadrature: Quadrature = quadratureOf(one),
): TwoParameterCalibration {
  const known = calibrations(one);
  const key = `${slopes} ${quadrature.nodes.length}`;
  const fit = known.get(key) ?? calibrateTwoParameter(rowsOf(one), { slopes, quadrature });
  known.set(key, fit);
  return fit;
}

const difficulty = ({ items }: TwoParameterCalibration): number[] => items.map(({ b }) => b);

const discrimination = ({ items }: TwoParameterCalibration): number[] => items.map(({ a }) => a);

/** Fixed discrimination, where the case names one: constraint=cbind(k+1,1) sets it to 1. */
const fixedSlope = ({ how }: Check): number => Number(/cbind\([^,]*,\s*(\d*\.?\d+)\s*\)/.exec(how)?.[1] ?? 1);

/** For each pattern that the check lists: what the engine makes of it. */
const forPatterns = (
  check: Check,
  compute: (pattern: readonly number[]) => { readonly [key: string]: Got },
): Got =>
  list(check.value).map((entry) => {
    const pattern = numberList(object(entry)['pattern']);
    return { pattern, ...compute(pattern) };
  });

const observed = once(
  (one) => new Map(countPatterns(rowsOf(one)).map(({ pattern, count }) => [pattern.join(), count])),
);

export const family: Family = {
  checks: {
    'logLik#PLfree': (one) => calibrate(one, 'common').logLikelihood,
    onePL: (one) => {
      const fit = calibrate(one, 'common');
      return { difficulty: difficulty(fit), discrimination: pick(discrimination(fit), 0) };
    },
    'logLikRaschD#': (one, check) => calibrate(one, fixedSlope(check)).logLikelihood,
    'raschD#difficulty': (one, check) =>
      difficulty(calibrate(one, fixedSlope(one.find('logLikRaschD1') ?? check))),
    'logLik#PL': (one) => calibrate(one, 'free').logLikelihood,
    twoPL: (one) => {
      const fit = calibrate(one, 'free');
      return { difficulty: difficulty(fit), discrimination: discrimination(fit) };
    },
    aic: (one) => ({ onePLfree: calibrate(one, 'common').aic, twoPL: calibrate(one, 'free').aic }),
    bic: (one) => ({ onePLfree: calibrate(one, 'common').bic, twoPL: calibrate(one, 'free').bic }),
    patternScoresMAP: (one, check) => {
      const { items } = calibrate(one, 'free');
      const scorer = eapScorer(items, quadratureOf(one));
      return forPatterns(check, (pattern) => {
        const { theta, error } = estimateMap(items, pattern);
        const exp = scorer(pattern).marginal * rowsOf(one).length;
        return { theta, se: error, obs: observed(one).get(pattern.join()) ?? 0, exp };
      });
    },
    patternScoresEAP: (one, check) => {
      const scorer = eapScorer(calibrate(one, 'free').items, quadratureOf(one));
      return forPatterns(check, (pattern) => {
        const { theta, error } = scorer(pattern);
        return { theta, se: error };
      });
    },
    'published#PL_ltm': (one) => {
      // the page used the default of ltm, 21 points
      const fit = calibrate(one, 'free', gaussHermite(21));
      return { difficulty: difficulty(fit), discrimination: discrimination(fit) };
    },
  },
};
