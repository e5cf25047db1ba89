/** What a person did in a correction test (Bourdon, Landolt): signs looked through, targets among them, targets struck out, other signs struck out. */
export interface CorrectionCounts {
  readonly viewed: number;
  readonly targets: number;
  readonly hits: number;
  readonly commissions: number;
}

export interface CorrectionMeasures {
  readonly omissions: number;
  /** share of targets struck out, hits/targets */
  readonly accuracy: number;
  /** (hits - commissions)/targets: Whipple's index of concentration; may be negative */
  readonly concentration: number;
  /** signs · accuracy: the amount of work, weighed by its quality */
  readonly productivity: number;
  /** signs looked through in a minute */
  readonly speedPerMinute: number;
}

/**
 * Measures of a correction test.
 * Source: B. Bourdon (1895), Revue philosophique 40, 153–185; G. M. Whipple (1914), Manual of Mental and Physical Tests, test 26.
 * @param durationMs working time, positive
 * @throws RangeError for no targets, or more hits than targets
 */
export function measureCorrection(
  { viewed, targets, hits, commissions }: CorrectionCounts,
  durationMs: number,
): CorrectionMeasures {
  if (!(targets > 0 && hits <= targets && durationMs > 0))
    throw new RangeError('targets, at most as many hits, and a duration');
  const accuracy = hits / targets;
  return {
    omissions: targets - hits,
    accuracy,
    concentration: (hits - commissions) / targets,
    productivity: viewed * accuracy,
    speedPerMinute: viewed / (durationMs / 60000),
  };
}
