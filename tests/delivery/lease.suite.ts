/** Who may write: one terminal at a time, the other one sees why not, and a code moves the attempt. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyChain, type ChainEntry } from '../../server/audit/chain.ts';
import { composeDelivery } from '../../server/compose-delivery.ts';
import { recordAtTerminal } from '../../server/delivery/acts/record-at-terminal.ts';
import { Refusal } from '../../server/errors.ts';
import { randomId } from '../../server/random-id.ts';
import { openBrowser } from '../kit/browse.ts';
import { openTestTerminal, until } from '../kit/open-test-terminal.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, invitePerson, type TestPerson } from '../kit/test-person.ts';

describe('the lease', () => {
  let t: TestServer;
  beforeAll(async () => {
    t = await startTestServer();
  });
  afterAll(() => t.close());

  const superseded = { ok: false, code: 'SUPERSEDED' };

  async function leases(attemptId: string): Promise<ChainEntry[]> {
    return (await t.entries(attemptId)).filter((e) => e.kind === 'leased');
  }

  describe('two windows of one browser', () => {
    test('the second takes over: the first is told and closed, and its late words are kept beside', async () => {
      const p = await beginPerson(t);
      const first = p.terminal;
      await p.mustAnswer(p.item(0), p.value(0));
      await p.reload();
      expect(await first.next('attempt:superseded')).toEqual({ attemptId: p.attemptId });
      await first.closed;
      expect(p.epoch).toBe(2);
      const held = await t.entries(p.attemptId);
      expect(held.at(-1)).toMatchObject({
        kind: 'leased',
        epoch: 2,
        clientId: p.clientId,
        body: { by: 'cookie' },
      });
      // The first window still holds the cookie: by HTTP it can speak, but not write.
      const stale = { epoch: 1, clientSeq: 9, itemId: p.item(1), value: p.value(1) };
      const page = await p.browser.post('/wire/answer:submit', stale);
      expect([page.status, JSON.parse(page.text)]).toEqual([409, superseded]);
      expect(await t.entries(p.attemptId)).toEqual(held);
      expect(await t.running().store.lateAnswers.find({ attemptId: p.attemptId }).lean()).toMatchObject([
        { itemId: p.item(1), value: p.value(1), code: 'SUPERSEDED' },
      ]);
      await p.mustAnswer(p.item(1), p.value(1, 1));
    });

    test('every request under an old lease is refused and changes nothing', async () => {
      const p = await beginPerson(t);
      await p.reload();
      const held = await t.entries(p.attemptId);
      const epoch = 1;
      const { terminal: x } = p;
      const { version } = p.view.programme.notice;
      const clientSeq = 1;
      const itemId = p.item(0);
      expect(await x.ask('identity:confirm', { epoch })).toEqual(superseded);
      expect(await x.ask('notice:accept', { epoch, version, language: 'kk' })).toEqual(superseded);
      expect(await x.ask('notice:decline', { epoch })).toEqual(superseded);
      expect(await x.ask('section:start', { epoch, section: 'rules', language: 'kk' })).toEqual(superseded);
      expect(await x.ask('language:set', { epoch, language: 'ru' })).toEqual(superseded);
      expect(await x.ask('answer:submit', { epoch, clientSeq, itemId, value: p.value(0) })).toEqual(
        superseded,
      );
      expect(await x.ask('item:view', { epoch, clientSeq, itemId })).toEqual(superseded);
      expect(await x.ask('item:flag', { epoch, clientSeq, itemId, flagged: true })).toEqual(superseded);
      expect(await x.ask('fault:report', { epoch, clientSeq, itemId, text: 'x' })).toEqual(superseded);
      expect(await x.ask('section:hand-in', { epoch, section: 'rules' })).toEqual(superseded);
      expect(await t.entries(p.attemptId)).toEqual(held);
    });

    test('a lease that was never given keeps nothing', async () => {
      const p = await beginPerson(t);
      expect(await p.submit({ epoch: 77 })).toEqual(superseded);
      expect(await t.running().store.lateAnswers.countDocuments({ attemptId: p.attemptId })).toBe(0);
    });

    test('the first may take the attempt back; its numbers and repeats still hold', async () => {
      const p = await beginPerson(t);
      const one = { itemId: p.item(0), value: p.value(0), clientSeq: 1 };
      const before = await p.terminal.must('answer:submit', { epoch: 1, ...one });
      await p.terminal.must('answer:submit', {
        epoch: 1,
        itemId: p.item(1),
        value: p.value(1),
        clientSeq: 2,
      });
      const first = p.clientId;
      await p.reload();
      await p.mustAnswer(p.item(2), p.value(2));
      p.clientId = first;
      await p.comeBack();
      expect(p.epoch).toBe(3);
      expect(p.view.nextClientSeq).toBe(3);
      // Its page did not hear the acknowledgement and asks again under the new lease.
      const held = await t.entries(p.attemptId);
      expect(await p.terminal.must('answer:submit', { epoch: 3, ...one })).toEqual(before);
      expect(await p.terminal.ask('answer:submit', { epoch: 3, ...one, value: p.value(1) })).toEqual({
        ok: false,
        code: 'SEQ_REUSED',
      });
      expect(await t.entries(p.attemptId)).toEqual(held);
      p.nextSeq = 3;
      expect((await p.mustAnswer(p.item(3), p.value(3))).n).toBe(held.length + 1);
    });

    test('a window that can only speak HTTP takes over just as visibly', async () => {
      const p = await beginPerson(t);
      const first = p.terminal;
      const page = await p.browser.post('/wire/attempt:attach', { clientId: randomId() });
      expect(JSON.parse(page.text)).toMatchObject({ ok: true, data: { epoch: 2 } });
      expect(await first.next('attempt:superseded')).toEqual({ attemptId: p.attemptId });
      await first.closed;
    });

    test('a page that falls back to HTTP keeps its lease and leaves no dead connection behind', async () => {
      const p = await beginPerson(t);
      const page = await p.browser.post('/wire/attempt:attach', { clientId: p.clientId });
      expect(JSON.parse(page.text)).toMatchObject({ ok: true, data: { epoch: 1 } });
      await p.terminal.closed;
      expect(p.terminal.waiting('attempt:superseded')).toBe(0);
      expect(t.live(p.attemptId)).toMatchObject({ link: null, disconnectedAt: null });
      expect(await leases(p.attemptId)).toHaveLength(1);
    });

    test('a connection that died while it was attaching does not count as one', async () => {
      const { attemptId, code } = await t.issue();
      const browser = await t.signIn(code);
      const terminal = await t.terminal(browser);
      const { lives } = t.running().app.composed.delivery;
      let go = (): void => undefined;
      const busy = lives.inTurn(attemptId, () => new Promise<void>((resolve) => (go = resolve)));
      void terminal.raw('attempt:attach', { clientId: randomId() });
      const sockets = t.running().app.io.sockets.sockets;
      await until('the request has come', () => terminal.id !== '' && sockets.has(terminal.id));
      // The request travels on the same wire ahead of the farewell.
      terminal.disconnect();
      await until('the server notices', () => !sockets.has(terminal.id));
      go();
      await busy;
      await lives.inTurn(attemptId, async () => undefined);
      await until('the lease is taken', async () => (await leases(attemptId)).length === 1);
      await until('the dead connection is let go', () => t.live(attemptId)?.link === null);
      expect(t.live(attemptId)).toMatchObject({ link: null, disconnectedAt: t.running().clock.now() });
    });
  });

  describe('a transfer', () => {
    async function moved(): Promise<{ p: TestPerson; code: string }> {
      const p = await beginPerson(t);
      await p.mustAnswer(p.item(0), p.value(0));
      return { p, code: await t.transfer(p.attemptId) };
    }

    test('leaves the old terminal at work until the new code is used, and then ends its cookie', async () => {
      const { p, code } = await moved();
      await p.mustAnswer(p.item(1), p.value(1));
      const old = { terminal: p.terminal, browser: p.browser, epoch: p.epoch };
      const browser = await t.signIn(code);
      expect(await old.terminal.next('attempt:superseded')).toEqual({ attemptId: p.attemptId });
      await old.terminal.closed;
      await expect(openTestTerminal({ origin: t.origin(), cookie: old.browser.cookies() })).rejects.toThrow(
        'NOT_SIGNED_IN',
      );
      const held = await t.entries(p.attemptId);
      const page = await old.browser.post('/wire/answer:submit', {
        epoch: old.epoch,
        clientSeq: 7,
        itemId: p.item(2),
        value: p.value(2),
      });
      expect([page.status, JSON.parse(page.text).code]).toEqual([401, 'NOT_SIGNED_IN']);
      expect(await t.entries(p.attemptId)).toEqual(held);
      const view = await p.reload(browser);
      expect(view.open?.answers).toHaveLength(2);
      expect((await t.entries(p.attemptId)).slice(-2).map((e) => [e.kind, e.body])).toEqual([
        ['answered', { itemId: p.item(1), value: p.value(1) }],
        ['leased', { by: 'transfer' }],
      ]);
      expect((await t.entries(p.attemptId)).filter((e) => e.kind === 'transferred')).toHaveLength(1);
      await p.mustAnswer(p.item(2), p.value(2));
    });

    test('a code works once', async () => {
      const { p, code } = await moved();
      await expect(t.signIn(p.code)).rejects.toThrow('CODE_REFUSED');
      await t.signIn(code);
      await expect(t.signIn(code)).rejects.toThrow('CODE_REFUSED');
    });

    test('a newer code makes the older one void, and a code lasts twelve hours', async () => {
      const { p, code } = await moved();
      const newer = await t.transfer(p.attemptId);
      await expect(t.signIn(code)).rejects.toThrow('CODE_REFUSED');
      t.machine.forward(12 * 3600_000);
      await expect(t.signIn(newer)).rejects.toThrow('CODE_REFUSED');
      const last = await t.transfer(p.attemptId);
      t.machine.forward(12 * 3600_000 - 1);
      await t.signIn(last);
    });

    test('of two terminals that type the same code, one gets in', async () => {
      const { code } = await moved();
      const [a, b] = [openBrowser(t.origin()), openBrowser(t.origin())];
      const pages = await Promise.all([a, b].map((x) => x.post('/terminal/sign-in', { code })));
      expect(new Set(pages.map((x) => x.status))).toEqual(new Set([200, 401]));
    });

    test('the code of an attempt that has ended is dead', async () => {
      const p = await invitePerson(t);
      const code = await t.transfer(p.attemptId);
      await p.terminal.must('notice:decline', { epoch: p.epoch });
      await expect(t.signIn(code)).rejects.toThrow('CODE_REFUSED');
    });
  });

  describe('two servers over one store', () => {
    test('of two that write the same n, one wins; the other is superseded and reads again', async () => {
      const p = await beginPerson(t);
      const { app, store, clock } = t.running();
      const other = composeDelivery({
        store,
        clock,
        demonstration: false,
        codes: app.codes,
        sealingKey: () => {
          throw new Error('nothing is sealed here');
        },
        fault: (e) => {
          throw e;
        },
      }).delivery;
      const here = app.composed.delivery;
      for (let round = 0; round < 5; round++) {
        // Both read the same journal, so both would write the same n.
        for (const d of [here, other]) {
          d.lives.forget(p.attemptId);
          await d.lives.inTurn(p.attemptId, async () => undefined);
        }
        const write = (d: typeof here, index: number) =>
          recordAtTerminal(
            d,
            p.attemptId,
            {
              kind: 'answered',
              body: { itemId: p.item(index), value: p.value(index) },
              epoch: 1,
              clientSeq: 100 + 2 * round + index,
            },
            clock.now(),
          ).catch((e: unknown) => e);
        const results = await Promise.all([write(here, 0), write(other, 1)]);
        const lost = results.filter((r) => r instanceof Refusal);
        expect(lost.map((r) => r.code)).toEqual(['SUPERSEDED']);
        const entries = await t.entries(p.attemptId);
        expect(verifyChain('attempt', p.attemptId, entries)).toBeNull();
        expect(entries.filter((e) => e.clientSeq >= 100)).toHaveLength(round + 1);
        // Whoever lost has forgotten what it believed: its next act stands on the truth.
        const loser = results[0] instanceof Refusal ? here : other;
        const state = await loser.lives.inTurn(p.attemptId, async (live) => live.state);
        expect([state.n, state.hash]).toEqual([entries.length, entries.at(-1)?.hash]);
      }
    });
  });
});
