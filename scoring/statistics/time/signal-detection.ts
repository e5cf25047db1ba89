import { normalQuantile } from '../../numeric/distributions-normal.ts';

export interface Detection {
  /** sensitivity d′ = z(hits) - z(false alarms) */
  readonly dPrime: number;
  /** criterion c = -(z(hits) + z(false alarms))/2; below 0: inclined to respond */
  readonly criterion: number;
}

/**
 * Sensitivity and criterion from counts, with the log-linear correction (count + 0.5)/(n + 1), applied always.
 * Source: M. J. Hautus (1995), Behavior Research Methods, Instruments & Computers 27, 46–51.
 */
export function detect(hits: number, targets: number, falseAlarms: number, others: number): Detection {
  const zHits = normalQuantile((hits + 0.5) / (targets + 1));
  const zAlarms = normalQuantile((falseAlarms + 0.5) / (others + 1));
  return { dPrime: zHits - zAlarms, criterion: -(zHits + zAlarms) / 2 };
}
