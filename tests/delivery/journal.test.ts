/** The journal writer: what arrives together is committed together, and nobody hears of it before. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { genesisHash, verifyChain, type ChainEntry } from '../../server/audit/chain.ts';
import { createJournal, type InsertEntries } from '../../server/delivery/journal.ts';
import { nextEntry } from '../../server/delivery/live-attempts.ts';
import { Refusal } from '../../server/errors.ts';

const runs = Number(process.env['ADIL_RUNS'] ?? 30);

/** Entries of one attempt, each made from the one before. */
function chainOf(attemptId: string) {
  let at = { attemptId, n: 0, hash: genesisHash('attempt', attemptId), epoch: 1, lastAt: 0 };
  return () => {
    const entry = nextEntry(at, { kind: 'viewed', body: { itemId: `i${at.n}` }, at: at.n });
    at = { ...at, n: entry.n, hash: entry.hash, lastAt: entry.at };
    return entry;
  };
}

interface Call {
  readonly batch: readonly ChainEntry[];
  done(taken?: readonly number[]): void;
  fail(e: Error): void;
}

/** A store whose commits wait until the test lets them end. */
function heldStore() {
  const calls: Call[] = [];
  const wanted: (() => void)[] = [];
  const insert: InsertEntries = (batch) =>
    new Promise((resolve, reject) => {
      calls.push({ batch, done: (taken = []) => resolve(new Set(taken)), fail: reject });
      wanted.shift()?.();
    });
  const call = async (index: number): Promise<Call> => {
    while (calls.length <= index) await new Promise<void>((resolve) => wanted.push(resolve));
    const found = calls[index];
    if (!found) throw new Error('no such call');
    return found;
  };
  return { insert, calls, call };
}

/** What became of a promise so far. */
function watch(promise: Promise<void>): { now: string } {
  const seen = { now: 'waiting' };
  promise.then(
    () => (seen.now = 'kept'),
    (e: unknown) => (seen.now = e instanceof Refusal ? e.code : String(e)),
  );
  return seen;
}

const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the journal writer', () => {
  test('commits what waits in one batch, and answers only after the commit', async () => {
    const store = heldStore();
    const journal = createJournal(store.insert, () => undefined);
    const seen = ['a', 'b', 'c'].map((id) => watch(journal.append(chainOf(id)())));
    const first = await store.call(0);
    expect(first.batch.map((e) => e.of)).toEqual(['a', 'b', 'c']);
    const later = ['d', 'e'].map((id) => watch(journal.append(chainOf(id)())));
    await settled();
    expect([...seen, ...later].map((s) => s.now)).toEqual(Array(5).fill('waiting'));
    expect(store.calls).toHaveLength(1);
    first.done();
    const second = await store.call(1);
    await settled();
    expect(second.batch.map((e) => e.of)).toEqual(['d', 'e']);
    expect(seen.map((s) => s.now)).toEqual(['kept', 'kept', 'kept']);
    expect(later.map((s) => s.now)).toEqual(['waiting', 'waiting']);
    second.done();
    await journal.idle();
    await settled();
    expect(later.map((s) => s.now)).toEqual(['kept', 'kept']);
  });

  test('refuses only those whose place was taken', async () => {
    const store = heldStore();
    const faults: unknown[] = [];
    const journal = createJournal(store.insert, (e) => faults.push(e));
    const seen = ['a', 'b', 'c'].map((id) => watch(journal.append(chainOf(id)())));
    (await store.call(0)).done([1]);
    await journal.idle();
    await settled();
    expect(seen.map((s) => s.now)).toEqual(['kept', 'SUPERSEDED', 'kept']);
    expect(faults).toEqual([]);
  });

  test('acknowledges nothing of a batch whose commit failed, and goes on with the next', async () => {
    const store = heldStore();
    const faults: unknown[] = [];
    const journal = createJournal(store.insert, (e) => faults.push(e));
    const seen = ['a', 'b'].map((id) => watch(journal.append(chainOf(id)())));
    const first = await store.call(0);
    const next = watch(journal.append(chainOf('c')()));
    const fault = new Error('disk full');
    first.fail(fault);
    (await store.call(1)).done();
    await journal.idle();
    await settled();
    expect(seen.map((s) => s.now)).toEqual(['STORAGE', 'STORAGE']);
    expect(next.now).toBe('kept');
    expect(faults).toEqual([fault]);
  });

  test('is idle at once when nothing waits', async () => {
    const journal = createJournal(heldStore().insert, () => undefined);
    await expect(journal.idle()).resolves.toBeUndefined();
  });

  test('however many write at once: one entry of an attempt a batch, no chain gets a hole, failures harm no neighbour', async () => {
    const plan = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 });
    const failing = fc.func(fc.integer({ min: 0, max: 5 }));
    await fc.assert(
      fc.asyncProperty(plan, failing, async (lengths, chance) => {
        const stored = new Map<string, ChainEntry[]>();
        let batches = 0;
        const insert: InsertEntries = async (batch) => {
          batches += 1;
          expect(new Set(batch.map((e) => e.of)).size).toBe(batch.length);
          await Promise.resolve();
          if (chance(batches) === 0) throw new Error('not now');
          for (const e of batch) stored.set(e.of, [...(stored.get(e.of) ?? []), e]);
          return new Set();
        };
        const journal = createJournal(insert, () => undefined);
        const kept = new Map<string, number>();
        await Promise.all(
          lengths.map(async (length, i) => {
            const next = chainOf(`p${i}`);
            for (let n = 0; n < length; n++) {
              // An attempt whose write failed is read again by its next act; here it stops.
              const ok = await journal.append(next()).then(
                () => true,
                () => false,
              );
              if (!ok) return;
              kept.set(`p${i}`, n + 1);
            }
          }),
        );
        for (const [i] of lengths.entries()) {
          const entries = stored.get(`p${i}`) ?? [];
          expect(entries).toHaveLength(kept.get(`p${i}`) ?? 0);
          expect(verifyChain('attempt', `p${i}`, entries)).toBeNull();
        }
        expect(batches).toBeLessThanOrEqual(lengths.reduce((a, b) => a + b, 0));
      }),
      { numRuns: runs },
    );
  });
});
