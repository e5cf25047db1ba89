import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSetupLink } from '../../server/access/acts/create-setup-link.ts';
import { verifyChain } from '../../server/audit/chain.ts';
import { chainRange, entryOf } from '../../server/store/chain-record.ts';
import { addStaff, browser, emptyStore, password, startApp, type TestApp } from './start-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => emptyStore(t));
afterAll(() => t.close());

async function chainOf(accountId: string) {
  const rows = await t.store.journal
    .find({ _id: chainRange(accountId) })
    .sort({ _id: 1 })
    .lean();
  return rows.map(entryOf);
}

async function setUp(token: string, fields: object = {}) {
  const b = browser(t);
  const csrf = await b.tokenOn('/sign-in');
  return b
    .post(`/setup/${token}`)
    .type('form')
    .send({ csrf, name: 'root', password, repeat: password, ...fields });
}

describe('the set-up link', () => {
  test('creates the first administrator, once', async () => {
    const { token } = await createSetupLink(t.access.access);
    expect((await browser(t).get(`/setup/${token}`)).status).toBe(200);
    expect((await setUp(token)).headers['location']).toBe('/sign-in');
    const account = await t.store.accounts.findOne({ name: 'root' }).lean();
    expect(account?.roles).toEqual(['administrator']);
    expect((await chainOf(account?._id ?? '')).map((e) => e.kind)).toEqual(['created']);

    expect((await browser(t).get(`/setup/${token}`)).status).toBe(410);
    const hashed = t.work.hash;
    expect((await setUp(token, { name: 'second' })).status).toBe(410);
    expect(t.work.hash).toBe(hashed);
    expect(await t.store.accounts.countDocuments()).toBe(1);
    expect((await browser(t).signIn('root')).headers['location']).toBe('/accounts');
  });

  test('sent twice at the same moment creates one', async () => {
    const { token } = await createSetupLink(t.access.access);
    const answers = await Promise.all([setUp(token, { name: 'root-a' }), setUp(token, { name: 'root-b' })]);
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([303, 410]);
    expect(await t.store.accounts.countDocuments()).toBe(1);
  });

  test('is kept as a hash, ends after an hour and is void when a new one is made', async () => {
    const first = await createSetupLink(t.access.access);
    expect(JSON.stringify(await t.store.setupLinks.find().lean())).not.toContain(first.token);
    const second = await createSetupLink(t.access.access);
    expect((await setUp(first.token)).status).toBe(410);
    t.clock.at += 3600_000 - 1;
    expect((await browser(t).get(`/setup/${second.token}`)).status).toBe(200);
    t.clock.at += 1;
    expect((await setUp(second.token)).status).toBe(410);
  });

  test('a weak password, two that differ or a bad name leave the link valid', async () => {
    const { token } = await createSetupLink(t.access.access);
    const tries = [
      { password: 'short', repeat: 'short' },
      { password: 'root-root-root', repeat: 'root-root-root' },
      { password, repeat: `${password}x` },
      { name: 'Имя с пробелом' },
    ];
    for (const fields of tries) expect((await setUp(token, fields)).status).toBeGreaterThanOrEqual(400);
    expect(await t.store.accounts.countDocuments()).toBe(0);
    expect((await setUp(token)).status).toBe(303);
  });

  test('does nothing once an account exists', async () => {
    const { token } = await createSetupLink(t.access.access);
    await addStaff(t, 'somebody', 'administrator');
    expect((await setUp(token)).status).toBe(410);
  });
});

describe('accounts', () => {
  test('an administrator creates, changes and disables accounts; each change is in the chain of the account', async () => {
    await addStaff(t, 'admin', 'administrator');
    const b = browser(t);
    await b.signIn('admin');
    const page = await b.get('/accounts');
    expect(page.status).toBe(200);
    const made = await b.form(
      '/accounts',
      { name: 'New.One', password: 'first-Password-1', role: ['operator', 'hr'] },
      '/accounts',
    );
    expect(made.status).toBe(303);
    const account = await t.store.accounts.findOne({ name: 'new.one' }).lean();
    const id = account?._id ?? '';
    expect(account?.roles).toEqual(['operator', 'hr']);
    expect((await b.form(`/accounts/${id}/roles`, { role: 'auditor' }, '/accounts')).status).toBe(303);
    const staff = browser(t);
    expect((await staff.signIn('new.one', 'first-Password-1')).headers['location']).toBe('/audit');
    expect((await b.form(`/accounts/${id}/disable`, {}, '/accounts')).status).toBe(303);
    expect((await staff.get('/monitor')).status).toBe(303);
    const chain = await chainOf(id);
    expect(chain.map((e) => e.kind)).toEqual(['created', 'roles-changed', 'disabled']);
    expect(verifyChain('account', id, chain)).toBeNull();
    expect(JSON.stringify(chain)).not.toContain('new.one');
  });

  test('a name that exists, a role that does not, and a stranger are refused', async () => {
    await addStaff(t, 'admin', 'administrator');
    await addStaff(t, 'member', 'commission');
    const b = browser(t);
    await b.signIn('admin');
    const account = { name: 'member', password: 'first-Password-1', role: 'operator' };
    const taken = await b.form('/accounts', account, '/accounts');
    expect(taken.status).toBe(409);
    expect(taken.text).not.toContain('first-Password-1');
    expect(
      (await b.form('/accounts', { ...account, name: 'other', role: 'superuser' }, '/accounts')).status,
    ).toBe(400);
    const member = browser(t);
    await member.signIn('member');
    const csrf = await member.tokenOn('/no-page');
    expect(
      (
        await member
          .post('/accounts')
          .type('form')
          .send({ csrf, ...account, name: 'other' })
      ).status,
    ).toBe(403);
    expect(await t.store.accounts.countDocuments()).toBe(2);
  });

  test('an account and its chain are written together or not at all', async () => {
    await addStaff(t, 'member', 'commission');
    const before = await t.store.journal.countDocuments();
    await expect(addStaff(t, 'member', 'operator')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(await t.store.journal.countDocuments()).toBe(before);
  });
});

describe('one button per role', () => {
  test('signs in without a password in a demonstration only', async () => {
    const demonstration = await startApp({ demonstration: true });
    for (const one of [demonstration, t]) await addStaff(one, 'operator', 'operator');
    const b = browser(demonstration);
    const answer = await b.form('/try-as', { role: 'operator' });
    expect(answer.headers['location']).toBe('/monitor');
    expect((await b.get('/monitor')).status).toBe(200);
    expect((await browser(demonstration).form('/try-as', { role: 'head' })).status).toBe(404);
    expect((await browser(t).form('/try-as', { role: 'operator' })).status).toBe(404);
    await demonstration.close();
  });
});
