/** Whatever a terminal sends: a coded refusal, nothing in the journal, no value in the log, and nobody else harmed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { requests, type RequestName } from '../../server/wire/contract.ts';
import { randomId } from '../../server/random-id.ts';
import { validQuestionnaire } from '../banks/valid-bank.ts';
import { openTestTerminal, until } from '../kit/open-test-terminal.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson, invitePerson, type TestPerson } from '../kit/test-person.ts';
import { openProgramme } from '../kit/test-programme.ts';

describe('bad input', () => {
  let t: TestServer;
  let p: TestPerson;
  beforeAll(async () => {
    t = await startTestServer();
    p = await beginPerson(t, { programme: openProgramme });
  });
  afterAll(() => t.close());
  beforeEach(() => {
    t.logged.length = 0;
  });

  const no = (code: string) => ({ ok: false, code });
  /** A mark that cannot come from anywhere else. */
  const mark = 'qzjx';

  /** Sends it over the socket and over HTTP; both must refuse alike, write nothing and log no value. */
  async function expectRefused(name: RequestName, message: unknown, code: string): Promise<void> {
    const held = await t.entries(p.attemptId);
    expect([message, await p.terminal.raw(name, message)]).toEqual([message, no(code)]);
    const page = await p.browser.post(`/wire/${name}`, message);
    expect([message, page.status >= 400, JSON.parse(page.text)]).toEqual([message, true, no(code)]);
    expect(await t.entries(p.attemptId)).toEqual(held);
    const log = t.logged.join('\n');
    expect(log).toContain(code);
    expect(log).not.toContain(mark);
  }

  const good = () => ({ epoch: p.epoch, clientSeq: 500, itemId: p.item(0), value: p.value(0) });
  const without = (field: keyof ReturnType<typeof good>) => {
    const { [field]: _gone, ...rest } = good();
    return rest;
  };

  describe('an answer that cannot be', () => {
    test.each([
      ['an option of no item', { value: mark }, 'BAD_ANSWER'],
      ['a number where an option is asked', { value: 3 }, 'BAD_ANSWER'],
      ['an item of nobody', { itemId: mark }, 'UNKNOWN_ITEM'],
      ['the name of a built-in', { itemId: 'constructor' }, 'UNKNOWN_ITEM'],
      ['an over-long option', { value: mark.repeat(17) }, 'BAD_SHAPE'],
      ['a very long option', { value: mark.repeat(10_000) }, 'BAD_SHAPE'],
      ['an operator of the store', { value: { $ne: mark } }, 'BAD_SHAPE'],
      ['a list', { value: [mark] }, 'BAD_SHAPE'],
      ['a truth value', { value: true }, 'BAD_SHAPE'],
      ['half a number', { value: 1.5 }, 'BAD_SHAPE'],
      ['a huge number', { value: 1e300 }, 'BAD_SHAPE'],
      ['a prototype', { value: JSON.parse(`{"__proto__":{"${mark}":1}}`) }, 'BAD_SHAPE'],
      ['an item as an operator', { itemId: { $gt: '' } }, 'BAD_SHAPE'],
      ['an item that is too long', { itemId: mark.repeat(17) }, 'BAD_SHAPE'],
      ['an item that is a path', { itemId: `../${mark}` }, 'BAD_SHAPE'],
      ['the number 0', { clientSeq: 0 }, 'BAD_SHAPE'],
      ['a number that is text', { clientSeq: '500' }, 'BAD_SHAPE'],
      ['a number that is too great', { clientSeq: 1_000_001 }, 'BAD_SHAPE'],
      ['lease 0', { epoch: 0 }, 'BAD_SHAPE'],
      ['a lease that is an operator', { epoch: { $gte: 1 } }, 'BAD_SHAPE'],
      ['a lease of the future', { epoch: 1000 }, 'SUPERSEDED'],
      ['a field too many', { [mark]: 1 }, 'BAD_SHAPE'],
      ['another attempt in a field too many', { attemptId: 'another' }, 'BAD_SHAPE'],
      ['a time of its own', { at: 1 }, 'BAD_SHAPE'],
    ])('%s', async (_, change, code) => {
      await expectRefused('answer:submit', { ...good(), ...change }, code);
    });

    test('a field too few, and what is no object at all', async () => {
      for (const field of ['epoch', 'clientSeq', 'itemId', 'value'] as const)
        await expectRefused('answer:submit', without(field), 'BAD_SHAPE');
      for (const message of [{}, [], [good()]]) await expectRefused('answer:submit', message, 'BAD_SHAPE');
      for (const message of [null, mark, 7, true])
        expect(await p.terminal.raw('answer:submit', message)).toEqual(no('BAD_SHAPE'));
    });

    test('an own field __proto__ pollutes nothing', async () => {
      const text = JSON.stringify(good()).replace('{', `{"__proto__":{"polluted":"${mark}"},`);
      const page = await p.browser.post('/wire/answer:submit', text);
      expect([page.status, JSON.parse(page.text)]).toEqual([400, no('BAD_SHAPE')]);
      expect(await p.terminal.raw('answer:submit', JSON.parse(text))).toEqual(no('BAD_SHAPE'));
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    });

    test('an item of a section that is not open, or that only somebody else was given', async () => {
      const other = await beginPerson(t, { programme: openProgramme });
      const held = await t.entries(other.attemptId);
      const style = p.view.sections[1]?.id;
      expect(style).toBe('style');
      const statement = validQuestionnaire().items[0]?.id;
      await expectRefused('answer:submit', { ...good(), itemId: statement, value: 3 }, 'UNKNOWN_ITEM');
      const mine = new Set(p.view.open?.items.map((i) => i.id));
      let theirs = other.view.open?.items.find((i) => !mine.has(i.id));
      for (let tries = 0; !theirs && tries < 20; tries++) {
        const next = await beginPerson(t, { programme: openProgramme });
        theirs = next.view.open?.items.find((i) => !mine.has(i.id));
      }
      await expectRefused(
        'answer:submit',
        { ...good(), itemId: theirs?.id, value: theirs?.options[0]?.value },
        'UNKNOWN_ITEM',
      );
      expect(await t.entries(other.attemptId)).toEqual(held);
    });
  });

  test('every field of every request of an employee refuses what is not its shape', async () => {
    const sample: Readonly<Record<string, unknown>> = {
      clientId: randomId(),
      epoch: p.epoch,
      version: '1.0.0',
      language: 'kk',
      section: 'rules',
      clientSeq: 900,
      itemId: p.item(0),
      value: null,
      flagged: true,
      text: 'x',
    };
    const nasty: readonly unknown[] = [
      { $ne: 1 },
      { $gt: '' },
      [],
      [1],
      {},
      `${mark}\u0000`.repeat(300),
      undefined,
    ];
    const held = await t.entries(p.attemptId);
    let asked = 0;
    for (const [name, row] of Object.entries(requests)) {
      if (row.who !== 'employee') continue;
      const fields = Object.keys(row.in.properties);
      const message = Object.fromEntries(fields.map((f) => [f, sample[f]]));
      for (const field of fields)
        for (const value of nasty) {
          expect([name, field, value, await p.terminal.raw(name, { ...message, [field]: value })]).toEqual([
            name,
            field,
            value,
            no('BAD_SHAPE'),
          ]);
          asked += 1;
        }
    }
    expect(asked).toBeGreaterThan(150);
    expect(await t.entries(p.attemptId)).toEqual(held);
    expect(t.logged.join('\n')).not.toContain(mark);
  });

  describe('numbers of messages', () => {
    test('the same message again: the same reply, and nothing is appended', async () => {
      const message = { ...good(), clientSeq: 501 };
      const first = await p.terminal.must('answer:submit', message);
      const held = await t.entries(p.attemptId);
      expect(held.at(-1)).toMatchObject({ n: first.n, hash: first.hash, at: first.storedAt, clientSeq: 501 });
      expect(await p.terminal.must('answer:submit', message)).toEqual(first);
      const page = await p.browser.post('/wire/answer:submit', message);
      expect(JSON.parse(page.text)).toEqual({ ok: true, data: first });
      expect(await t.entries(p.attemptId)).toEqual(held);
    });

    test('the same message many times at once: one entry', async () => {
      const message = { ...good(), clientSeq: 502 };
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => p.terminal.must('answer:submit', message)),
      );
      expect(new Set(replies.map((r) => `${r.n} ${r.hash} ${r.storedAt}`)).size).toBe(1);
      expect((await t.entries(p.attemptId)).filter((e) => e.clientSeq === 502)).toHaveLength(1);
    });

    test('other content under a used number is refused', async () => {
      await p.terminal.must('answer:submit', { ...good(), clientSeq: 503 });
      const { value: _value, ...item } = { ...good(), clientSeq: 503 };
      await expectRefused('answer:submit', { ...good(), clientSeq: 503, value: p.value(0, 1) }, 'SEQ_REUSED');
      await expectRefused('answer:submit', { ...good(), clientSeq: 503, value: null }, 'SEQ_REUSED');
      await expectRefused('item:view', item, 'SEQ_REUSED');
      await expectRefused('item:flag', { ...item, flagged: true }, 'SEQ_REUSED');
      await expectRefused('fault:report', { ...item, text: mark }, 'SEQ_REUSED');
    });

    test('a message that overtook an older one is not set back by it', async () => {
      const itemId = p.item(1);
      await p.terminal.must('answer:submit', { ...good(), itemId, clientSeq: 511, value: p.value(1, 1) });
      await p.terminal.must('answer:submit', { ...good(), itemId, clientSeq: 510, value: p.value(1, 0) });
      const view = await p.terminal.must('attempt:attach', { clientId: p.clientId });
      expect(view.open?.answers.find((a) => a.itemId === itemId)?.value).toBe(p.value(1, 1));
    });
  });

  describe('the wrong sender', () => {
    test('a terminal may not do what operators do, nor staff what a terminal does', async () => {
      const other = await invitePerson(t);
      const held = await t.entries(other.attemptId);
      const { attemptId } = other;
      expect(await p.terminal.ask('attempt:admit', { attemptId })).toEqual(no('FORBIDDEN'));
      expect(await p.terminal.ask('attempt:transfer', { attemptId })).toEqual(no('FORBIDDEN'));
      expect(await p.terminal.ask('room:watch', {})).toEqual(no('FORBIDDEN'));
      expect(await p.terminal.ask('people:list', {})).toEqual(no('FORBIDDEN'));
      const page = await p.browser.post('/wire/attempt:admit', { attemptId });
      expect(page.status).toBeGreaterThanOrEqual(401);
      const staff = await t.staff('operator');
      const monitor = await openTestTerminal({ origin: t.origin(), cookie: staff.cookies(), as: 'staff' });
      expect(await monitor.ask('attempt:attach', { clientId: randomId() })).toEqual(no('FORBIDDEN'));
      expect(await monitor.ask('answer:submit', { ...good() })).toEqual(no('FORBIDDEN'));
      monitor.disconnect();
      const auditor = await t.staff('auditor');
      const curious = await openTestTerminal({ origin: t.origin(), cookie: auditor.cookies(), as: 'staff' });
      expect(await curious.ask('room:watch', {})).toEqual(no('FORBIDDEN'));
      expect(await curious.ask('attempt:admit', { attemptId })).toEqual(no('FORBIDDEN'));
      curious.disconnect();
      expect(await t.entries(attemptId)).toEqual(held);
    });

    test('no cookie, a forged one, or that of a staff session is no terminal', async () => {
      const { origin } = { origin: t.origin() };
      const mine = p.browser.cookies();
      const seat = /adil_seat=([^;]+)/.exec(mine)?.[1] ?? '';
      const other = seat.endsWith('A') ? 'B' : 'A';
      for (const cookie of [
        '',
        `adil_seat=${seat.slice(0, -1)}${other}`,
        'adil_seat=1.x',
        'adil_seat[$ne]=1',
      ])
        await expect(openTestTerminal({ origin, cookie })).rejects.toThrow('NOT_SIGNED_IN');
      await expect(openTestTerminal({ origin, cookie: mine, as: 'staff' })).rejects.toThrow('NOT_SIGNED_IN');
    });

    test('a foreign or missing Origin opens no socket and posts nothing', async () => {
      const { origin } = { origin: t.origin() };
      const cookie = p.browser.cookies();
      const held = await t.entries(p.attemptId);
      const { port } = new URL(origin);
      for (const from of [
        'https://evil.example',
        `http://localhost:${port}`,
        `https://127.0.0.1:${port}`,
        'null',
        null,
      ])
        await expect(openTestTerminal({ origin, cookie, from })).rejects.toThrow('websocket error');
      const message = { ...good(), clientSeq: 520 };
      for (const from of ['https://evil.example', 'null', null]) {
        const page = await p.browser.post('/wire/answer:submit', message, { origin: from });
        expect([page.status, JSON.parse(page.text)]).toEqual([403, no('BAD_ORIGIN')]);
      }
      const simple = await p.browser.post('/wire/answer:submit', message, { 'x-adil': null });
      expect([simple.status, JSON.parse(simple.text)]).toEqual([403, no('BAD_CSRF')]);
      expect(await t.entries(p.attemptId)).toEqual(held);
    });
  });

  describe('the wrong moment', () => {
    test('sections open in their order, once, and close once', async () => {
      const x = await invitePerson(t, { programme: openProgramme });
      const start = (section: string) =>
        x.terminal.ask('section:start', { epoch: x.epoch, section, language: 'kk' });
      const handIn = (section: string) => x.terminal.ask('section:hand-in', { epoch: x.epoch, section });
      expect(await x.answer(p.item(0), p.value(0))).toEqual(no('NOT_OPEN'));
      await x.prepare();
      expect(await start('style')).toEqual(no('WRONG_STATE'));
      expect(await start('no-such')).toEqual(no('WRONG_STATE'));
      expect(await handIn('rules')).toEqual(no('NOT_OPEN'));
      await x.begin();
      const opened = x.view;
      t.machine.forward(7_000);
      const held = await t.entries(x.attemptId);
      expect(await start('style')).toEqual(no('WRONG_STATE'));
      // Asking again shows the open section; its time began with the first.
      expect(await start('rules')).toMatchObject({
        ok: true,
        data: { open: { remainingMs: (opened.open?.remainingMs ?? 0) - 7_000 } },
      });
      expect(await handIn('style')).toEqual(no('NOT_OPEN'));
      expect(await handIn('no-such')).toEqual(no('NOT_OPEN'));
      expect(await t.entries(x.attemptId)).toEqual(held);
      const late = { itemId: x.item(0), value: x.value(0) };
      const closed = await handIn('rules');
      const after = await t.entries(x.attemptId);
      expect(await handIn('rules')).toEqual(closed);
      expect(await start('rules')).toEqual(no('WRONG_STATE'));
      expect(await x.answer(late.itemId, late.value)).toEqual(no('LATE'));
      expect(await t.entries(x.attemptId)).toEqual(after);
      expect(await t.running().store.lateAnswers.find({ attemptId: x.attemptId }).lean()).toMatchObject([
        { ...late, code: 'LATE' },
      ]);
      x.view = await x.terminal.must('section:start', { epoch: x.epoch, section: 'style', language: 'kk' });
      expect(await x.answer(late.itemId, late.value)).toEqual(no('LATE'));
      await x.handIn();
      expect(x.view.results[0]).toMatchObject({ score: 0, answered: 0 });
      const end = await t.entries(x.attemptId);
      expect(await handIn('style')).toMatchObject({
        ok: true,
        data: { status: 'handed-in', receipt: x.view.receipt },
      });
      expect(await t.entries(x.attemptId)).toEqual(end);
    });

    test('the language changes where the section lets it', async () => {
      const x = await invitePerson(t, { programme: openProgramme });
      const set = (language: 'kk' | 'ru') => x.terminal.ask('language:set', { epoch: x.epoch, language });
      expect(await set('ru')).toEqual(no('NOT_OPEN'));
      await x.prepare('kk');
      await x.begin('kk');
      const before = (await t.entries(x.attemptId)).length;
      expect(await set('ru')).toEqual({ ok: true, data: {} });
      expect(await set('ru')).toEqual({ ok: true, data: {} });
      expect((await t.entries(x.attemptId)).length).toBe(before + 1);
      expect(await x.terminal.raw('language:set', { epoch: x.epoch, language: 'de' })).toEqual(
        no('BAD_SHAPE'),
      );
      await x.handIn();
      await x.begin('ru');
      const held = await t.entries(x.attemptId);
      expect(await set('kk')).toEqual(no('LANGUAGE_FIXED'));
      expect(await t.entries(x.attemptId)).toEqual(held);
      expect((await x.comeBack()).open?.language).toBe('ru');
    });
  });

  describe('frames', () => {
    test.each([
      ['over 64 KB', `42["answer:submit",{"value":"${'x'.repeat(70_000)}"}]`],
      ['that is no JSON', '42{"answer'],
      ['that is no packet', 'xyz'],
      ['of bytes', Buffer.from([0xff, 0xfe, 0x00, 0x99])],
      ['with a name that is no name', '42[{"$ne":1},{}]'],
    ])('a frame %s closes its socket; another keeps working', async (_, frame) => {
      const x = await invitePerson(t, { programme: openProgramme });
      x.terminal.frame(frame);
      expect(await x.terminal.closed).toMatch(/^transport /);
      await p.terminal.must('item:view', { epoch: p.epoch, clientSeq: p.nextSeq++, itemId: p.item(0) });
    });

    test('a deep message is refused like any other', async () => {
      const deep = `${'['.repeat(15_000)}${']'.repeat(15_000)}`;
      const page = await p.browser.post('/wire/answer:submit', `{"value":${deep}}`);
      expect([page.status, JSON.parse(page.text)]).toEqual([400, no('BAD_SHAPE')]);
      p.terminal.frame(`4299["answer:submit",{"epoch":${p.epoch},"value":${deep}}]`);
      await until('the refusal comes', () =>
        p.terminal.received().includes('99[{"ok":false,"code":"BAD_SHAPE"}]'),
      );
      await p.terminal.must('item:view', { epoch: p.epoch, clientSeq: p.nextSeq++, itemId: p.item(0) });
    });

    test('events without a row are ignored', async () => {
      const held = await t.entries(p.attemptId);
      for (const name of [
        'nope',
        'constructor',
        'toString',
        '__proto__',
        'attempt:changed',
        'hasOwnProperty',
      ])
        p.terminal.shout(name, good(), 'no acknowledgement');
      p.terminal.shout('answer:submit', good());
      expect(
        await p.terminal.ask('item:view', { epoch: p.epoch, clientSeq: p.nextSeq++, itemId: p.item(0) }),
      ).toMatchObject({ ok: true });
      expect(await t.entries(p.attemptId)).toHaveLength(held.length + 1);
    });

    test('what HTTP cannot read gets a code', async () => {
      for (const [body, status, code] of [
        ['{"answer', 400, 'BAD_SHAPE'],
        [JSON.stringify({ value: 'x'.repeat(70_000) }), 413, 'TOO_LARGE'],
      ] as const) {
        const page = await p.browser.post('/wire/answer:submit', body);
        expect([page.status, JSON.parse(page.text)]).toEqual([status, no(code)]);
      }
      for (const name of ['nope', 'constructor', '__proto__'])
        expect((await p.browser.post(`/wire/${name}`, {})).status).toBe(404);
    });
  });
});
