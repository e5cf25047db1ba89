/**
 * The journal writer: entries of many attempts that arrive together are committed together, and an entry's promise resolves only after
 * the commit. One batch holds at most one entry of an attempt (each attempt waits for its own), so a batch can fail for one person
 * without touching another and an attempt's chain never gets a hole.
 */
import type { ChainEntry } from '../audit/chain.ts';
import { Refusal } from '../errors.ts';

/** Inserts entries durably; the indices of those whose (attempt, n) or (attempt, client, seq) was taken. @throws when nothing is certain */
export type InsertEntries = (entries: readonly ChainEntry[]) => Promise<ReadonlySet<number>>;

export interface Journal {
  /** @throws Refusal SUPERSEDED when another writer took this n; Refusal STORAGE when the store could not commit */
  append(entry: ChainEntry): Promise<void>;
  /** resolves when nothing is waiting */
  idle(): Promise<void>;
}

interface Waiting {
  readonly entry: ChainEntry;
  resolve(): void;
  reject(e: unknown): void;
}

/** Above this many waiting entries the next batch waits up to lingerMs, so that the price of a commit is shared. */
const busyBatch = 4;
const lingerMs = 2;

export function createJournal(insert: InsertEntries, onFault: (e: unknown) => void): Journal {
  let waiting: Waiting[] = [];
  let committing = false;
  let scheduled = false;
  let lastBatch = 0;
  let whenIdle: (() => void)[] = [];

  function schedule(): void {
    if (scheduled || committing || waiting.length === 0) return;
    scheduled = true;
    if (lastBatch > busyBatch) setTimeout(commitWaiting, lingerMs);
    else setImmediate(commitWaiting);
  }

  function commitWaiting(): void {
    scheduled = false;
    const batch = waiting;
    waiting = [];
    committing = true;
    lastBatch = batch.length;
    insert(batch.map((w) => w.entry)).then(
      (taken) => {
        committing = false;
        schedule();
        for (const [i, w] of batch.entries())
          if (taken.has(i)) w.reject(new Refusal('SUPERSEDED', 'n was taken'));
          else w.resolve();
        settleIdle();
      },
      (e: unknown) => {
        committing = false;
        schedule();
        onFault(e);
        for (const w of batch) w.reject(new Refusal('STORAGE'));
        settleIdle();
      },
    );
  }

  function settleIdle(): void {
    if (committing || waiting.length > 0) return;
    const done = whenIdle;
    whenIdle = [];
    for (const f of done) f();
  }

  return {
    append: (entry) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        schedule();
      }),
    idle: () =>
      new Promise<void>((resolve) => {
        whenIdle.push(resolve);
        settleIdle();
      }),
  };
}
