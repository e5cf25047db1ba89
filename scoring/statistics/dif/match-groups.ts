import { wholeAt } from '../../numeric/at.ts';
import { pick } from '../../numeric/pick.ts';
import { columnCount, type OpenRows } from '../rows.ts';

/** Answers to one item at one matching score: reference group and focal group, right and wrong. */
export interface Stratum {
  readonly score: number;
  readonly referenceRight: number;
  readonly referenceWrong: number;
  readonly focalRight: number;
  readonly focalWrong: number;
}

/** Right/wrong answers laid out for the comparison of two groups. */
export interface TwoGroups {
  readonly itemCount: number;
  readonly referenceCount: number;
  readonly focalCount: number;
  /**
   * The answers to one item by matching score, ascending, empty scores left out. The matching score is the number of right answers to the
   * anchor items and, always, to the item itself: without it the Mantel–Haenszel statistic is biased where groups differ in ability
   * (Holland & Thayer 1988).
   */
  readonly strata: (item: number, anchor: ReadonlySet<number>) => Stratum[];
}

/**
 * Lays out the answers of two groups. A missing answer adds nothing to the matching score, and the person is left out for that item.
 * @param rows persons × items of 0, 1, null
 * @param focal for each person whether he or she is of the focal group; the others are the reference group
 * @throws RangeError for other values, or lists of unequal length
 */
export function matchGroups(rows: OpenRows, focal: readonly boolean[]): TwoGroups {
  const itemCount = columnCount(rows);
  if (rows.length !== focal.length) throw new RangeError('as many group marks as persons');
  const persons = rows.length;
  /** item after item: 0, 1, or 2 for missing */
  const answers = Array.from({ length: itemCount }, () => new Int32Array(persons));
  rows.forEach((row, i) => {
    answers.forEach((own, j) => {
      const value = row[j];
      if (value !== 0 && value !== 1 && value !== null)
        throw new RangeError('answers must be 0, 1 or missing');
      own[i] = value ?? 2;
    });
  });
  const group = Int32Array.from(focal, Number);
  const focalCount = group.reduce((sum, mark) => sum + mark, 0);

  let knownAnchor: ReadonlySet<number> | undefined;
  let cells = new Int32Array(persons);
  /** for each person four times the matching score of the anchor, and two for the focal group */
  const cellsOf = (anchor: ReadonlySet<number>): Int32Array => {
    if (anchor === knownAnchor) return cells;
    cells = group.map((mark) => 2 * mark);
    for (const own of answers.filter((_, j) => anchor.has(j)))
      for (let i = 0; i < persons; i++) if (wholeAt(own, i) === 1) cells[i] = wholeAt(cells, i) + 4;
    knownAnchor = anchor;
    return cells;
  };

  const strata = (item: number, anchor: ReadonlySet<number>): Stratum[] => {
    const places = cellsOf(anchor);
    const own = pick(answers, item);
    const right = anchor.has(item) ? 1 : 5;
    // by score: reference wrong, reference right, focal wrong, focal right
    const counts = new Int32Array(4 * (itemCount + 1));
    for (let i = 0; i < persons; i++) {
      const answer = wholeAt(own, i);
      if (answer === 2) continue;
      const place = wholeAt(places, i) + right * answer;
      counts[place] = wholeAt(counts, place) + 1;
    }
    const found: Stratum[] = [];
    for (let score = 0; score <= itemCount; score++) {
      const referenceWrong = wholeAt(counts, 4 * score);
      const referenceRight = wholeAt(counts, 4 * score + 1);
      const focalWrong = wholeAt(counts, 4 * score + 2);
      const focalRight = wholeAt(counts, 4 * score + 3);
      if (referenceWrong + referenceRight + focalWrong + focalRight > 0)
        found.push({ score, referenceWrong, referenceRight, focalWrong, focalRight });
    }
    return found;
  };
  return { itemCount, referenceCount: persons - focalCount, focalCount, strata };
}

/** All items of the comparison as anchor. */
export const allItems = ({ itemCount }: TwoGroups): ReadonlySet<number> =>
  new Set(Array.from({ length: itemCount }, (_, j) => j));
