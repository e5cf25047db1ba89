/** The store fails: nothing is acknowledged that is not kept, terminals hear why, and everything goes on when it works again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { verifyChain, type ChainEntry } from '../../server/audit/chain.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, type TestPerson } from '../kit/test-person.ts';
import { graceMs, openProgramme, sectionMs } from '../kit/test-programme.ts';

describe('a store that fails', () => {
  const no = (code: string) => ({ ok: false, code });

  /** What the next insertions do: fail before, fail after the commit, say yes and keep nothing, or work. */
  let fails: 'no' | 'before' | 'after' | 'lie' = 'no';
  let batches: (readonly ChainEntry[])[] = [];

  class DriverError extends Error {
    /** as the driver's own errors, it carries the documents */
    readonly documents: unknown;
    constructor(documents: unknown) {
      super('no space left on device');
      this.documents = documents;
    }
  }

  let t: TestServer;
  beforeAll(async () => {
    t = await startTestServer({
      insertEntries: (insert) => async (entries) => {
        batches.push(entries);
        if (fails === 'before') throw new DriverError(entries);
        if (fails === 'lie') return new Set();
        const taken = await insert(entries);
        if (fails === 'after') throw new DriverError(entries);
        return taken;
      },
    });
  });
  afterAll(() => t.close());
  beforeEach(() => {
    fails = 'no';
    batches = [];
    t.logged.length = 0;
  });

  /** Lets the transaction that ends an attempt fail so often, at its last write. */
  function failEnds(times: number): void {
    const { attempts } = t.running().store;
    let left = times;
    Reflect.deleteProperty(attempts, 'updateOne');
    const updateOne = attempts.updateOne.bind(attempts);
    Reflect.set(attempts, 'updateOne', (...args: Parameters<typeof updateOne>) => {
      if (args[2]?.session && left-- > 0) throw new DriverError('not now');
      return updateOne(...args);
    });
  }

  async function expectWhole(p: TestPerson): Promise<readonly ChainEntry[]> {
    const entries = await t.entries(p.attemptId);
    expect(verifyChain('attempt', p.attemptId, entries)).toBeNull();
    expect(t.live(p.attemptId)?.state).toMatchObject({ n: entries.length, hash: entries.at(-1)?.hash });
    return entries;
  }

  describe('an insertion that fails', () => {
    test('is refused with STORAGE over the same connection; the same message again is stored', async () => {
      const p = await beginPerson(t, { programme: openProgramme });
      await p.mustAnswer(p.item(0), p.value(0));
      const held = await expectWhole(p);
      fails = 'before';
      const message = { clientSeq: 2, itemId: p.item(1), value: p.value(1) };
      expect(await p.submit(message)).toEqual(no('STORAGE'));
      expect(await p.submit(message)).toEqual(no('STORAGE'));
      expect(await t.entries(p.attemptId)).toEqual(held);
      const log = t.logged.join('\n');
      expect(log).toContain('no space left on device');
      expect(log).not.toContain(String(p.value(1)));
      fails = 'no';
      expect(await p.submit(message)).toMatchObject({ ok: true, data: { n: held.length + 1 } });
      await expectWhole(p);
      expect(t.live(p.attemptId)).toMatchObject({ disconnectedAt: null });
      expect(t.live(p.attemptId)?.link).not.toBeNull();
    });

    test('after its commit is not acknowledged, and the repeat finds it', async () => {
      const p = await beginPerson(t, { programme: openProgramme });
      const held = await expectWhole(p);
      fails = 'after';
      const message = { clientSeq: 1, itemId: p.item(1), value: p.value(1) };
      expect(await p.submit(message)).toEqual(no('STORAGE'));
      fails = 'no';
      const entry = (await t.entries(p.attemptId)).at(-1);
      expect(entry).toMatchObject({ n: held.length + 1, kind: 'answered' });
      expect(await p.submit(message)).toMatchObject({ ok: true, data: { n: entry?.n, hash: entry?.hash } });
      expect(await expectWhole(p)).toHaveLength(held.length + 1);
    });

    test('for one act is refused for each act of that moment, and harms no later one', async () => {
      const people = await Promise.all([1, 2, 3].map(() => beginPerson(t, { programme: openProgramme })));
      fails = 'before';
      const refused = await Promise.all(people.map((p) => p.submit({ clientSeq: 1 })));
      expect(refused).toEqual(people.map(() => no('STORAGE')));
      fails = 'no';
      const stored = await Promise.all(people.map((p) => p.submit({ clientSeq: 1 })));
      expect(stored.map((r) => r.ok)).toEqual([true, true, true]);
      for (const p of people) await expectWhole(p);
    });

    test('leaves the other requests with STORAGE too, never with INTERNAL', async () => {
      const p = await beginPerson(t, { programme: openProgramme });
      await p.reload();
      fails = 'before';
      const { epoch } = p;
      const itemId = p.item(0);
      const x = p.terminal;
      expect(await x.ask('item:view', { epoch, clientSeq: 1, itemId })).toEqual(no('STORAGE'));
      expect(await x.ask('item:flag', { epoch, clientSeq: 1, itemId, flagged: true })).toEqual(no('STORAGE'));
      expect(await x.ask('fault:report', { epoch, clientSeq: 1, itemId, text: 'x' })).toEqual(no('STORAGE'));
      expect(await x.ask('language:set', { epoch, language: 'ru' })).toEqual(no('STORAGE'));
      expect(await x.ask('section:hand-in', { epoch, section: 'rules' })).toEqual(no('STORAGE'));
      expect(await x.ask('attempt:attach', { clientId: 'another0page0000' })).toEqual(no('STORAGE'));
      fails = 'no';
      expect((await x.must('attempt:attach', { clientId: p.clientId })).open?.section).toBe('rules');
      await p.handIn();
      fails = 'before';
      expect(await x.ask('section:start', { epoch, section: 'style', language: 'kk' })).toEqual(
        no('STORAGE'),
      );
      fails = 'no';
      await p.begin();
      await expectWhole(p);
    });
  });

  test('the time is up while nothing can be stored: the section is closed when it can again, with no terminal', async () => {
    const p = await beginPerson(t, { programme: openProgramme });
    await p.lose();
    fails = 'before';
    await t.forward(sectionMs + 300_000 + graceMs + 1000);
    expect((await t.entries(p.attemptId)).some((e) => e.kind === 'closed')).toBe(false);
    await t.forward(5_000);
    fails = 'no';
    await t.forward(5_000);
    await t.forward(1_000);
    expect((await expectWhole(p)).at(-1)).toMatchObject({
      kind: 'closed',
      body: { section: 'rules', how: 'timed-out' },
    });
  });

  describe('the end of an attempt that fails', () => {
    async function atTheEnd(): Promise<TestPerson> {
      const p = await beginPerson(t, { programme: openProgramme });
      await p.handIn();
      await p.begin();
      return p;
    }

    test('is refused with STORAGE, and handing in again ends it', async () => {
      const p = await atTheEnd();
      failEnds(1);
      const handIn = { epoch: p.epoch, section: 'style' };
      expect(await p.terminal.ask('section:hand-in', handIn)).toEqual(no('STORAGE'));
      expect((await expectWhole(p)).at(-1)).toMatchObject({ kind: 'closed' });
      const view = await p.terminal.must('section:hand-in', handIn);
      expect(view).toMatchObject({ status: 'handed-in', receipt: { answersStored: 0 } });
      await expectWhole(p);
    });

    test('is made up for by the sweep, as the person left it; the terminal is told', async () => {
      const p = await atTheEnd();
      failEnds(1);
      expect(await p.terminal.ask('section:hand-in', { epoch: p.epoch, section: 'style' })).toEqual(
        no('STORAGE'),
      );
      await t.forward(1_000);
      expect((await expectWhole(p)).at(-1)).toMatchObject({ kind: 'ended', body: { how: 'handed-in' } });
      let told = await p.terminal.next('attempt:changed');
      if (told.status === 'running') told = await p.terminal.next('attempt:changed');
      expect(told.status).toBe('handed-in');
      expect(await t.running().store.scoreSheets.countDocuments({ _id: p.attemptId })).toBe(1);
    });

    test('is tried at most once a second', async () => {
      const p = await atTheEnd();
      failEnds(1000);
      await t.forward(sectionMs + graceMs + 1000);
      const tries = () => t.logged.filter((line) => line.includes('no space left')).length;
      const first = tries();
      expect(first).toBeGreaterThan(0);
      for (let i = 0; i < 20; i++) await t.forward(100);
      expect(tries() - first).toBeLessThanOrEqual(3);
      failEnds(0);
      await t.forward(2_000);
      expect((await expectWhole(p)).at(-1)).toMatchObject({ kind: 'ended', body: { how: 'timed-out' } });
    });
  });

  test('one batch never holds two entries of one attempt', async () => {
    const people = await Promise.all([1, 2, 3].map(() => beginPerson(t, { programme: openProgramme })));
    batches = [];
    const all = people.flatMap((p) =>
      [0, 1, 2, 3].map((i) => p.submit({ clientSeq: i + 1, itemId: p.item(i), value: p.value(i) })),
    );
    expect((await Promise.all(all)).every((r) => r.ok)).toBe(true);
    const answered = batches.filter((b) => b.some((e) => e.kind === 'answered'));
    for (const b of answered) expect(new Set(b.map((e) => e.of)).size).toBe(b.length);
    expect(answered.flat()).toHaveLength(12);
    // They did share commits: twelve answers took fewer than twelve.
    expect(answered.length).toBeLessThan(12);
  });

  test('a decline that fails can be repeated', async () => {
    const { attemptId, code } = await t.issue();
    const terminal = await t.terminal(await t.signIn(code));
    const { epoch } = await terminal.must('attempt:attach', { clientId: 'some0page0000000' });
    failEnds(1);
    expect(await terminal.ask('notice:decline', { epoch })).toEqual(no('STORAGE'));
    expect((await terminal.must('notice:decline', { epoch })).status).toBe('declined');
    expect((await t.entries(attemptId)).filter((e) => e.kind === 'declined')).toHaveLength(1);
  });

  test('control: a store that says yes and keeps nothing is found out by what these tests look at', async () => {
    const p = await beginPerson(t, { programme: openProgramme });
    fails = 'lie';
    const { n, hash } = await p.mustAnswer(p.item(0), p.value(0));
    fails = 'no';
    await t.running().rounds.beat();
    await t.crash();
    await t.start(1_000);
    const entry = (await t.entries(p.attemptId))[n - 1];
    expect(entry?.hash).not.toBe(hash);
    await p.comeBack();
    expect(p.view.open?.answers).toEqual([]);
  });
});
