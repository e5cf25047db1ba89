import { pick } from '../../scoring/numeric/pick.ts';
import type { PartialCreditItem } from '../../scoring/statistics/irt/partial-credit-curve.ts';
import { rawScoreAbility } from '../../scoring/statistics/irt/raw-score-ability.ts';
import type { Got } from './compare.ts';
import { isObject, list, number, object } from './json.ts';
import type { Check } from './read-case.ts';

/**
 * Ability (or its error) of each raw score that a check lists. Lowest and highest raw scores have none under maximum likelihood; the cases say
 * that what they list there (an extrapolation of eRm) is to be ignored, so it is repeated.
 */
export function abilitiesByRaw(items: readonly PartialCreditItem[], check: Check, what: 'theta' | 'se'): Got {
  const ignored = /ignore/.test(check.how);
  return list(check.value).map((entry) => {
    const raw = number(object(entry)['raw']);
    const ability = rawScoreAbility(items, raw);
    if (ability === null)
      return ignored && isObject(entry) ? { raw, [what]: number(entry[what]) } : { raw, [what]: null };
    return { raw, [what]: what === 'theta' ? ability.theta : ability.error };
  });
}

/** The threshold table of eRm: location is the mean of the thresholds; items with fewer categories have nothing in the last columns. */
export function thresholdTable(names: readonly string[], items: readonly PartialCreditItem[]): Got {
  const most = Math.max(...items.map(({ thresholds }) => thresholds.length));
  return {
    1: {
      items: names,
      location: items.map(({ thresholds }) => thresholds.reduce((sum, t) => sum + t, 0) / thresholds.length),
      thresholds: items.map(({ thresholds }) =>
        Array.from({ length: most }, (_, h) => thresholds[h] ?? null),
      ),
    },
  };
}

/** Item difficulties of right/wrong items. */
export const difficulties = (items: readonly PartialCreditItem[]): number[] =>
  items.map(({ thresholds }) => pick(thresholds, 0));
