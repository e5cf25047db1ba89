/** The server stops without warning and begins again on the same data: what was acknowledged is there, and nobody loses time. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../server/audit/chain.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, invitePerson, type TestPerson } from '../kit/test-person.ts';
import { graceMs, openProgramme, sectionMs } from '../kit/test-programme.ts';

let t: TestServer;
beforeAll(async () => {
  t = await startTestServer();
});
afterAll(() => t.close());
beforeEach(() => {
  t.logged.length = 0;
});

const begin = () => beginPerson(t, { programme: openProgramme });

const stateOf = (p: TestPerson) =>
  t.running().app.composed.delivery.lives.inTurn(p.attemptId, async (live) => live.state);

async function incidentsOf(p: TestPerson) {
  return (await t.entries(p.attemptId)).filter((e) => e.kind === 'incident').map((e) => e.body);
}

/** The last sign of life, then so long nothing, then the server again. */
async function outage(sinceBeatMs: number, awayMs: number): Promise<void> {
  await t.running().rounds.beat();
  t.machine.forward(sinceBeatMs);
  await t.crash();
  await t.start(awayMs);
}

describe('in the middle of a section', () => {
  test('everything acknowledged is there, and the outage is given back with its uncertainty', async () => {
    const p = await begin();
    t.machine.forward(100_000);
    const stored = [];
    for (let i = 0; i < 8; i++) stored.push(await p.mustAnswer(p.item(i), p.value(i)));
    const beatAt = t.running().clock.now();
    await outage(100, 30_000);
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
    // The clock stands until the terminal is back.
    t.machine.forward(4_000);
    await t.running().rounds.sweep();
    const view = await p.comeBack();
    expect(p.epoch).toBe(1);
    expect(view.open?.remainingMs).toBe(sectionMs - 100_000);
    expect(view.open?.answers).toHaveLength(8);
    expect((await incidentsOf(p)).at(-1)).toMatchObject({
      cause: 'reconnect',
      lostMs: 4_000,
      creditMs: 4_000,
      uncertaintyMs: 0,
    });
    // And then it goes on.
    t.machine.forward(7_000);
    expect(await p.mustAnswer(p.item(0), p.value(0))).toMatchObject({ remainingMs: sectionMs - 107_000 });
    // A repeat of what was acknowledged before gets the same words.
    const again = await p.submit({ clientSeq: 1 });
    expect(again).toMatchObject({
      ok: true,
      data: { n: stored[0]?.n, hash: stored[0]?.hash, storedAt: stored[0]?.storedAt },
    });
  });

  test('an answer after the last heartbeat shortens what is given back', async () => {
    const p = await begin();
    await t.running().rounds.beat();
    t.machine.forward(200);
    const { storedAt } = await p.mustAnswer(p.item(0), p.value(0));
    await t.crash();
    await t.start(10_000);
    expect((await incidentsOf(p)).at(-1)).toMatchObject({
      fromAt: storedAt,
      lostMs: 10_000,
      creditMs: 10_000,
    });
    await p.comeBack();
    expect(p.view.open?.remainingMs).toBe(sectionMs - 200);
  });

  test('a terminal that does not return in ten seconds has its clock run again, within the allowance for lost connections', async () => {
    const p = await begin();
    t.machine.forward(60_000);
    await outage(0, 20_000);
    await t.forward(10_000);
    expect((await incidentsOf(p)).map((b) => Reflect.get(Object(b), 'cause'))).toEqual(['server-outage']);
    await t.forward(200);
    expect((await incidentsOf(p)).at(-1)).toMatchObject({ cause: 'reconnect', creditMs: 10_200 });
    await t.forward(300_000 + sectionMs - 60_000 + graceMs);
    expect((await stateOf(p)).sections[0]?.status).toBe('open');
    await t.forward(1_000);
    const entries = await t.entries(p.attemptId);
    expect(entries.slice(-2)).toMatchObject([
      { kind: 'incident', body: { cause: 'connection', creditMs: 300_000 } },
      { kind: 'closed', body: { how: 'timed-out' } },
    ]);
  });

  test('after a reboot the outage is an estimate, and says so', async () => {
    const p = await begin();
    t.machine.forward(60_000);
    await t.running().rounds.beat();
    await t.crash();
    t.machine.forward(95_000);
    t.machine.reboot();
    await t.start();
    expect((await incidentsOf(p)).at(-1)).toMatchObject({
      cause: 'server-outage',
      creditMs: 95_000,
      uncertaintyMs: 5_000,
      method: 'wall-estimated',
    });
    await p.comeBack();
    expect(p.view.open?.remainingMs).toBe(sectionMs - 60_000);
  });

  test('a wall clock that was set back over a reboot takes nothing away', async () => {
    const p = await begin();
    t.machine.forward(60_000);
    await t.running().rounds.beat();
    await t.crash();
    t.machine.jumpWall(-3_600_000);
    t.machine.reboot();
    await t.start();
    expect((await incidentsOf(p)).at(-1)).toMatchObject({ lostMs: 0, creditMs: 0, method: 'wall-estimated' });
    await p.comeBack();
    expect(p.view.open?.remainingMs).toBe(sectionMs - 60_000);
    t.machine.jumpWall(3_600_000);
  });

  test('an outage that is longer than the section costs nothing, however often it comes', async () => {
    const p = await begin();
    for (let i = 1; i <= 3; i++) {
      t.machine.forward(10_000);
      await outage(0, 2 * sectionMs);
      await t.forward(0);
      await p.comeBack();
      expect(p.view.open?.remainingMs).toBe(sectionMs - i * 10_000);
    }
    expect(verifyChain('attempt', p.attemptId, await t.entries(p.attemptId))).toBeNull();
  });
});

describe('between the steps', () => {
  test('a person who waits goes on waiting, also when the list already said more than the journal', async () => {
    const [running, waiting] = [await begin(), await invitePerson(t, { programme: openProgramme })];
    await waiting.prepare();
    const issued = await t.issue();
    // The server was killed after the list said that a section begins, and before the entry.
    await t
      .running()
      .app.composed.delivery.store.saveStatus(waiting.attemptId, 'running', t.running().clock.now());
    await outage(0, 1_000);
    const status = async (id: string) => (await t.running().store.attempts.findById(id).lean())?.status;
    expect(await status(running.attemptId)).toBe('running');
    expect(await status(waiting.attemptId)).toBe('waiting');
    await t.signIn(issued.code);
    await waiting.comeBack();
    t.machine.forward(3_000);
    await waiting.begin();
    expect(waiting.view.open?.remainingMs).toBe(sectionMs);
    expect(await incidentsOf(waiting)).toEqual([]);
    expect(await t.running().store.attempts.findById(waiting.attemptId).lean()).toMatchObject({
      status: 'running',
      startedAt: t.running().clock.now(),
    });
  });

  test('a lease and a terminal’s cookie outlive the server', async () => {
    const p = await begin();
    await outage(0, 1_000);
    await p.comeBack();
    expect(p.epoch).toBe(1);
    expect((await t.entries(p.attemptId)).filter((e) => e.kind === 'leased')).toHaveLength(1);
    await p.reload();
    expect(p.epoch).toBe(2);
  });

  test.each(['handed-in', 'timed-out'] as const)(
    'an attempt that was closed (%s) and not ended is ended and scored once',
    async (how) => {
      const p = await begin();
      await p.handIn();
      await p.begin();
      await p.mustAnswer(p.item(0), 2);
      const { lives } = t.running().app.composed.delivery;
      await lives.inTurn(p.attemptId, (live) =>
        lives.write(live, { kind: 'closed', body: { section: 'style', how }, at: t.running().clock.now() }),
      );
      await outage(0, 5_000);
      const sheets = () => t.running().store.scoreSheets.find({ _id: p.attemptId }).lean();
      const before = await sheets();
      expect(before).toHaveLength(1);
      const ended = await t.entries(p.attemptId);
      expect(ended.at(-1)).toMatchObject({ kind: 'ended', body: { how } });
      expect(await t.running().store.attempts.findById(p.attemptId).lean()).toMatchObject({
        status: how,
        endedAt: ended.at(-1)?.at,
      });
      await outage(0, 5_000);
      await t.forward(60_000);
      expect(await t.entries(p.attemptId)).toEqual(ended);
      expect(await sheets()).toEqual(before);
      expect(await p.comeBack()).toMatchObject({ status: how, receipt: { answersStored: 1 } });
    },
  );

  test('one damaged journal is logged and keeps nobody else waiting', async () => {
    const [damaged, sound] = [await begin(), await begin()];
    await damaged.mustAnswer(damaged.item(0), damaged.value(0));
    await t.running().store.journal.deleteOne({ of: damaged.attemptId, n: 3 });
    await outage(0, 1_000);
    expect(t.logged.join('\n')).toContain(damaged.attemptId);
    await sound.comeBack();
    await sound.mustAnswer(sound.item(0), sound.value(0));
    const monitor = await t
      .running()
      .app.composed.handlers['room:watch']({}, { as: 'staff', accountId: 'x', watch: null }, 0);
    expect(monitor.rows.some((r) => r.attemptId === sound.attemptId)).toBe(true);
    await t.running().store.attempts.deleteOne({ _id: damaged.attemptId });
  });
});
