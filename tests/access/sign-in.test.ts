import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sessionLifeMs } from '../../server/access/session-store.ts';
import { changeRoles } from '../../server/access/acts/change-roles.ts';
import { disableAccount } from '../../server/access/acts/disable-account.ts';
import { revokeSessions } from '../../server/access/acts/revoke-sessions.ts';
import { addStaff, browser, cookieOf, emptyStore, password, startApp, type TestApp } from './start-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

describe('signing in', () => {
  test('a right password opens the pages of the role, the session cookie is httpOnly and strict', async () => {
    await addStaff(t, 'operator-1', 'operator');
    const b = browser(t);
    const before = await b.get('/monitor');
    expect(before.status).toBe(303);
    expect(before.headers['location']).toBe('/sign-in?next=%2Fmonitor');
    const answer = await b.signIn('Operator-1', password, '/monitor');
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/monitor');
    const cookie = cookieOf(answer.headers, 'adil_session');
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    expect((await b.get('/monitor')).text).toBe('monitor');
    const other = await b.get('/commission/attempts/x1');
    expect(other.status).toBe(403);
    expect(other.text).toContain('<main');
  });

  test('a wrong password and an unknown name get the same words, cost the same work and leave no session', async () => {
    await addStaff(t, 'member-1', 'commission');
    const tries = [];
    for (const name of ['member-1', 'nobody-at-all']) {
      const b = browser(t);
      const verified = t.work.verify;
      const entries = await t.store.auditLog.countDocuments();
      const answer = await b.signIn(name, 'wrong-wrong-wrong');
      tries.push({
        status: answer.status,
        text: answer.text.replaceAll(name, 'NAME').replace(/name="csrf" value="[^"]+"/g, ''),
        verify: t.work.verify - verified,
        audited: (await t.store.auditLog.countDocuments()) - entries,
        session: cookieOf(answer.headers, 'adil_session'),
      });
    }
    expect(tries[0]).toEqual(tries[1]);
    expect(tries[0]).toMatchObject({ status: 401, verify: 1, audited: 1, session: undefined });
  });

  test('the id of the session changes at sign-in and the old one is dead', async () => {
    await addStaff(t, 'first', 'operator');
    await addStaff(t, 'second', 'auditor');
    const b = browser(t);
    const planted = cookieOf((await b.signIn('first')).headers, 'adil_session')?.split(';')[0] ?? '';
    // whoever holds the cookie now tries to ride on the next person's sign-in in the same browser
    const token = /name="csrf" value="([^"]+)"/.exec((await b.get('/none')).text)?.[1];
    const answer = await b.post('/sign-in').type('form').send({ csrf: token, name: 'second', password });
    expect(answer.status).toBe(303);
    const fresh = cookieOf(answer.headers, 'adil_session')?.split(';')[0];
    expect(fresh).toBeDefined();
    expect(fresh).not.toBe(planted);
    const thief = browser(t);
    expect((await thief.get('/monitor').set('cookie', planted)).status).toBe(303);
    expect(await t.access.staffOfHandshake(planted)).toBeNull();
    expect((await t.access.staffOfHandshake(fresh))?.roles).toEqual(['auditor']);
  });

  test('an id that the server did not give is not taken over', async () => {
    await addStaff(t, 'third', 'operator');
    const b = browser(t);
    const planted = 'adil_session=s%3Aplanted-by-a-stranger.AAAA';
    const token = await b.tokenOn('/sign-in');
    const visit = b.agent.jar
      .getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false })
      .toValueString();
    const answer = await b
      .post('/sign-in')
      .set('cookie', `${visit}; ${planted}`)
      .type('form')
      .send({ csrf: token, name: 'third', password });
    expect(answer.status).toBe(303);
    expect(cookieOf(answer.headers, 'adil_session')).not.toContain('planted');
  });

  test('the store holds neither the id of the session nor the password', async () => {
    await addStaff(t, 'fourth', 'operator');
    const answer = await browser(t).signIn('fourth');
    const id =
      decodeURIComponent(cookieOf(answer.headers, 'adil_session')?.split('=')[1] ?? '')
        .slice(2)
        .split('.')[0] ?? '';
    expect(id.length).toBeGreaterThan(20);
    const everything = JSON.stringify([
      await t.store.connection.collection('sessions').find().toArray(),
      await t.store.accounts.find().lean(),
      await t.store.auditLog.find().lean(),
      await t.store.journal.find().lean(),
    ]);
    expect(everything).not.toContain(id);
    expect(everything).not.toContain(password);
  });

  test('a session ends after 12 hours however much it is used', async () => {
    await addStaff(t, 'fifth', 'operator');
    const b = browser(t);
    await b.signIn('fifth');
    t.clock.at += sessionLifeMs - 1;
    expect((await b.get('/monitor')).status).toBe(200);
    t.clock.at += 1;
    expect((await b.get('/monitor')).status).toBe(303);
  });

  test('reading a page writes nothing to the session', async () => {
    await addStaff(t, 'sixth', 'operator');
    const b = browser(t);
    await b.signIn('sixth');
    const read = () => t.store.connection.collection('sessions').find().sort({ _id: 1 }).toArray();
    const before = await read();
    await b.get('/monitor');
    expect(await read()).toEqual(before);
  });

  test('after sign-in only a path of this site is followed', async () => {
    await addStaff(t, 'seventh', 'operator');
    for (const next of [
      '//evil.test/x',
      'https://evil.test',
      '/\\evil.test',
      'javascript:alert(1)',
      '/\tx',
    ]) {
      const answer = await browser(t).signIn('seventh', password, next);
      expect(answer.headers['location']).toBe('/monitor');
    }
  });
});

describe('losing access', () => {
  test('revoked sessions are dead at the next request, everywhere, and sockets are told', async () => {
    const accountId = await addStaff(t, 'gone-1', 'operator');
    const [one, two] = [browser(t), browser(t)];
    await one.signIn('gone-1');
    await two.signIn('gone-1');
    expect(await revokeSessions(t.access.access, accountId, 'test')).toBe(2);
    expect((await one.get('/monitor')).status).toBe(303);
    expect((await two.get('/monitor')).status).toBe(303);
    expect(t.staffChanged).toContain(accountId);
  });

  test('a disabled account is signed out, cannot sign in and gets the words of a wrong password', async () => {
    const accountId = await addStaff(t, 'gone-2', 'operator');
    await addStaff(t, 'admin-x', 'administrator');
    const b = browser(t);
    await b.signIn('gone-2');
    await disableAccount(t.access.access, accountId, 'test');
    expect((await b.get('/monitor')).status).toBe(303);
    expect(await t.access.mayStaff(accountId, 'room:watch')).toBe(false);
    expect((await browser(t).signIn('gone-2')).status).toBe(401);
  });

  test('a disabled account is refused even by a session that outlived it', async () => {
    const accountId = await addStaff(t, 'gone-3', 'operator');
    const b = browser(t);
    await b.signIn('gone-3');
    await t.store.accounts.updateOne({ _id: accountId }, { $set: { disabledAt: t.clock.at } });
    expect((await b.get('/monitor')).status).toBe(303);
  });

  test('changed roles hold from the next request of a running session', async () => {
    const accountId = await addStaff(t, 'moved', 'operator');
    const b = browser(t);
    await b.signIn('moved');
    expect(await t.access.mayStaff(accountId, 'room:watch')).toBe(true);
    await changeRoles(t.access.access, accountId, ['commission'], 'test');
    expect((await b.get('/monitor')).status).toBe(403);
    expect((await b.get('/commission/attempts/x1')).status).toBe(200);
    expect(await t.access.mayStaff(accountId, 'room:watch')).toBe(false);
  });

  test('signing out ends this session only', async () => {
    await addStaff(t, 'leaver', 'operator');
    const [here, there] = [browser(t), browser(t)];
    await here.signIn('leaver');
    await there.signIn('leaver');
    const token = await here.tokenOn('/no-such-page');
    const answer = await here.post('/sign-out').type('form').send({ csrf: token });
    expect(answer.status).toBe(303);
    expect((await here.get('/monitor')).status).toBe(303);
    expect((await there.get('/monitor')).status).toBe(200);
  });
});

describe('limits', () => {
  /** So many wrong passwords from a browser that does not know the account. */
  async function guess(name: string, tries: number) {
    const b = browser(t);
    const csrf = await b.tokenOn('/sign-in');
    const answers = [];
    for (let i = 0; i < tries; i++)
      answers.push(
        await b
          .post('/sign-in')
          .type('form')
          .send({ csrf, name, password: `guess-guess-${i}` }),
      );
    return answers;
  }

  test('guessing at an account ends in TOO_MANY_TRIES; the browser that knows the account still gets in', async () => {
    await addStaff(t, 'chair', 'chair');
    const own = browser(t);
    await own.signIn('chair');
    const answers = await guess('chair', 16);
    expect(answers.map((a) => a.status)).toEqual([...Array.from({ length: 15 }, () => 401), 429]);
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
    expect(t.work.slept).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000]);
    // the right password from a strange browser is not even looked at
    const verified = t.work.verify;
    expect((await browser(t).signIn('chair')).status).toBe(429);
    expect(t.work.verify).toBe(verified);
    const csrf = await own.tokenOn('/nothing');
    expect((await own.post('/sign-out').type('form').send({ csrf })).status).toBe(303);
    expect((await own.signIn('chair')).status).toBe(303);
  });

  test('a name that does not exist is limited in the same way', async () => {
    const answers = await guess('no-such-name', 16);
    expect(answers.map((a) => a.status)).toEqual([...Array.from({ length: 15 }, () => 401), 429]);
  });

  test('the mark of a known browser serves for its own account only', async () => {
    await addStaff(t, 'known-1', 'operator');
    await addStaff(t, 'known-2', 'operator');
    const b = browser(t);
    await b.signIn('known-1');
    await guess('known-2', 15);
    const csrf = await b.tokenOn('/nothing');
    await b.post('/sign-out').type('form').send({ csrf });
    expect((await b.signIn('known-2')).status).toBe(429);
    expect((await b.signIn('known-1')).status).toBe(303);
  });
});

test('the last administrator can neither be disabled nor lose the role', async () => {
  await emptyStore(t);
  const accountId = await addStaff(t, 'only', 'administrator');
  const d = t.access.access;
  await expect(disableAccount(d, accountId, accountId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(changeRoles(d, accountId, ['auditor'], accountId)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await addStaff(t, 'other', 'administrator');
  await changeRoles(d, accountId, ['auditor'], accountId);
  expect((await t.store.accounts.findById(accountId).lean())?.roles).toEqual(['auditor']);
});
