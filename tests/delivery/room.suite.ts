/** The operator's room: who is where, live, at most one message a second, and no answers, scores or keys. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { revokeSessions } from '../../server/access/acts/revoke-sessions.ts';
import type { MonitorRow } from '../../server/wire/contract.ts';
import type { Browser } from '../kit/browse.ts';
import { openTestTerminal, type TestTerminal } from '../kit/open-test-terminal.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson } from '../kit/test-person.ts';
import { openProgramme, sectionMs, testProgramme } from '../kit/test-programme.ts';

describe('the room', () => {
  let t: TestServer;
  let operator: Browser;
  let monitor: TestTerminal;
  beforeAll(async () => {
    t = await startTestServer();
    operator = await t.staff('operator');
  });
  beforeEach(async () => {
    monitor = await watch();
  });
  afterAll(() => t.close());

  async function watch(): Promise<TestTerminal> {
    return openTestTerminal({ origin: t.origin(), cookie: operator.cookies(), as: 'staff' });
  }

  const rowOf = (rows: readonly MonitorRow[], attemptId: string) =>
    rows.find((r) => r.attemptId === attemptId);

  test('an operator issues, admits and follows a person through the attempt', async () => {
    const { rows: before } = await monitor.must('room:watch', {});
    const registered = await t.issue({ name: 'Оспанова Дана' });
    const { people, programmes } = await monitor.must('people:list', {});
    const person = people.find((x) => x.id === registered.personId);
    expect(person).toEqual({
      id: registered.personId,
      name: 'Оспанова Дана',
      personnelNumber: expect.any(String),
    });
    expect(programmes.map((x) => `${x.id}@${x.version}`)).toContain('training@1.0.0');
    const { attemptId, code, validUntilAt } = await monitor.must('attempt:issue', {
      personId: registered.personId,
      programme: testProgramme,
    });
    expect(code).toMatch(/^\d{5} \d{5} \d{4}$/);
    expect(validUntilAt).toBe(t.running().clock.now() + 12 * 3600_000);
    expect(before.some((r) => r.attemptId === attemptId)).toBe(false);

    // Step by step: what the room is told is the last of what happened since.
    const step = async (): Promise<MonitorRow> => {
      await t.running().rounds.tell();
      const { rows } = await monitor.next('room:changed');
      const row = rowOf(rows, attemptId);
      if (!row) throw new Error('no row');
      return row;
    };
    expect(await step()).toMatchObject({
      status: 'invited',
      connected: false,
      admitted: false,
      section: null,
    });
    const terminal = await t.terminal(await t.signIn(code.replaceAll(' ', '')));
    const { epoch, programme } = await terminal.must('attempt:attach', { clientId: 'a0terminal000000' });
    expect(await step()).toMatchObject({ status: 'checked-in', connected: true });
    await terminal.must('identity:confirm', { epoch });
    await terminal.must('notice:accept', { epoch, version: programme.notice.version, language: 'kk' });
    expect(await step()).toMatchObject({ status: 'waiting', admitted: false });
    await monitor.must('attempt:admit', { attemptId });
    expect((await terminal.next('attempt:changed')).admitted).toBe(true);
    expect(await step()).toMatchObject({ status: 'waiting', admitted: true });
    const view = await terminal.must('section:start', { epoch, section: 'rules', language: 'kk' });
    const [item] = view.open?.items ?? [];
    t.machine.forward(10_000);
    await terminal.must('answer:submit', {
      epoch,
      clientSeq: 1,
      itemId: item?.id ?? '',
      value: item?.options[0]?.value ?? null,
    });
    expect(await step()).toEqual({
      attemptId,
      name: 'Оспанова Дана',
      personnelNumber: person?.personnelNumber,
      programme: view.programme.title,
      status: 'running',
      admitted: true,
      connected: true,
      section: { title: view.sections[0]?.title, number: 1, of: 2 },
      answered: 1,
      items: 8,
      lastAnswerAt: t.running().clock.now(),
      remainingMs: sectionMs - 10_000,
      extraTimePercent: 0,
      incidents: 0,
      faults: 0,
      receiptCode: null,
    });
    await t.hangUp(attemptId, terminal);
    expect(await step()).toMatchObject({ connected: false, status: 'running' });
    await t.forward(sectionMs + 310_000);
    expect(await step()).toMatchObject({ section: null, incidents: 1, remainingMs: null });
    monitor.disconnect();
  });

  describe('what is sent', () => {
    test('is gathered: many changes, one message with one row each, and silence when nothing changed', async () => {
      await monitor.must('room:watch', {});
      const people = await Promise.all([1, 2].map(() => beginPerson(t, { programme: openProgramme })));
      for (const p of people) for (let i = 0; i < 8; i++) await p.mustAnswer(p.item(i), p.value(i));
      expect(monitor.waiting('room:changed')).toBe(0);
      await t.running().rounds.tell();
      const { rows } = await monitor.next('room:changed');
      expect(rows.map((r) => r.attemptId).toSorted()).toEqual(people.map((p) => p.attemptId).toSorted());
      expect(rows.map((r) => r.answered)).toEqual([8, 8]);
      await t.running().rounds.tell();
      await monitor.must('people:list', {});
      expect(monitor.waiting('room:changed')).toBe(0);
      monitor.disconnect();
    });

    test('holds no answer, no score and no key', async () => {
      await monitor.must('room:watch', {});
      const p = await beginPerson(t, { programme: openProgramme });
      const shown = p.view.open?.items ?? [];
      for (let i = 0; i < 8; i++) await p.mustAnswer(p.item(i), p.value(i));
      await t.running().rounds.tell();
      await monitor.next('room:changed');
      await p.handIn();
      await p.begin();
      for (let i = 0; i < 6; i++) await p.mustAnswer(p.item(i), p.value(i));
      await p.handIn();
      await t.running().rounds.tell();
      const { rows } = await monitor.next('room:changed');
      expect(rowOf(rows, p.attemptId)).toMatchObject({
        status: 'handed-in',
        receiptCode: p.view.receipt?.code,
      });
      const later = await watch();
      await later.must('room:watch', {});
      const bytes = monitor.received() + later.received();
      const told = [...shown.map((i) => i.id), ...shown.flatMap((i) => i.options.map((o) => o.id))];
      expect(told.filter((id) => bytes.includes(id))).toEqual([]);
      expect(bytes).not.toMatch(/"(value|answers|score|maximum|met|close|results|threshold|topics)"/);
      monitor.disconnect();
      later.disconnect();
    });

    test('goes to everyone who watches, once each, and to nobody who does not', async () => {
      const [second, silent] = [await watch(), await watch()];
      for (const m of [monitor, monitor, second]) await m.must('room:watch', {});
      const p = await beginPerson(t, { programme: openProgramme });
      await t.running().rounds.tell();
      for (const m of [monitor, second])
        expect(rowOf((await m.next('room:changed')).rows, p.attemptId)).toBeDefined();
      await silent.must('people:list', {});
      expect([monitor, second, silent].map((m) => m.waiting('room:changed'))).toEqual([0, 0, 0]);
      for (const m of [monitor, second, silent]) m.disconnect();
    });
  });

  test('an operator who is signed out stops seeing; the attempt goes on', async () => {
    const p = await beginPerson(t, { programme: openProgramme });
    await monitor.must('room:watch', {});
    const account = await t.running().store.accounts.findOne({ roles: 'operator' }).lean();
    await revokeSessions(t.running().app.access.access, account?._id ?? '', 'test');
    await monitor.closed;
    await expect(watch()).rejects.toThrow('NOT_SIGNED_IN');
    await p.mustAnswer(p.item(0), p.value(0));
    await t.running().rounds.tell();
    expect(monitor.waiting('room:changed')).toBe(0);
    expect(p.terminal.waiting('attempt:superseded')).toBe(0);
    operator = await t.staff('operator');
  });
});
