/** The server stops without warning and begins again on the same data: what was acknowledged is there, and nobody loses time. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../server/audit/chain.ts';
import type { HowClosed } from '../../server/delivery/bodies.ts';
import type { Out } from '../../server/wire/contract.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, invitePerson, type TestPerson } from '../kit/test-person.ts';
import { graceMs, openProgramme, sectionMs } from '../kit/test-programme.ts';

describe('a server that starts again', () => {
  let t: TestServer;
  beforeAll(async () => {
    t = await startTestServer();
  });
  afterAll(() => t.close());

  const begin = () => beginPerson(t, { programme: openProgramme });

  const stateOf = (p: TestPerson) =>
    t.running().app.composed.delivery.lives.inTurn(p.attemptId, async (live) => live.state);

  const bodies = async (p: TestPerson) =>
    (await t.entries(p.attemptId)).filter((e) => e.kind === 'incident').map((e) => e.body);

  const listed = (p: { attemptId: string }) => t.running().store.attempts.findById(p.attemptId).lean();
  const sheets = (p: TestPerson) => t.running().store.scoreSheets.find({ _id: p.attemptId }).lean();

  /** The section is closed and the process is gone before the attempt can end. */
  async function closedOnly(how: HowClosed): Promise<TestPerson> {
    const p = await begin();
    await p.handIn();
    await p.begin();
    await p.mustAnswer(p.item(0), 2);
    const { lives } = t.running().app.composed.delivery;
    await lives.inTurn(p.attemptId, (live) =>
      lives.write(live, { kind: 'closed', body: { section: 'style', how }, at: t.running().clock.now() }),
    );
    return p;
  }

  describe('after an outage of half a minute', () => {
    let p: TestPerson;
    let quick: TestPerson;
    let gone: TestPerson;
    let waiting: TestPerson;
    let damaged: TestPerson;
    let issued: { attemptId: string; code: string };
    let ended: readonly (readonly [HowClosed, TestPerson])[];
    const stored: Out<'answer:submit'>[] = [];
    let beatAt = 0;
    let lastStored: Out<'answer:submit'>;

    beforeAll(async () => {
      [p, quick, gone, damaged] = await Promise.all([begin(), begin(), begin(), begin()]);
      waiting = await invitePerson(t, { programme: openProgramme });
      await waiting.prepare();
      issued = await t.issue();
      ended = [
        ['handed-in', await closedOnly('handed-in')],
        ['timed-out', await closedOnly('timed-out')],
      ];
      t.machine.forward(100_000);
      for (let i = 0; i < 8; i++) stored.push(await p.mustAnswer(p.item(i), p.value(i)));
      // Killed after the list said that a section begins, and before the entry.
      const { store } = t.running().app.composed.delivery;
      await store.saveStatus(waiting.attemptId, 'running', t.running().clock.now());
      await t.running().store.journal.deleteOne({ of: damaged.attemptId, n: 3 });
      beatAt = t.running().clock.now();
      await t.running().rounds.beat();
      t.machine.forward(100);
      lastStored = await quick.mustAnswer(quick.item(0), quick.value(0));
      await t.crash();
      t.logged.length = 0;
      await t.start(30_000);
    });

    test('an attempt that was closed and not ended is ended as it was closed, and scored once, at the start', async () => {
      for (const [how, person] of ended) {
        const last = (await t.entries(person.attemptId)).at(-1);
        expect(last).toMatchObject({ kind: 'ended', body: { how } });
        expect(await listed(person)).toMatchObject({ status: how, endedAt: last?.at });
        expect(await sheets(person)).toHaveLength(1);
      }
    });

    test('everything acknowledged is there, and the outage is given back with its uncertainty', async () => {
      const entries = await t.entries(p.attemptId);
      expect(verifyChain('attempt', p.attemptId, entries)).toBeNull();
      for (const s of stored)
        expect(entries[s.n - 1]).toMatchObject({ hash: s.hash, at: s.storedAt, kind: 'answered' });
      expect(entries.at(-1)).toMatchObject({
        kind: 'incident',
        body: {
          cause: 'server-outage',
          fromAt: beatAt,
          toAt: beatAt + 30_100,
          lostMs: 30_100,
          creditMs: 30_100,
          uncertaintyMs: 250,
          method: 'hrtime',
        },
      });
    });

    test('an answer after the last heartbeat shortens what is given back', async () => {
      expect(await bodies(quick)).toMatchObject([
        { fromAt: lastStored.storedAt, lostMs: 30_000, creditMs: 30_000 },
      ]);
    });

    test('the clock stands until the terminal is back, and then it goes on', async () => {
      await t.forward(4_000);
      const view = await p.comeBack();
      expect(view.epoch).toBe(1);
      expect(view.open?.remainingMs).toBe(sectionMs - 100_000);
      expect(view.open?.answers).toHaveLength(8);
      expect((await bodies(p)).at(-1)).toMatchObject({
        cause: 'reconnect',
        lostMs: 4_000,
        creditMs: 4_000,
        uncertaintyMs: 0,
      });
      await quick.comeBack();
      expect(quick.view.open?.remainingMs).toBe(sectionMs - 100_100);
      t.machine.forward(3_000);
      expect(await p.mustAnswer(p.item(0), p.value(0))).toMatchObject({ remainingMs: sectionMs - 103_000 });
    });

    test('a message whose acknowledgement was lost gets the words it would have had', async () => {
      const { n, hash, storedAt } = stored[0] ?? lastStored;
      expect(await p.submit({ clientSeq: 1 })).toMatchObject({ ok: true, data: { n, hash, storedAt } });
    });

    test('a lease and a terminal’s cookie outlive the server', async () => {
      expect((await t.entries(p.attemptId)).filter((e) => e.kind === 'leased')).toHaveLength(1);
      await p.reload();
      expect(p.epoch).toBe(2);
    });

    test('a person who waits goes on waiting, though the list already said more than the journal', async () => {
      expect((await listed(p))?.status).toBe('running');
      expect((await listed(waiting))?.status).toBe('waiting');
      expect((await listed(issued))?.status).toBe('invited');
      await t.signIn(issued.code);
      await waiting.comeBack();
      await waiting.begin();
      expect(waiting.view.open?.remainingMs).toBe(sectionMs);
      expect(await bodies(waiting)).toEqual([]);
      expect(await listed(waiting)).toMatchObject({ status: 'running', startedAt: t.running().clock.now() });
    });

    test('one damaged journal is logged and keeps nobody else waiting', () => {
      expect(t.logged.some((line) => line.includes(damaged.attemptId))).toBe(true);
    });

    test('a terminal that does not return in ten seconds has its clock run again, within the allowance for lost connections', async () => {
      await t.forward(3_000);
      expect(await bodies(gone)).toMatchObject([{ cause: 'server-outage' }]);
      await t.forward(200);
      expect((await bodies(gone)).slice(1)).toMatchObject([{ cause: 'reconnect', creditMs: 10_200 }]);
      await t.forward(300_000 + sectionMs - 100_100 + graceMs);
      expect((await stateOf(gone)).sections[0]?.status).toBe('open');
      await t.forward(1_000);
      expect((await t.entries(gone.attemptId)).slice(-2)).toMatchObject([
        { kind: 'incident', body: { cause: 'connection', creditMs: 300_000 } },
        { kind: 'closed', body: { how: 'timed-out' } },
      ]);
    });

    test('another start changes nothing of what has ended', async () => {
      const before = await Promise.all(
        ended.map(async ([, x]) => [await t.entries(x.attemptId), await sheets(x)]),
      );
      await t.running().rounds.beat();
      await t.crash();
      await t.start(5_000);
      await t.forward(60_000);
      const after = await Promise.all(
        ended.map(async ([, x]) => [await t.entries(x.attemptId), await sheets(x)]),
      );
      expect(after).toEqual(before);
      const [how, person] = ended[0] ?? ['stopped', p];
      expect(await person.comeBack()).toMatchObject({ status: how, receipt: { answersStored: 1 } });
      await t.running().store.attempts.deleteOne({ _id: damaged.attemptId });
    });
  });

  test('after a reboot the outage is an estimate, and says so', async () => {
    const p = await begin();
    t.machine.forward(60_000);
    await t.running().rounds.beat();
    await t.crash();
    t.machine.forward(95_000);
    t.machine.reboot();
    await t.start();
    expect((await bodies(p)).at(-1)).toMatchObject({
      cause: 'server-outage',
      creditMs: 95_000,
      uncertaintyMs: 5_000,
      method: 'wall-estimated',
    });
    // Killed again before the terminal could return: the time between belongs to the outages too.
    await t.forward(3_000);
    await t.running().rounds.beat();
    await t.crash();
    await t.start(5_000);
    await t.forward(2_000);
    await p.comeBack();
    expect((await bodies(p)).map((b) => Reflect.get(Object(b), 'creditMs'))).toEqual([95_000, 8_000, 2_000]);
    expect(p.view.open?.remainingMs).toBe(sectionMs - 60_000);
    await p.handIn();
  });

  test('a wall clock that was set back over a reboot takes nothing away, and a long outage costs nothing', async () => {
    const p = await begin();
    t.machine.forward(60_000);
    await t.running().rounds.beat();
    await t.crash();
    t.machine.jumpWall(-3_600_000);
    t.machine.reboot();
    await t.start();
    expect((await bodies(p)).at(-1)).toMatchObject({ lostMs: 0, creditMs: 0, method: 'wall-estimated' });
    await p.comeBack();
    expect(p.view.open?.remainingMs).toBe(sectionMs - 60_000);
    // Killed before its first round: the start itself left a sign of life.
    await t.crash();
    await t.start(2 * sectionMs);
    expect((await bodies(p)).at(-1)).toMatchObject({ lostMs: 2 * sectionMs, method: 'hrtime' });
    await t.forward(0);
    await p.comeBack();
    expect(p.view.open?.remainingMs).toBe(sectionMs - 60_000);
    expect(verifyChain('attempt', p.attemptId, await t.entries(p.attemptId))).toBeNull();
  });

  test('killed again before the terminal was back, it gives the time between the outages back too', async () => {
    const p = await begin();
    await p.mustAnswer(p.item(0), p.value(0));
    await t.running().rounds.beat();
    await t.crash();
    await t.start(10_000);
    t.machine.forward(3_000);
    await t.running().rounds.beat();
    await t.crash();
    await t.start(10_000);
    const [first, second] = await bodies(p);
    expect(first).toMatchObject({ cause: 'server-outage' });
    expect(second).toMatchObject({ cause: 'server-outage', fromAt: Reflect.get(Object(first), 'toAt') });
    expect(Reflect.get(Object(second), 'creditMs')).toBeGreaterThanOrEqual(13_000);
  });
});
