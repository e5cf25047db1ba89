import { pick } from '../../numeric/pick.ts';

/** The best and the worst option of one item in the experts' view, counted from 0; the first on a tie. */
export interface BestWorstKey {
  readonly best: number;
  readonly worst: number;
}

/** @param means experts' mean of each option of the item @throws RangeError for no options */
export function bestWorstKey(means: readonly number[]): BestWorstKey {
  pick(means, 0);
  return { best: means.indexOf(Math.max(...means)), worst: means.indexOf(Math.min(...means)) };
}

/** Two sub-scores of an answer to "which is best, which is worst": each 1 for the key, -1 for the opposite key, else 0. */
export function scoreBestWorst(
  answer: { readonly best: number; readonly worst: number },
  key: BestWorstKey,
): { readonly best: number; readonly worst: number } {
  const mark = (given: number, right: number, opposite: number): number =>
    given === right ? 1 : given === opposite ? -1 : 0;
  return { best: mark(answer.best, key.best, key.worst), worst: mark(answer.worst, key.worst, key.best) };
}
