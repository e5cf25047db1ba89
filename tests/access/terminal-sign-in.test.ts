import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addAttempt, addStaff, browser, cookieOf, startApp, type TestApp } from './start-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.seatsTaken.length = 0;
});

/** The Cookie header a terminal would send. */
function seatHeader(headers: Readonly<Record<string, unknown>>): string {
  return cookieOf(headers, 'adil_seat')?.split(';')[0] ?? '';
}

describe('the one-time code', () => {
  test('opens the attempt, once, and the cookie is kept as a keyed hash only', async () => {
    const { attemptId, code } = await addAttempt(t);
    const b = browser(t);
    const answer = await b.json('/terminal/sign-in', { code });
    expect(answer.body).toEqual({ ok: true });
    const cookie = cookieOf(answer.headers, 'adil_seat');
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(await t.access.seatOf(seatHeader(answer.headers))).toBe(attemptId);
    expect((await b.json('/wire/answer:submit', {})).body).toEqual({ ok: true, seat: attemptId });
    expect(t.seatsTaken).toEqual([{ attemptId, by: 'code' }]);
    const kept = JSON.stringify([await t.store.attempts.find().lean(), await t.store.auditLog.find().lean()]);
    expect(kept).not.toContain(seatHeader(answer.headers).slice('adil_seat='.length));
    expect(kept).not.toContain(code.replaceAll(' ', ''));

    const again = await browser(t).json('/terminal/sign-in', { code });
    expect(again.status).toBe(401);
    expect(again.body).toEqual({ ok: false, code: 'CODE_REFUSED' });
  });

  test('can be typed without spaces or with hyphens', async () => {
    const { code } = await addAttempt(t);
    expect((await browser(t).json('/terminal/sign-in', { code: code.replaceAll(' ', '-') })).status).toBe(
      200,
    );
  });

  test('unknown, used, expired and malformed codes: the same reply, the same work', async () => {
    const used = await addAttempt(t);
    await browser(t).json('/terminal/sign-in', { code: used.code });
    const expired = await addAttempt(t, { validForMs: 0 });
    const replies = [];
    for (const code of [used.code, expired.code, '11111 11111 1111', 'not a code', '1']) {
      const before = { ...t.work };
      const entries = await t.store.auditLog.countDocuments();
      const answer = await browser(t).json('/terminal/sign-in', { code });
      replies.push({
        status: answer.status,
        body: answer.body,
        headers: Object.keys(answer.headers),
        hmac: t.work.hmac - before.hmac,
        queries: t.work.takeCode - before.takeCode,
        audited: (await t.store.auditLog.countDocuments()) - entries,
      });
    }
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(replies[0]).toMatchObject({
      status: 401,
      body: { ok: false, code: 'CODE_REFUSED' },
      hmac: 1,
      queries: 1,
      audited: 1,
    });
    expect(t.seatsTaken.length).toBe(1);
  });

  test('a code of an attempt that has ended opens nothing', async () => {
    const { attemptId, code } = await addAttempt(t);
    await t.store.attempts.updateOne({ _id: attemptId }, { $set: { endedAt: t.clock.at } });
    expect((await browser(t).json('/terminal/sign-in', { code })).status).toBe(401);
  });

  test('two terminals with the same code at the same moment: one gets the attempt', async () => {
    const { code } = await addAttempt(t);
    const replies = await Promise.all([1, 2, 3].map(() => browser(t).json('/terminal/sign-in', { code })));
    expect(replies.map((r) => r.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
  });

  test('a transfer code moves the attempt: the former terminal holds nothing', async () => {
    const { attemptId, code } = await addAttempt(t);
    const former = seatHeader((await browser(t).json('/terminal/sign-in', { code })).headers);
    const made = t.codes.make();
    await t.store.attempts.updateOne(
      { _id: attemptId },
      { $set: { codeHash: made.hash, codeValidUntilAt: t.clock.at + 60_000, codeIsTransfer: true } },
    );
    expect(await t.access.seatOf(former)).toBe(attemptId);
    const answer = await browser(t).json('/terminal/sign-in', { code: made.code });
    expect(answer.status).toBe(200);
    expect(t.seatsTaken).toEqual([
      { attemptId, by: 'code' },
      { attemptId, by: 'transfer' },
    ]);
    expect(await t.access.seatOf(former)).toBeNull();
    expect(await t.access.seatOf(seatHeader(answer.headers))).toBe(attemptId);
  });
});

describe("the terminal's cookie", () => {
  test('ends after 24 hours, and its time cannot be altered', async () => {
    const { attemptId, code } = await addAttempt(t);
    const header = seatHeader((await browser(t).json('/terminal/sign-in', { code })).headers);
    const [time = '', random = ''] = header.slice('adil_seat='.length).split('.');
    const later = (parseInt(time, 36) + 1000).toString(36);
    expect(await t.access.seatOf(`adil_seat=${later}.${random}`)).toBeNull();
    const start = t.clock.at;
    t.clock.at = start + 24 * 3600_000 - 1;
    expect(await t.access.seatOf(header)).toBe(attemptId);
    t.clock.at += 1;
    expect(await t.access.seatOf(header)).toBeNull();
    t.clock.at = start;
  });

  test.each([
    '',
    'adil_seat=',
    'adil_seat=x',
    'adil_seat=%',
    `adil_seat=zzzzzz.${'A'.repeat(43)}`,
    'adil_seat[$ne]=1',
  ])('a cookie that we did not make opens nothing: %s', async (header) => {
    expect(await t.access.seatOf(header)).toBeNull();
  });

  test('opens no page of staff', async () => {
    const { code } = await addAttempt(t);
    const b = browser(t);
    await b.json('/terminal/sign-in', { code });
    expect((await b.get('/monitor')).status).toBe(303);
    expect((await b.get('/commission/attempts/x1')).status).toBe(303);
  });

  test('outlives the signing out of staff in the same browser', async () => {
    await addStaff(t, 'operator-2', 'operator');
    const { attemptId, code } = await addAttempt(t);
    const b = browser(t);
    await b.json('/terminal/sign-in', { code });
    await b.signIn('operator-2');
    const csrf = await b.tokenOn('/accounts');
    expect((await b.post('/sign-out').type('form').send({ csrf })).status).toBe(303);
    expect((await b.json('/wire/answer:submit', {})).body).toEqual({ ok: true, seat: attemptId });
  });
});

test('without any cookie the wire is shut', async () => {
  const answer = await browser(t).json('/wire/answer:submit', {});
  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({ ok: false, code: 'NOT_SIGNED_IN' });
});

test('one terminal that guesses codes is stopped, the next one is not', async () => {
  const b = browser(t);
  await b.get('/sign-in');
  const statuses = [];
  for (let i = 0; i < 16; i++)
    statuses.push((await b.json('/terminal/sign-in', { code: `1111111111${i}` })).status);
  expect(statuses).toEqual([...Array.from({ length: 15 }, () => 401), 429]);
  const { code } = await addAttempt(t);
  const other = browser(t);
  await other.get('/sign-in');
  expect((await other.json('/terminal/sign-in', { code })).status).toBe(200);
});
