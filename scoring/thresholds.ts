import type { ThresholdResult } from './score-sheet.ts';

/**
 * Met or not met: a score of the threshold itself meets it. `close` is a note beside the result, never a third result: the distance is at
 * most one standard error. Both comparisons use the reported numbers, so that a reader can repeat them from the page.
 * @param sem reported standard error, in marks
 */
export function compareWithThreshold(score: number, threshold: number, sem: number): ThresholdResult {
  return { threshold, met: score >= threshold, close: Math.abs(score - threshold) <= sem };
}
