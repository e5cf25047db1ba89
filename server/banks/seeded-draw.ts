/**
 * The generator that draws forms, simple enough to be written again in any language by someone who checks a form:
 *
 *   streamKey = SHA-256( "adil-form-1" 0x00 ‖ seed (32 bytes) ‖ label (UTF-8) )
 *   block i   = SHA-256( streamKey ‖ i as 4 bytes, big-endian ),  i = 0, 1, 2…
 *
 * The blocks one after another are the stream; every draw takes its next four bytes as a big-endian whole number x. A number below n
 * is x mod n, except that x ≥ 2³² − (2³² mod n) is thrown away and the next x taken, so that every result is equally likely. Each
 * decision has a label of its own: what is drawn for one section or item never shifts what is drawn for another.
 */
import { createHash } from 'node:crypto';

const span = 2 ** 32;

/** Draws whole numbers from 0 to n − 1, equally likely; n from 1 to 2³². */
export type DrawBelow = (n: number) => number;

/**
 * One stream of draws.
 * @param seed 64 lower-case hexadecimal digits
 * @param label names the decision; equal seed and label give equal draws
 */
export const seededDraw = (seed: string, label: string): DrawBelow => {
  const streamKey = createHash('sha256')
    .update('adil-form-1\0')
    .update(Buffer.from(seed, 'hex'))
    .update(label, 'utf8')
    .digest();
  const counter = Buffer.alloc(4);
  let blocks = 0;
  let block: Buffer = Buffer.alloc(0);
  let used = 0;
  const next = (): number => {
    if (used >= block.length) {
      counter.writeUInt32BE(blocks);
      block = createHash('sha256').update(streamKey).update(counter).digest();
      blocks += 1;
      used = 0;
    }
    const x = block.readUInt32BE(used);
    used += 4;
    return x;
  };
  return (n) => {
    if (!Number.isInteger(n) || n < 1 || n > span) throw new RangeError(`cannot draw below ${n}`);
    const limit = span - (span % n);
    let x = next();
    while (x >= limit) x = next();
    return x % n;
  };
};

/** The value at a place known to be inside the list. */
const at = <T>(list: readonly T[], place: number): T => {
  const value = list[place];
  if (value === undefined) throw new RangeError(`no element ${place} in a list of ${list.length}`);
  return value;
};

/**
 * `count` of the elements without replacement, in the order drawn (Fisher–Yates, stopped after `count` steps): for i = 0, 1… element i
 * is exchanged with element i + draw(length − i). With `count` = length it is a shuffle. The list itself is left as it is.
 * @throws RangeError when more are asked for than there are
 */
export const drawFrom = <T>(list: readonly T[], count: number, draw: DrawBelow): T[] => {
  if (count > list.length) throw new RangeError(`cannot draw ${count} from ${list.length}`);
  const rest = [...list];
  for (let i = 0; i < count; i += 1) {
    const j = i + draw(rest.length - i);
    const drawn = at(rest, j);
    rest[j] = at(rest, i);
    rest[i] = drawn;
  }
  return rest.slice(0, count);
};
