import { lordSem } from '../../precision/lord.ts';

/**
 * Conditional standard error of a number of right answers after Keats: Lord's sqrt(x(k-x)/(k-1)) times sqrt((1 - KR20)/(1 - KR21)), so that its
 * square averages to the usual error variance. Lord's own takes the items as a random sample and is the wider one.
 * Source: J. A. Keats (1957), Psychometrika 22, 29–41.
 * @param x marks 0…k
 * @throws RangeError as lordSem does; for KR-21 of 1
 */
export function keatsSem(x: number, k: number, kr20: number, kr21: number): number {
  if (kr21 >= 1) throw new RangeError('KR-21 below 1');
  return lordSem(x, k) * Math.sqrt((1 - kr20) / (1 - kr21));
}
