import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAuditLog, readAuditDay } from '../../server/audit/append-audit.ts';
import { verifyChain } from '../../server/audit/chain.ts';
import type { Store } from '../../server/store/open-store.ts';
import { openTestStore } from './open-test-store.ts';

let store: Store;
const clock = { at: 0, now: () => clock.at };
const day = 'node-1-2026-03-02';
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await store.auditLog.deleteMany({});
  clock.at = Date.UTC(2026, 2, 2, 12);
});
afterAll(() => store.close());

const open = () => createAuditLog({ store, clock, nodeId: 'node-1' });

describe('the audit log', () => {
  test('is one whole chain for the day, however many write at once and however often the server starts', async () => {
    for (let start = 0; start < 3; start++) {
      const log = open();
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          log.append('viewed', { account: `a${i}`, what: 'GET /commission/attempts/:id', of: 'x1' }),
        ),
      );
    }
    const entries = await readAuditDay(store, day);
    expect(entries.length).toBe(61);
    expect(entries.map((e) => e.n)).toEqual(entries.map((_, i) => i + 1));
    expect(verifyChain('audit', day, entries)).toBeNull();
    expect(entries.slice(1, 21).map((e) => (e.body as { account: string }).account)).toEqual(
      Array.from({ length: 20 }, (_, i) => `a${i}`),
    );
  });

  test('resolves only when the entry is in the store', async () => {
    await open().append('signed-in', { account: 'a1' });
    expect((await readAuditDay(store, day)).map((e) => e.kind)).toEqual(['day-opened', 'signed-in']);
  });

  test('begins a chain at midnight UTC that names the end of the one before', async () => {
    const log = open();
    await log.append('signed-in', { account: 'a1' });
    clock.at = Date.UTC(2026, 2, 3, 0, 0, 1);
    await log.append('signed-out', { account: 'a1' });
    const [first] = await readAuditDay(store, 'node-1-2026-03-03');
    const last = (await readAuditDay(store, day)).at(-1);
    expect(first?.kind).toBe('day-opened');
    expect(first?.body).toEqual({ previousOf: day, previousN: 2, previousHash: last?.hash });
    expect(
      verifyChain('audit', 'node-1-2026-03-03', await readAuditDay(store, 'node-1-2026-03-03')),
    ).toBeNull();
  });

  test('does not mix nodes whose names begin alike', async () => {
    await createAuditLog({ store, clock, nodeId: 'node-12' }).append('signed-in', { account: 'b1' });
    await open().append('signed-in', { account: 'a1' });
    expect((await readAuditDay(store, day)).map((e) => e.n)).toEqual([1, 2]);
  });

  test('stays whole when a write fails in the middle, and tells the caller', async () => {
    const log = open();
    await log.append('signed-in', { account: 'a1' });
    // another writer took the next number: a server that was thought dead
    const [, second] = await readAuditDay(store, day);
    await store.auditLog.collection.insertOne({ ...second, _id: `${day}:000003` as never, n: 3 });
    await expect(log.append('signed-in', { account: 'a2' })).rejects.toThrow(/duplicate key/);
    await store.auditLog.deleteOne({ _id: `${day}:000003` });
    await log.append('signed-in', { account: 'a3' });
    const entries = await readAuditDay(store, day);
    expect(entries.length).toBe(3);
    expect(verifyChain('audit', day, entries)).toBeNull();
  });

  test.each(['Ахметов Ерлан', 'my secret password', 'a\nb', 'x'.repeat(200), ''])(
    'refuses what is no id: %j',
    async (text) => {
      const log = open();
      await expect(log.append('signed-in', { account: text })).rejects.toThrow(TypeError);
      expect(await store.auditLog.countDocuments()).toBe(0);
    },
  );

  test('a changed entry breaks the chain', async () => {
    await open().append('signed-in', { account: 'a1' });
    await store.auditLog.updateOne({ _id: `${day}:000002` }, { $set: { body: { account: 'a2' } } });
    expect(verifyChain('audit', day, await readAuditDay(store, day))).toEqual({ n: 2, what: 'commitment' });
  });
});
