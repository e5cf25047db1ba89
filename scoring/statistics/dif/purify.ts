export interface Purification {
  /** items (from 0) that are flagged at the end, ascending */
  readonly flagged: readonly number[];
  /** items that matched the groups at the end; each studied item is added to them */
  readonly anchor: ReadonlySet<number>;
  /** rounds after the first look */
  readonly rounds: number;
  /** false: the limit of rounds was reached, the flags of the last round stand */
  readonly converged: boolean;
}

/**
 * Iterative purification of the matching score: items that are flagged leave the anchor, and all are looked at again, until a round flags the
 * same items as the one before.
 * Source: P. W. Holland, D. T. Thayer (1988); in rounds as difR does (Magis et al. 2010, Behavior Research Methods 42, 847–862).
 * @param flag which items are flagged with an anchor
 * @param limit most rounds
 */
export function purify(
  itemCount: number,
  flag: (anchor: ReadonlySet<number>) => readonly boolean[],
  limit = 10,
): Purification {
  const places = Array.from({ length: itemCount }, (_, j) => j);
  const look = (anchor: ReadonlySet<number>): number[] => {
    const flags = flag(anchor);
    return places.filter((j) => flags[j]);
  };
  let anchor: ReadonlySet<number> = new Set(places);
  let flagged = look(anchor);
  if (flagged.length === 0) return { flagged, anchor, rounds: 0, converged: true };
  for (let round = 1; round <= limit; round++) {
    const before = flagged;
    anchor = new Set(places.filter((j) => !before.includes(j)));
    flagged = look(anchor);
    if (flagged.join() === before.join()) return { flagged, anchor, rounds: round, converged: true };
  }
  return { flagged, anchor, rounds: limit, converged: false };
}
