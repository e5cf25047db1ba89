/** Open cursors of one thread: results that are read on demand. */
import { CommandError } from './command-error.ts';
import { encodeCursorReply } from './wire-protocol.ts';
import { maxDocumentBytes } from './raw-bson.ts';

interface Cursor {
  readonly ns: string;
  readonly rows: Iterator<Uint8Array>;
  /** read already, not yet delivered */
  next: Uint8Array | null;
  usedAt: number;
}

const firstBatchSize = 101;
const idleLimitMs = 10 * 60_000;
/** so many threads can hold cursors; the id tells which */
const owners = 8;

export class CursorTable {
  readonly #open = new Map<bigint, Cursor>();
  readonly #now: () => number;
  #nextId: bigint;

  /** @param owner 0 to 7: number of the thread, part of every id */
  constructor(owner: number, now: () => number) {
    this.#now = now;
    // A start that changes with time: an id from before a restart must not meet a new cursor.
    this.#nextId = BigInt(now() % 2 ** 40) * 4096n * BigInt(owners) + BigInt(owner);
  }

  /** The first batch of a result; what is left stays open under the id in the reply. */
  open(
    ns: string,
    rows: Iterable<Uint8Array>,
    o: { batchSize: number | undefined; singleBatch: boolean },
  ): Buffer {
    this.#closeIdle();
    const cursor: Cursor = { ns, rows: rows[Symbol.iterator](), next: null, usedAt: this.#now() };
    cursor.next = pull(cursor);
    const batch = takeBatch(cursor, o.batchSize ?? firstBatchSize);
    if (cursor.next === null || o.singleBatch) {
      cursor.rows.return?.();
      return encodeCursorReply({ batchName: 'firstBatch', batch, id: 0n, ns });
    }
    const id = this.#nextId;
    this.#nextId += BigInt(owners);
    this.#open.set(id, cursor);
    return encodeCursorReply({ batchName: 'firstBatch', batch, id, ns });
  }

  /** @throws CommandError CursorNotFound */
  more(id: bigint, ns: string, batchSize: number | undefined): Buffer {
    const cursor = this.#open.get(id);
    if (cursor === undefined || cursor.ns !== ns) throw new CommandError(43, `cursor id ${id} not found`);
    cursor.usedAt = this.#now();
    let batch: Uint8Array[];
    try {
      batch = takeBatch(cursor, batchSize === undefined || batchSize === 0 ? Infinity : batchSize);
    } catch (e) {
      this.#open.delete(id);
      throw e;
    }
    if (cursor.next === null) this.#open.delete(id);
    return encodeCursorReply({ batchName: 'nextBatch', batch, id: cursor.next === null ? 0n : id, ns });
  }

  /** @returns whether it was open */
  close(id: bigint): boolean {
    return this.#open.delete(id);
  }

  closeAll(): void {
    this.#open.clear();
  }

  #closeIdle(): void {
    const limit = this.#now() - idleLimitMs;
    for (const [id, c] of this.#open) if (c.usedAt < limit) this.#open.delete(id);
  }
}

export function cursorOwner(id: bigint): number {
  return Number(id % BigInt(owners));
}

function pull(c: Cursor): Uint8Array | null {
  const r = c.rows.next();
  return r.done === true ? null : r.value;
}

/** At most `size` documents and about 16 MB, but at least one when there is one. */
function takeBatch(c: Cursor, size: number): Uint8Array[] {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  while (
    c.next !== null &&
    batch.length < size &&
    (batch.length === 0 || bytes + c.next.length <= maxDocumentBytes)
  ) {
    batch.push(c.next);
    bytes += c.next.length;
    c.next = pull(c);
  }
  return batch;
}
