import { answered } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/**
 * Mean of the answered items of a scale, after reversal.
 * @param floor least share 0…1 of the items that must be answered; 0 asks for one answer
 * @returns null below the floor
 */
export function scaleMean(values: readonly (number | null)[], floor: number): number | null {
  const present = answered(values);
  // 0.7 · 10 is 7.000000000000001 to the machine
  return present.length === 0 || present.length < floor * values.length - 1e-9 ? null : mean(present);
}
