import { mean } from '../basics/mean.ts';
import { median } from '../basics/quantile.ts';
import { standardDeviation } from '../basics/variance.ts';
import { inverseEfficiency } from './person-times.ts';
import { type Detection, detect } from './signal-detection.ts';
import { withinDeviations } from './trimmed-mean.ts';

export interface Trial {
  /** a response was asked for */
  readonly target: boolean;
  readonly responded: boolean;
  /** ms; null without response */
  readonly timeMs: number | null;
}

export interface GoNoGo extends Detection {
  readonly hits: number;
  readonly omissions: number;
  readonly commissions: number;
  readonly correctRejections: number;
  /** responses faster than can be a reaction */
  readonly anticipations: number;
  /** responses slower than attention allows */
  readonly lapses: number;
  readonly meanTimeMs: number | null;
  readonly medianTimeMs: number | null;
  /** of hits within the limits, then within so many deviations of their mean, in one pass */
  readonly trimmedMeanMs: number | null;
  readonly trimmedDeviationMs: number | null;
  readonly variation: number | null;
  /** trimmed mean over hit rate */
  readonly inverseEfficiencyMs: number | null;
}

/** Limits of a plausible reaction, both included, and the deviations of the trimming. */
export interface ReactionLimits {
  readonly fastestMs: number;
  readonly slowestMs: number;
  readonly deviations: number;
}

/**
 * Measures of a go/no-go or continuous performance task.
 * Source: usual definitions, H. E. Rosvold et al. (1956), Journal of Consulting Psychology 20, 343–350; trimming after Ratcliff (1993); d′ after Hautus (1995).
 */
export function measureGoNoGo(
  trials: readonly Trial[],
  { fastestMs, slowestMs, deviations }: ReactionLimits = { fastestMs: 150, slowestMs: 2000, deviations: 2.5 },
): GoNoGo {
  const count = (target: boolean, responded: boolean): number =>
    trials.filter((trial) => trial.target === target && trial.responded === responded).length;
  const hits = count(true, true);
  const omissions = count(true, false);
  const commissions = count(false, true);
  const correctRejections = count(false, false);
  const times = trials.flatMap(({ target, responded, timeMs }) =>
    target && responded && timeMs !== null ? [timeMs] : [],
  );
  const plausible = times.filter((time) => time >= fastestMs && time <= slowestMs);
  const kept = withinDeviations(plausible, deviations);
  const trimmed = kept.length === 0 ? null : mean(kept);
  const spread = kept.length < 2 ? null : standardDeviation(kept);
  return {
    hits,
    omissions,
    commissions,
    correctRejections,
    anticipations: times.filter((time) => time < fastestMs).length,
    lapses: times.filter((time) => time > slowestMs).length,
    meanTimeMs: times.length === 0 ? null : mean(times),
    medianTimeMs: times.length === 0 ? null : median(times),
    trimmedMeanMs: trimmed,
    trimmedDeviationMs: spread,
    variation: trimmed === null || spread === null ? null : spread / trimmed,
    inverseEfficiencyMs: trimmed === null ? null : inverseEfficiency(trimmed, hits / (hits + omissions)),
    ...detect(hits, hits + omissions, commissions, commissions + correctRejections),
  };
}
