import { pick } from '../../numeric/pick.ts';
import type { OpenRows } from '../rows.ts';
import { falseDiscoveryRate } from './false-discovery-rate.ts';
import { jodoinGierlClass, type LogisticDif, logisticDif } from './logistic-dif.ts';
import { type Continuity, etsClass, type MantelHaenszel, mantelHaenszel } from './mantel-haenszel.ts';
import { matchGroups, type TwoGroups } from './match-groups.ts';
import { purify } from './purify.ts';
import { standardisedDifference } from './standardised-difference.ts';

export interface ItemDif {
  readonly mantelHaenszel:
    (MantelHaenszel & { readonly ets: 'A' | 'B' | 'C'; readonly adjustedP: number }) | null;
  readonly standardisedDifference: number | null;
  readonly logistic:
    (LogisticDif & { readonly jodoinGierl: 'A' | 'B' | 'C'; readonly adjustedP: number }) | null;
}

export interface DifAnalysis {
  readonly referenceCount: number;
  readonly focalCount: number;
  /**
   * null: not computed, a group is smaller than the minimum. That is not "no DIF".
   */
  readonly items: readonly ItemDif[] | null;
  /** items (from 0) left out of the matching score by purification */
  readonly outsideAnchor: readonly number[];
  readonly rounds: number;
  readonly converged: boolean;
}

export interface DifOptions {
  /** fewest persons in each group; 200 when absent */
  readonly minimum?: number;
  readonly continuity?: Continuity;
  /** chi-square above which purification flags an item; 3.841 (p < 0.05) when absent, null: no purification */
  readonly purifyAbove?: number | null;
  /** most rounds of purification; 10 when absent */
  readonly rounds?: number;
}

/** Items whose Mantel–Haenszel chi-square is above a cutoff, for purification; what is not defined is not flagged. */
export const flagByChiSquare =
  (groups: TwoGroups, above: number, continuity: Continuity) =>
  (anchor: ReadonlySet<number>): boolean[] =>
    Array.from({ length: groups.itemCount }, (_, j) => {
      const result = mantelHaenszel(groups.strata(j, anchor), continuity);
      return result !== null && result.chiSquare > above;
    });

/**
 * Differential item functioning of all items for two groups: Mantel–Haenszel with ETS class, standardised difference and logistic regression,
 * on a purified matching score, with p values adjusted for the number of items (false discovery rate).
 * Fewer than 200 persons in a group give too little power and unstable classes (Zwick 2012), so nothing is computed then.
 * @throws RangeError as matchGroups does
 */
export function analyseDif(rows: OpenRows, focal: readonly boolean[], options: DifOptions = {}): DifAnalysis {
  const { minimum = 200, continuity = 'yates', purifyAbove = 3.841, rounds = 10 } = options;
  const groups = matchGroups(rows, focal);
  const { referenceCount, focalCount, itemCount } = groups;
  if (Math.min(referenceCount, focalCount) < minimum)
    return { referenceCount, focalCount, items: null, outsideAnchor: [], rounds: 0, converged: true };

  const flag = flagByChiSquare(groups, purifyAbove ?? Infinity, continuity);
  const { anchor, rounds: done, converged } = purify(itemCount, flag, rounds);
  const places = Array.from({ length: itemCount }, (_, j) => j);
  const raw = places.map((j) => {
    const strata = groups.strata(j, anchor);
    return {
      haenszel: mantelHaenszel(strata, continuity),
      difference: standardisedDifference(strata),
      logistic: logisticDif(strata),
    };
  });
  const haenszelP = falseDiscoveryRate(raw.map(({ haenszel }) => haenszel && haenszel.p));
  const logisticP = falseDiscoveryRate(raw.map(({ logistic }) => logistic && logistic.both.p));
  return {
    referenceCount,
    focalCount,
    items: raw.map(({ haenszel, difference, logistic }, j) => ({
      mantelHaenszel: haenszel && {
        ...haenszel,
        ets: etsClass(haenszel),
        adjustedP: Number(pick(haenszelP, j)),
      },
      standardisedDifference: difference,
      logistic: logistic && {
        ...logistic,
        jodoinGierl: jodoinGierlClass(logistic.deltaR2),
        adjustedP: Number(pick(logisticP, j)),
      },
    })),
    outsideAnchor: places.filter((j) => !anchor.has(j)),
    rounds: done,
    converged,
  };
}
