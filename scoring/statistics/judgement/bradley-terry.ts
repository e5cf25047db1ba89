import { log } from '../../numeric/elementary.ts';
import { pick } from '../../numeric/pick.ts';
import { type Rows, sum } from '../rows.ts';
import { mean } from '../basics/mean.ts';

/** Everything that can be reached from 0 along the wins, in one direction or the other. */
function reaches(wins: Rows, beats: (i: number, j: number) => boolean): boolean {
  const seen = new Set([0]);
  for (const i of seen) for (const j of wins.keys()) if (beats(i, j)) seen.add(j);
  return seen.size === wins.length;
}

/**
 * Paired comparisons, Bradley–Terry model: P(i beats j) = w_i/(w_i + w_j), by maximum likelihood with the minorisation steps of Hunter.
 * Source: R. A. Bradley, M. E. Terry (1952), Biometrika 39, 324–345; D. R. Hunter (2004), Annals of Statistics 32, 384–406.
 * @param wins how often the row beat the column
 * @returns logarithms of the worths, with mean 0; null when some of them would be infinite (no chain of wins leads from every one to every other)
 */
export function bradleyTerry(wins: Rows): number[] | null {
  const won = (i: number, j: number): number => pick(pick(wins, i), j);
  if (!reaches(wins, (i, j) => won(i, j) > 0) || !reaches(wins, (i, j) => won(j, i) > 0)) return null;
  const victories = wins.map((row, i) => sum(row.filter((_, j) => j !== i)));
  let worths = wins.map(() => 1);
  for (let turn = 0; turn < 10000; turn++) {
    const next = worths.map((worth, i) => {
      const rivals = sum(worths.map((other, j) => (j === i ? 0 : (won(i, j) + won(j, i)) / (worth + other))));
      return pick(victories, i) / rivals;
    });
    const scale = mean(next);
    const scaled = next.map((worth) => worth / scale);
    const moved = Math.max(...scaled.map((worth, i) => Math.abs(worth - pick(worths, i)) / worth));
    worths = scaled;
    if (moved < 1e-14) break;
  }
  const logs = worths.map(log);
  const centre = mean(logs);
  return logs.map((value) => value - centre);
}
