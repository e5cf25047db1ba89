/** From a code to a receipt, over a real socket and over its HTTP twin; what the store then holds agrees with what was said. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asJson } from '../../server/audit/as-json.ts';
import { canonical, sha256Hex, verifyChain } from '../../server/audit/chain.ts';
import { foldAnswers } from '../../server/audit/fold-answers.ts';
import type { SealedReceipt } from '../../server/audit/receipt.ts';
import { randomId } from '../../server/random-id.ts';
import type { AttemptView, In, Out, Reply, RequestName, Value } from '../../server/wire/contract.ts';
import { score } from '../../scoring/score.ts';
import { publicationKey } from '../../question-banks/publication-key.ts';
import { validBank, validQuestionnaire } from '../banks/valid-bank.ts';
import type { Browser } from '../kit/browse.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, invitePerson, type TestPerson } from '../kit/test-person.ts';
import { openProgramme } from '../kit/test-programme.ts';

describe('the road of an attempt', () => {
  let t: TestServer;
  beforeAll(async () => {
    t = await startTestServer();
  });
  afterAll(() => t.close());

  const items = new Map(validBank().items.map((i) => [i.id, i]));

  function keyOf(itemId: string): string {
    const item = items.get(itemId);
    if (item?.kind !== 'single-choice') throw new Error(`no key: ${itemId}`);
    return item.key;
  }

  /** What stays the same over a reload: all but the lease, its numbers and the moment. */
  function lasting({ epoch: _epoch, nextClientSeq: _seq, serverAt: _at, ...rest }: AttemptView) {
    return rest;
  }

  /** Recomputes everything that was written about an ended attempt from its journal alone. */
  async function checkRecords(attemptId: string): Promise<SealedReceipt> {
    const { store, app } = t.running();
    const loaded = await app.composed.delivery.store.load(attemptId);
    if (!loaded) throw new Error('no such attempt');
    expect(verifyChain('attempt', attemptId, loaded.entries)).toBeNull();
    const stored = await store.scoreSheets.find({ _id: attemptId }).lean();
    expect(stored).toHaveLength(1);
    const set = await app.composed.register.set(loaded.record.programme);
    const again = score({
      attempt: attemptId,
      form: loaded.record.form,
      formSha256: sha256Hex(canonical(asJson(loaded.record.form))),
      programme: set.programme.content,
      banks: new Map([validBank(), validQuestionnaire()].map((b) => [publicationKey(b), b])),
      answers: foldAnswers(loaded.entries),
    });
    expect(stored[0]?.sheet).toBe(canonical(asJson(again.sheet)));
    expect(stored[0]?.withheld).toBe(canonical(asJson(again.withheld)));
    expect(stored[0]?.sha256).toBe(sha256Hex(stored[0]?.sheet ?? ''));
    expect(loaded.record.endedAt).toBe(loaded.entries.at(-1)?.at);
    const receipt: SealedReceipt = JSON.parse(stored[0]?.receipt ?? '');
    expect(receipt.head).toEqual({ n: loaded.entries.length, hash: loaded.entries.at(-1)?.hash });
    return receipt;
  }

  describe('an attempt over the socket', () => {
    let p: TestPerson;

    test('begins with the notice, and no item is shown before a section is opened', async () => {
      p = await invitePerson(t, { name: 'Төлеуов Бақыт' });
      expect(p.view).toMatchObject({
        status: 'checked-in',
        epoch: 1,
        open: null,
        language: null,
        admitted: false,
        person: { name: 'Төлеуов Бақыт' },
        results: [],
        receipt: null,
      });
      const held = (await t.entries(p.attemptId)).length;
      expect(await p.terminal.ask('section:start', { epoch: 1, section: 'rules', language: 'ru' })).toEqual({
        ok: false,
        code: 'WRONG_STATE',
      });
      const { version } = p.view.programme.notice;
      // The notice comes after the identity.
      expect(await p.terminal.ask('notice:accept', { epoch: 1, version, language: 'ru' })).toEqual({
        ok: false,
        code: 'WRONG_STATE',
      });
      await p.terminal.must('identity:confirm', { epoch: 1 });
      expect(await p.terminal.ask('notice:accept', { epoch: 1, version: '0.0.1', language: 'ru' })).toEqual({
        ok: false,
        code: 'WRONG_STATE',
      });
      p.view = await p.terminal.must('notice:accept', { epoch: 1, version, language: 'ru' });
      expect(p.view).toMatchObject({ status: 'waiting', language: 'ru', admitted: false });
      expect(await p.terminal.ask('section:start', { epoch: 1, section: 'rules', language: 'ru' })).toEqual({
        ok: false,
        code: 'NOT_ADMITTED',
      });
      expect((await t.entries(p.attemptId)).length).toBe(held + 2);
    });

    test('goes on when the operator admits: the terminal is told', async () => {
      await t.admit(p.attemptId);
      p.view = await p.terminal.next('attempt:changed');
      expect(p.view.admitted).toBe(true);
      await p.begin('ru');
      expect(p.view).toMatchObject({ status: 'running' });
      expect(p.view.open).toMatchObject({
        section: 'rules',
        language: 'ru',
        remainingMs: 600_000,
        answers: [],
      });
      expect(p.view.open?.items).toHaveLength(8);
    });

    test('stores what is answered, changed, withdrawn, viewed, flagged and reported', async () => {
      const shown = p.view.open?.items.map((i) => i.id) ?? [];
      for (const id of shown) await p.mustAnswer(id, keyOf(id));
      const wrong = (id: string): Value =>
        p.view.open?.items.find((i) => i.id === id)?.options.find((o) => o.id !== keyOf(id))?.value ?? null;
      await p.mustAnswer(p.item(0), wrong(p.item(0)));
      await p.mustAnswer(p.item(1), null);
      await p.mustAnswer(p.item(2), wrong(p.item(2)));
      await p.mustAnswer(p.item(2), keyOf(p.item(2)));
      const held = { epoch: p.epoch, itemId: p.item(3) };
      await p.terminal.must('item:view', { ...held, clientSeq: p.nextSeq++ });
      await p.terminal.must('item:flag', { ...held, clientSeq: p.nextSeq++, flagged: true });
      await p.terminal.must('fault:report', { ...held, clientSeq: p.nextSeq++, text: 'Қате бар' });
      expect((await t.entries(p.attemptId)).slice(-3).map((e) => e.kind)).toEqual([
        'viewed',
        'flagged',
        'fault',
      ]);
    });

    test('looks the same after a reload, but for the lease', async () => {
      const before = (await p.comeBack()).open;
      expect(before?.answers).toHaveLength(8);
      expect(before?.flagged).toEqual([p.item(3)]);
      const kept = lasting(p.view);
      await p.lose();
      await p.reload();
      expect(p.epoch).toBe(2);
      expect(p.view.nextClientSeq).toBe(1);
      expect(lasting(p.view)).toEqual(kept);
    });

    test('ends with the last section: results, receipt and records agree', async () => {
      await p.handIn();
      expect(p.view.open).toBeNull();
      expect(p.view.results).toEqual([]);
      expect(p.view.sections.map((s) => s.status)).toEqual(['closed', 'ahead']);
      await p.begin('ru');
      for (let i = 0; i < 5; i++) await p.mustAnswer(p.item(i), 1 + (i % 5));
      await p.handIn();
      expect(p.view.status).toBe('handed-in');
      expect(p.view.results).toMatchObject([
        { section: 'rules', how: 'keyed', score: 6, maximum: 8, answered: 7, threshold: 4, met: true },
        { section: 'style', how: 'questionnaire', score: null, answered: 5, items: 6, topics: [] },
      ]);
      const receipt = await checkRecords(p.attemptId);
      expect(p.view.receipt).toMatchObject({ code: receipt.code, answersStored: 12, items: 14 });
      expect(p.view.receipt?.code).toMatch(
        /^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}$|^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/,
      );
      const ended = lasting(p.view);
      await p.lose();
      expect(t.live(p.attemptId)).toBeNull();
      await p.reload();
      expect(lasting(p.view)).toEqual(ended);
      expect((await t.entries(p.attemptId)).at(-1)?.kind).toBe('ended');
    });
  });

  test('a whole attempt goes by HTTP where no websocket can', async () => {
    const { attemptId, code } = await t.issue({ programme: openProgramme });
    const browser: Browser = await t.signIn(code);
    async function must<K extends RequestName>(name: K, message: In<K>): Promise<Out<K>> {
      const page = await browser.post(`/wire/${name}`, message);
      const reply: Reply<K> = JSON.parse(page.text);
      if (!reply.ok) throw new Error(`${name}: ${page.status} ${reply.code}`);
      return reply.data;
    }
    let view = await must('attempt:attach', { clientId: randomId() });
    const { epoch } = view;
    await must('identity:confirm', { epoch });
    const { version } = view.programme.notice;
    await must('notice:accept', { epoch, version, language: 'en' });
    let clientSeq = 1;
    for (const section of ['rules', 'style']) {
      view = await must('section:start', { epoch, section, language: 'en' });
      for (const item of view.open?.items ?? [])
        await must('answer:submit', {
          epoch,
          clientSeq: clientSeq++,
          itemId: item.id,
          value: item.options[0]?.value ?? null,
        });
      view = await must('section:hand-in', { epoch, section });
    }
    expect(view.receipt?.answersStored).toBe(14);
    await checkRecords(attemptId);
  });

  test('declining is an end without a score, and nothing can follow it', async () => {
    const p = await invitePerson(t);
    await p.terminal.must('identity:confirm', { epoch: p.epoch });
    p.view = await p.terminal.must('notice:decline', { epoch: p.epoch });
    expect(p.view).toMatchObject({ status: 'declined', results: [], receipt: null, open: null });
    const held = await t.entries(p.attemptId);
    expect(held.at(-1)?.kind).toBe('declined');
    const refused = { ok: false, code: 'WRONG_STATE' };
    const { version } = p.view.programme.notice;
    expect(await p.terminal.ask('notice:accept', { epoch: p.epoch, version, language: 'kk' })).toEqual(
      refused,
    );
    expect(
      await p.terminal.ask('section:start', { epoch: p.epoch, section: 'rules', language: 'kk' }),
    ).toEqual(refused);
    expect(await p.terminal.ask('section:hand-in', { epoch: p.epoch, section: 'rules' })).toEqual({
      ok: false,
      code: 'NOT_OPEN',
    });
    await expect(t.admit(p.attemptId)).rejects.toThrow('WRONG_STATE');
    await expect(t.transfer(p.attemptId)).rejects.toThrow('WRONG_STATE');
    // A repeat shows what came of it.
    expect((await p.terminal.must('notice:decline', { epoch: p.epoch })).status).toBe('declined');
    expect((await p.reload()).status).toBe('declined');
    expect(await t.entries(p.attemptId)).toEqual(held);
    expect(await t.running().store.scoreSheets.countDocuments({ _id: p.attemptId })).toBe(0);
    expect(await t.running().store.attempts.findById(p.attemptId).lean()).toMatchObject({
      status: 'declined',
    });
  });

  test('options are stored by their own id, whatever place they were shown in', async () => {
    const [a, b] = [
      await beginPerson(t, { programme: openProgramme }),
      await beginPerson(t, { programme: openProgramme }),
    ];
    const common = (a.view.open?.items ?? []).filter((i) => b.view.open?.items.some((j) => j.id === i.id));
    expect(common.length).toBeGreaterThan(0);
    for (const p of [a, b]) for (const i of p.view.open?.items ?? []) await p.mustAnswer(i.id, keyOf(i.id));
    for (const p of [a, b]) {
      await p.handIn();
      await p.begin();
      await p.handIn();
      expect(p.view.results[0]).toMatchObject({ score: 8, maximum: 8 });
    }
  });
});
