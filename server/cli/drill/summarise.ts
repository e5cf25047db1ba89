/** What a drill found; every field is printed by --json. */
export interface DrillReport {
  readonly terminals: number;
  readonly seconds: number;
  readonly kills: number;
  readonly seed: number;
  /** answers, views and flags that the server acknowledged */
  readonly acked: number;
  readonly lost: number;
  readonly duplicated: number;
  /** entries that nobody sent, broken chains, refusals of good messages, messages never acknowledged, terminals that did not return: all 0 in a good run */
  readonly unexplained: number;
  readonly brokenChains: number;
  readonly refused: number;
  readonly unsettled: number;
  readonly notReturned: number;
  /** acknowledged in each life of the server */
  readonly ackedByLife: readonly number[];
  /** from the start of the process until it says it is ready, the slowest; null without a kill */
  readonly restartMsMax: number | null;
  /** the largest difference between time given back and time lost, of anybody; null without a kill */
  readonly unfairMsMax: number | null;
  /** from sending to acknowledgement while the server was up */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** growth of the server's resident memory from ready to all connected; null where the system does not tell */
  readonly rssKbPerTerminal: number | null;
}

/** Value at that share of the sorted list, rounded to 0.01; null of an empty list. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = Float64Array.from(values).toSorted();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? null : Math.round(value * 100) / 100;
}

/** True when nothing was lost or doubled and everybody returned. */
export function isGood(r: DrillReport): boolean {
  return (
    r.acked > 0 &&
    [r.lost, r.duplicated, r.unexplained, r.brokenChains, r.refused, r.unsettled, r.notReturned].every(
      (x) => x === 0,
    )
  );
}
