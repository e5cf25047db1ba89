/** Time: the server's steady clock decides, with or without a terminal, and what was lost is given back by rule. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { detachTerminal } from '../../server/delivery/acts/detach-terminal.ts';
import { limitWithExtraTime } from '../../server/delivery/attempt-facts.ts';
import { validProgramme } from '../banks/valid-bank.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, invitePerson, type TestPerson } from '../kit/test-person.ts';
import { graceMs, openProgramme, sectionMs, strictProgramme } from '../kit/test-programme.ts';

describe('time', () => {
  let t: TestServer;
  beforeAll(async () => {
    t = await startTestServer();
  });
  afterAll(() => t.close());

  const no = (code: string) => ({ ok: false, code });
  const begin = (programme = openProgramme) => beginPerson(t, { programme });

  const incidents = async (p: TestPerson) =>
    (await t.entries(p.attemptId)).filter((e) => e.kind === 'incident');
  const kinds = async (p: TestPerson) => (await t.entries(p.attemptId)).map((e) => e.kind);
  /** The sweep waits a little longer than grace, for what is on its way. */
  const surely = graceMs + 1_000;

  async function remaining(p: TestPerson): Promise<number> {
    const reply = await p.answer(p.item(0), p.value(0));
    if (!reply.ok) throw new Error(reply.code);
    return reply.data.remainingMs;
  }

  describe('the deadline', () => {
    test('closes a section with nobody there, and the next one waits for the person', async () => {
      const p = await begin();
      await p.mustAnswer(p.item(0), p.value(0));
      const { startedAt } = t.live(p.attemptId)?.state.sections[0] ?? {};
      await p.lose();
      await t.forward(sectionMs + 300_000 + surely);
      const entries = await t.entries(p.attemptId);
      expect(entries.slice(-2)).toMatchObject([
        { kind: 'incident', body: { cause: 'connection', creditMs: 300_000 } },
        { kind: 'closed', body: { section: 'rules', how: 'timed-out' }, clientId: '', clientSeq: 0 },
      ]);
      expect(entries.at(-1)?.at).toBeGreaterThan((startedAt ?? 0) + sectionMs + 300_000 + graceMs);
      await t.forward(24 * 3600_000);
      const view = await t.running().app.composed.delivery.lives.inTurn(p.attemptId, async (l) => l.state);
      expect([view.status, view.sections.map((s) => s.status)]).toEqual(['running', ['closed', 'ahead']]);
    });

    test('of the last section ends and scores the attempt with nobody there', async () => {
      const p = await begin();
      await p.handIn();
      await p.begin();
      await p.mustAnswer(p.item(0), 3);
      await p.lose();
      await t.forward(sectionMs + 300_000 + surely);
      expect((await kinds(p)).slice(-2)).toEqual(['closed', 'ended']);
      const { store } = t.running();
      expect(await store.attempts.findById(p.attemptId).lean()).toMatchObject({ status: 'timed-out' });
      expect(await store.scoreSheets.countDocuments({ _id: p.attemptId })).toBe(1);
      expect(await p.reload()).toMatchObject({ status: 'timed-out', receipt: { answersStored: 1 } });
    });

    test('tells a terminal that is there', async () => {
      const p = await begin();
      await t.forward(sectionMs + surely);
      const view = await p.terminal.next('attempt:changed');
      expect(view).toMatchObject({ status: 'running', open: null });
      expect(view.sections.map((s) => s.status)).toEqual(['closed', 'ahead']);
    });

    test('leaves the grace of the programme and not a millisecond more', async () => {
      const p = await begin();
      t.machine.forward(sectionMs);
      expect(await remaining(p)).toBe(0);
      t.machine.forward(graceMs);
      await t.forward(0);
      expect(await p.mustAnswer(p.item(1), p.value(1))).toMatchObject({ remainingMs: 0 });
      t.machine.forward(1);
      const held = await t.entries(p.attemptId);
      expect(await p.answer(p.item(2), p.value(2))).toEqual(no('LATE'));
      // What is on its way has a moment to arrive before the section is closed.
      await t.forward(249);
      expect(await t.entries(p.attemptId)).toEqual(held);
      await t.forward(1);
      expect(await p.answer(p.item(3), p.value(3))).toEqual(no('LATE'));
      expect((await t.entries(p.attemptId)).slice(held.length).map((e) => e.kind)).toEqual(['closed']);
      const late = await t
        .running()
        .store.lateAnswers.find({ attemptId: p.attemptId })
        .sort({ at: 1 })
        .lean();
      expect(late.map((l) => [l.itemId, l.code])).toEqual([
        [p.item(2), 'LATE'],
        [p.item(3), 'LATE'],
      ]);
      const kept = t.live(p.attemptId)?.state.answers;
      expect([...(kept?.keys() ?? [])]).toEqual([p.item(0), p.item(1)]);
    });

    test('counts when an answer was received, not when its turn came', async () => {
      const p = await begin();
      const { lives } = t.running().app.composed.delivery;
      let go = (): void => undefined;
      const slow = lives.inTurn(p.attemptId, () => new Promise<void>((resolve) => (go = resolve)));
      t.machine.forward(sectionMs + graceMs);
      const inTime = p.answer(p.item(0), p.value(0));
      // Answered at once by the same socket, so the answer has been received by then.
      expect(await p.terminal.raw('room:watch', {})).toEqual(no('FORBIDDEN'));
      t.machine.forward(60_000);
      const swept = t.running().rounds.sweep();
      const tooLate = p.answer(p.item(1), p.value(1));
      expect(await p.terminal.raw('room:watch', {})).toEqual(no('FORBIDDEN'));
      go();
      await Promise.all([slow, swept]);
      expect((await inTime).ok).toBe(true);
      expect(await tooLate).toEqual(no('LATE'));
      expect((await kinds(p)).slice(-2)).toEqual(['answered', 'closed']);
    });

    test('moves with extra time, which is rounded up to a second and shown beside the standard time', async () => {
      const p = await beginPerson(t, { programme: openProgramme, extraTimePercent: 33 });
      expect(p.view.accommodations.extraTimePercent).toBe(33);
      expect(p.view.sections[0]).toMatchObject({ limitMs: 798_000, standardLimitMs: 600_000 });
      t.machine.forward(797_000);
      await t.forward(0);
      expect(await remaining(p)).toBe(1_000);
      await t.forward(1_000 + surely);
      expect((await kinds(p)).at(-1)).toBe('closed');
      p.view = await p.terminal.next('attempt:changed');
      await p.begin();
      expect(p.view.open?.remainingMs).toBe(798_000);
    });

    test('with extra time never falls between two seconds to the person’s loss', () => {
      const [section] = validProgramme().sections;
      if (!section) throw new Error('a section');
      expect(limitWithExtraTime({ ...section, limitMs: 90_500 }, 33)).toBe(121_000);
      expect(limitWithExtraTime({ ...section, limitMs: 90_000 }, 0)).toBe(90_000);
    });

    test('is told with every acknowledgement', async () => {
      const p = await begin();
      for (const passed of [1_000, 59_000, 240_000]) {
        const before = await remaining(p);
        t.machine.forward(passed);
        expect(await remaining(p)).toBe(before - passed);
      }
    });

    test.each([3_600_000, -3_600_000])('does not hear of a wall clock that jumps by %d ms', async (jump) => {
      const p = await begin();
      t.machine.forward(100_000);
      t.machine.jumpWall(jump);
      await t.forward(0);
      expect(await remaining(p)).toBe(500_000);
      t.machine.forward(499_000);
      await t.forward(0);
      expect(await remaining(p)).toBe(1_000);
      await t.forward(1_000 + surely);
      expect((await kinds(p)).at(-1)).toBe('closed');
      t.machine.jumpWall(-jump);
    });
  });

  test('nothing that a person does again moves the start of a section or of the attempt', async () => {
    const p = await begin();
    const state = () => {
      const s = t.live(p.attemptId)?.state;
      return [s?.startedAt, s?.sections[0]?.startedAt, s?.sections[0]?.limitMs];
    };
    const before = state();
    const listed = await t.running().store.attempts.findById(p.attemptId).lean();
    expect(before).toEqual([listed?.startedAt, listed?.startedAt, sectionMs]);
    t.machine.forward(5_000);
    await p.terminal.must('section:start', { epoch: p.epoch, section: 'rules', language: 'ru' });
    await p.lose();
    await p.comeBack();
    t.machine.forward(5_000);
    await p.lose();
    await p.reload();
    await p.terminal.must('section:start', { epoch: p.epoch, section: 'rules', language: 'ru' });
    const code = await t.transfer(p.attemptId);
    await p.reload(await t.signIn(code));
    expect(state()).toEqual(before);
    expect(await remaining(p)).toBe(sectionMs - 10_000);
    await p.handIn();
    t.machine.forward(5_000);
    await p.begin();
    expect(state()).toEqual(before);
    expect(await t.running().store.attempts.findById(p.attemptId).lean()).toMatchObject({
      startedAt: before[0],
    });
  });

  describe('a lost connection', () => {
    test('is given back in full within the allowance, and journalled', async () => {
      const p = await begin();
      t.machine.forward(60_000);
      await p.lose();
      const fromAt = t.running().clock.now();
      await t.forward(64_000);
      await p.comeBack();
      expect(p.view.open?.remainingMs).toBe(540_000);
      expect((await incidents(p)).map((e) => e.body)).toEqual([
        {
          cause: 'connection',
          fromAt,
          toAt: fromAt + 64_000,
          lostMs: 64_000,
          creditMs: 64_000,
          uncertaintyMs: 250,
          method: 'observed',
        },
      ]);
      expect((await t.entries(p.attemptId)).filter((e) => e.kind === 'leased')).toHaveLength(1);
    });

    test('is given back no further than the programme allows, over all losses together', async () => {
      const p = await begin(strictProgramme);
      expect(p.view.open?.remainingMs).toBe(600_000);
      for (const [lostMs, creditMs] of [
        [3_000, 3_000],
        [4_000, 2_000],
        [5_000, 0],
      ] as const) {
        await p.lose();
        t.machine.forward(lostMs);
        await p.comeBack();
        expect((await incidents(p)).at(-1)?.body).toMatchObject({ lostMs, creditMs });
      }
      expect(p.view.open?.remainingMs).toBe(600_000 - 7_000);
    });

    test('keeps a section open past its time only as long as the allowance lasts', async () => {
      const p = await begin(strictProgramme);
      t.machine.forward(sectionMs - 1_000);
      await p.lose();
      t.machine.forward(6_000 + graceMs);
      await t.forward(0);
      expect((await kinds(p)).at(-1)).not.toBe('closed');
      await t.forward(1_000);
      expect((await kinds(p)).slice(-2)).toEqual(['incident', 'closed']);
    });

    test('of under a second writes nothing', async () => {
      const p = await begin();
      const held = await t.entries(p.attemptId);
      await p.lose();
      t.machine.forward(999);
      await p.comeBack();
      expect(await t.entries(p.attemptId)).toEqual(held);
      expect(p.view.open?.remainingMs).toBe(sectionMs - 999);
    });

    test('by a reload of under a second writes the new lease and no incident', async () => {
      const p = await begin();
      const held = await t.entries(p.attemptId);
      await p.lose();
      t.machine.forward(999);
      await p.reload();
      expect((await kinds(p)).slice(held.length)).toEqual(['leased']);
      expect(p.view.open?.remainingMs).toBe(sectionMs - 999);
    });

    test('is over with the first message by HTTP, of a page that can open no websocket any more', async () => {
      const p = await begin();
      t.machine.forward(10_000);
      await p.lose();
      t.machine.forward(30_000);
      const message = { epoch: p.epoch, clientSeq: 1, itemId: p.item(0), value: p.value(0) };
      const said = await p.browser.post('/wire/answer:submit', message);
      expect(JSON.parse(said.text)).toMatchObject({ ok: true, data: { remainingMs: sectionMs - 10_000 } });
      expect((await kinds(p)).slice(-2)).toEqual(['incident', 'answered']);
      // From here on the clock runs: nobody is away.
      t.machine.forward(100_000);
      await t.forward(0);
      const later = await p.browser.post('/wire/answer:submit', { ...message, clientSeq: 2 });
      expect(JSON.parse(later.text)).toMatchObject({ ok: true, data: { remainingMs: sectionMs - 110_000 } });
      expect(await incidents(p)).toHaveLength(1);
    });

    test('while no section is open is nobody’s loss', async () => {
      const p = await invitePerson(t, { programme: openProgramme });
      await p.prepare();
      await p.lose();
      t.machine.forward(100_000);
      await p.comeBack();
      await p.begin();
      expect(p.view.open?.remainingMs).toBe(sectionMs);
      await p.handIn();
      await p.lose();
      t.machine.forward(100_000);
      await p.comeBack();
      expect(await incidents(p)).toEqual([]);
    });

    test('that nobody noticed for a while counts from when it may have died, not before the last answer', async () => {
      const p = await begin();
      t.machine.forward(10_000);
      await p.mustAnswer(p.item(0), p.value(0));
      const answeredAt = t.running().clock.now();
      t.machine.forward(9_000);
      const link = t.live(p.attemptId)?.link;
      if (!link) throw new Error('no connection');
      detachTerminal(t.running().app.composed.delivery, p.attemptId, link, 14_000);
      expect(t.live(p.attemptId)).toMatchObject({ link: null, disconnectedAt: answeredAt });
      t.machine.forward(20_000);
      await p.comeBack();
      expect((await incidents(p)).at(-1)?.body).toMatchObject({
        fromAt: answeredAt,
        lostMs: 29_000,
        creditMs: 29_000,
      });
      expect(p.view.open?.remainingMs).toBe(sectionMs - 10_000);
    });
  });
});
