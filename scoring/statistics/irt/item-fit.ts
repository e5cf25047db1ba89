import { pick } from '../../numeric/pick.ts';
import { variance } from '../basics/variance.ts';
import type { OpenRows } from '../rows.ts';
import { curveInformation } from './information.ts';
import { itemCurve } from './item-curve.ts';
import type { PartialCreditItem } from './partial-credit-curve.ts';
import { answeredPart, rawScoreAbility, type RawScoreAbility } from './raw-score-ability.ts';

/** Mean squares of one item; 1 is expected, 0.5…1.5 usually called useful. */
export interface ItemFit {
  /** answers that were counted */
  readonly answers: number;
  /** Σ residual² / Σ variance: answers near the item's own level count most */
  readonly infit: number;
  /** mean of residual² / variance: sensitive to single surprising answers */
  readonly outfit: number;
}

/** The ability of every person; null for lowest and highest raw scores. Equal cases are computed once. */
export function personAbilities(
  rows: OpenRows,
  items: readonly PartialCreditItem[],
): (RawScoreAbility | null)[] {
  const known = new Map<string, RawScoreAbility | null>();
  return rows.map((row) => {
    const { shown, raw } = answeredPart(items, row);
    const key = `${raw} ${row.map((value) => (value === null ? '-' : '+')).join('')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const ability = rawScoreAbility(shown, raw);
    known.set(key, ability);
    return ability;
  });
}

/**
 * Infit and outfit of each item, from the persons' maximum-likelihood abilities; persons with lowest and highest raw scores are left out,
 * as they have none.
 * Source: B. D. Wright, G. N. Masters (1982), Rating Scale Analysis, chapter 5.
 * @returns null for an item that nobody else answered
 */
export function itemFit(rows: OpenRows, items: readonly PartialCreditItem[]): (ItemFit | null)[] {
  const abilities = personAbilities(rows, items);
  return items.map((item, j) => {
    let answers = 0;
    let squares = 0;
    let variances = 0;
    let ratios = 0;
    rows.forEach((row, i) => {
      const answer = pick(row, j);
      const ability = pick(abilities, i);
      if (answer === null || ability === null) return;
      const curve = itemCurve(item, ability.theta);
      const expected = curve.p.reduce((sum, p, h) => sum + h * p, 0);
      // with a = 1 the information is the variance of the answer
      const spread = curveInformation(curve);
      const residual = answer - expected;
      answers += 1;
      squares += residual * residual;
      variances += spread;
      ratios += (residual * residual) / spread;
    });
    return answers === 0 ? null : { answers, infit: squares / variances, outfit: ratios / answers };
  });
}

/**
 * Person separation reliability: share of the variance of abilities that is not error, (s² - mean error²) / s², s² with n - 1, persons with
 * lowest and highest raw scores left out.
 * Source: Wright & Masters (1982), section 5.4.
 * @returns null for fewer than two such persons, or abilities that are all alike
 */
export function separationReliability(rows: OpenRows, items: readonly PartialCreditItem[]): number | null {
  const abilities = personAbilities(rows, items).filter((ability) => ability !== null);
  if (abilities.length < 2) return null;
  const spread = variance(abilities.map(({ theta }) => theta));
  if (spread === 0) return null;
  const error = abilities.reduce((sum, ability) => sum + ability.error * ability.error, 0) / abilities.length;
  return (spread - error) / spread;
}
