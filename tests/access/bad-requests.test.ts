import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { addAttempt, addStaff, browser, cookieOf, password, startApp, type TestApp } from './start-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
  await addStaff(t, 'admin', 'administrator');
  await addStaff(t, 'operator', 'operator');
});
afterAll(() => t.close());

async function countAll(): Promise<number[]> {
  return Promise.all([
    t.store.accounts.countDocuments(),
    t.store.journal.countDocuments(),
    t.store.auditLog.countDocuments(),
  ]);
}

describe('form tokens', () => {
  test.each([
    ['missing', {}],
    ['empty', { csrf: '' }],
    ['of another visit', { csrf: 'x'.repeat(43) }],
    ['twice', { csrf: ['a', 'b'] }],
  ])('a token that is %s is refused before anything happens', async (_what, fields) => {
    const b = browser(t);
    await b.tokenOn('/sign-in');
    const before = await countAll();
    const answer = await b
      .post('/sign-in')
      .type('form')
      .send({ name: 'admin', password, ...fields });
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await countAll()).toEqual(before);
  });

  test("another person's token is refused", async () => {
    const [mine, theirs] = [browser(t), browser(t)];
    await mine.signIn('admin');
    await theirs.signIn('admin');
    const csrf = await theirs.tokenOn('/accounts');
    const answer = await mine
      .post('/accounts')
      .type('form')
      .send({ csrf, name: 'new-one', password: 'long-long-long-1' });
    expect(answer.status).toBe(403);
    expect(await t.store.accounts.findOne({ name: 'new-one' }).lean()).toBeNull();
  });

  test("a visitor's token does not serve after signing in", async () => {
    const b = browser(t);
    const csrf = await b.tokenOn('/sign-in');
    await b.signIn('admin');
    expect((await b.post('/sign-out').type('form').send({ csrf })).status).toBe(403);
  });

  test('an empty body and a body of another kind are refused', async () => {
    const b = browser(t);
    await b.signIn('admin');
    expect((await b.post('/sign-out')).status).toBe(403);
    expect((await b.post('/sign-out').type('text/plain').send('csrf=1')).status).toBe(403);
  });

  test('JSON needs its header: a page of another site cannot send it without asking', async () => {
    const { code } = await addAttempt(t);
    const b = browser(t);
    const without = await b.post('/terminal/sign-in').send({ code });
    expect(without.status).toBe(403);
    expect(without.body).toEqual({ ok: false, code: 'BAD_CSRF' });
    const asForm = await b.post('/terminal/sign-in').set('x-adil', '1').type('form').send({ code });
    expect(asForm.body).toEqual({ ok: false, code: 'BAD_CSRF' });
    expect((await b.json('/terminal/sign-in', { code })).status).toBe(200);
  });
});

describe('Origin', () => {
  test.each([
    ['foreign', 'http://evil.test'],
    ['of another port', 'http://adil.test:8080'],
    ['of another scheme', 'https://adil.test'],
    ['null', 'null'],
    ['empty', ''],
  ])('%s is refused', async (_what, origin) => {
    const { code } = await addAttempt(t);
    const answer = await request(t.server)
      .post('/terminal/sign-in')
      .set({ host: 'adil.test', origin, 'x-adil': '1' })
      .send({ code });
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({ ok: false, code: 'BAD_ORIGIN' });
  });

  test('a missing one is refused, and reading a page needs none', async () => {
    const { code } = await addAttempt(t);
    const answer = await request(t.server)
      .post('/terminal/sign-in')
      .set({ host: 'adil.test', 'x-adil': '1' })
      .send({ code });
    expect(answer.body).toEqual({ ok: false, code: 'BAD_ORIGIN' });
    expect((await request(t.server).get('/sign-in')).status).toBe(200);
  });
});

describe('bodies that no page of ours sends', () => {
  test.each([
    '{"code":{"$ne":1}}',
    '{"code":["1"]}',
    '{"code":1}',
    '{"code":""}',
    `{"code":"${'1'.repeat(41)}"}`,
    '{"code":"1","__proto__":{"admin":true}}',
    '{"code":"1","constructor":{"prototype":{"x":1}}}',
    '{"__proto__":{"code":"1"}}',
    '{}',
    '[]',
    '{"code":"1"',
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  ])('JSON %#', async (body) => {
    const before = await countAll();
    const answer = await browser(t).json('/terminal/sign-in', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ ok: false, code: 'BAD_SHAPE' });
    expect(await countAll()).toEqual(before);
  });

  test('too much is TOO_LARGE', async () => {
    const answer = await browser(t).json('/terminal/sign-in', `{"code":"${'1'.repeat(70_000)}"}`);
    expect(answer.body).toEqual({ ok: false, code: 'TOO_LARGE' });
  });

  test.each([
    'name[$ne]=1&password=x',
    'name=a&name=b&password=x',
    'name=a&password[$gt]=',
    'name=a&password=x&__proto__[admin]=1',
    'name=a&password=x&extra=1',
  ])('form %s', async (fields) => {
    const b = browser(t);
    const csrf = await b.tokenOn('/sign-in');
    const verified = t.work.verify;
    const answer = await b.post('/sign-in').type('form').send(`csrf=${csrf}&${fields}`);
    expect(answer.status).toBe(400);
    expect(t.work.verify).toBe(verified);
  });

  test('an address that cannot be decoded is a bad request, not a fault', async () => {
    expect((await browser(t).get('/commission/attempts/%E0%A4%A')).status).toBe(400);
  });
});

describe('errors', () => {
  test('an unknown address is NOT_FOUND: a page for people, JSON for scripts', async () => {
    const page = await browser(t).get('/nothing/here');
    expect(page.status).toBe(404);
    expect(page.headers['content-type']).toMatch(/html/);
    expect((await browser(t).json('/nothing/here', {})).body).toEqual({ ok: false, code: 'NOT_FOUND' });
  });

  test('a fault shows an id, and the log has the same id with the stack', async () => {
    const answer = await browser(t).get('/healthz').set('x-adil', '1');
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      ok: false,
      code: 'INTERNAL',
      errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const line = t.logged.find((l) => l.includes(answer.body.errorId));
    expect(line).toContain('start-app.ts');
    expect(answer.text).not.toContain('broken');
    expect((await browser(t).get('/healthz')).text).not.toContain('broken');
  });
});

test('no line of the log holds what people typed or what opens a door', async () => {
  const { code } = await addAttempt(t);
  const b = browser(t);
  const secrets = [
    password,
    code,
    code.replaceAll(' ', ''),
    'Typed-By-Mistake-77',
    'canary-7c1',
    'setup-canary-token',
  ];
  await b.signIn('operator', 'Typed-By-Mistake-77');
  await b.signIn('Typed-By-Mistake-77', password);
  secrets.push((await b.signIn('operator')).headers['set-cookie']?.[0]?.split(/[=;]/)[1] ?? 'none');
  await b.json('/terminal/sign-in', { code: `${code}1` });
  await b.json('/terminal/sign-in', '{"code":"canary-7c1');
  await b.json('/terminal/sign-in', { code: 'canary-7c1', canary: { 'canary-7c1': 1 } });
  const ok = await b.json('/terminal/sign-in', { code });
  secrets.push(ok.headers['set-cookie']?.[0]?.split(/[=;]/)[1] ?? 'none');
  await b.get('/setup/setup-canary-token');
  await b.post('/setup/setup-canary-token').type('form').send({ csrf: 'canary-7c1' });
  await request(t.server).post('/setup/setup-canary-token').set({ origin: 'http://evil.test' });
  expect(secrets).not.toContain('none');
  expect(t.logged.length).toBeGreaterThan(8);
  const entries = await t.store.auditLog.find().lean();
  for (const line of [...t.logged, ...entries.map((e) => JSON.stringify(e))])
    for (const secret of secrets) expect(line).not.toContain(secret);
});

describe('behind a proxy that ends TLS', () => {
  let proxied: TestApp;
  beforeAll(async () => {
    proxied = await startApp({ origin: { trustProxy: 1 } });
  });
  afterAll(() => proxied.close());

  test('cookies are Secure', async () => {
    await addStaff(proxied, 'operator', 'operator');
    const forwarded = { 'x-forwarded-proto': 'https', origin: 'https://adil.test' };
    const b = browser(proxied);
    const page = await b.get('/sign-in').set(forwarded);
    const visit = cookieOf(page.headers, 'adil_visit');
    expect(visit).toMatch(/Secure/);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
    const answer = await b
      .post('/sign-in')
      .set({ ...forwarded, cookie: visit?.split(';')[0] ?? '' })
      .type('form')
      .send({ csrf, name: 'operator', password });
    expect(answer.status).toBe(303);
    expect(cookieOf(answer.headers, 'adil_session')).toMatch(/Secure/);
  });

  test('pages and replies are not stored', async () => {
    expect((await browser(proxied).get('/sign-in')).headers['cache-control']).toBe('no-store');
    expect((await browser(proxied).json('/nothing', {})).headers['cache-control']).toBe('no-store');
  });
});
