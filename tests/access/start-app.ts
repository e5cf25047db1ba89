/** A small app around the real access, the real store and the real pages, with a clock that the test moves. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { hash, verify } from '@node-rs/argon2';
import express from 'express';
import request from 'supertest';
import { composeAccess, type ComposedAccess } from '../../server/access/compose-access.ts';
import type { OriginRules } from '../../server/access/origin.ts';
import type { Role } from '../../server/access/roles.ts';
import { createAccount } from '../../server/access/acts/create-account.ts';
import { createCodeMaker, type CodeMaker } from '../../server/delivery/code-maker.ts';
import { randomId } from '../../server/random-id.ts';
import { renderPage } from '../../server/reports/render-page.ts';
import { createAttemptStore } from '../../server/store/attempt-store.ts';
import type { Store } from '../../server/store/open-store.ts';
import { openTestStore } from './open-test-store.ts';

export const site = 'http://adil.test';
export const password = 'кедр-Найзағай-77';

export interface TestApp {
  /** listens already: otherwise each request of a test would open a port of its own */
  readonly server: Server;
  readonly access: ComposedAccess;
  readonly store: Store;
  readonly clock: { at: number; now(): number };
  readonly codes: CodeMaker;
  /** every line that was logged, as it would be written */
  readonly logged: string[];
  /** calls of the costly parts; passwords are hashed cheaply here */
  readonly work: { verify: number; hash: number; takeCode: number; hmac: number; slept: number[] };
  readonly seatsTaken: { attemptId: string; by: string }[];
  readonly staffChanged: string[];
  close(): Promise<void>;
}

export async function startApp(
  o: { demonstration?: boolean; origin?: Partial<OriginRules> } = {},
): Promise<TestApp> {
  const store = await openTestStore();
  const clock = { at: 1_760_000_000_000, now: () => clock.at };
  const logged: string[] = [];
  const work = { verify: 0, hash: 0, takeCode: 0, hmac: 0, slept: [] as number[] };
  const seatsTaken: { attemptId: string; by: string }[] = [];
  const staffChanged: string[] = [];
  const codes = createCodeMaker(randomBytes(32), 3_600_000);
  const attempts = createAttemptStore(store);
  const key = () => randomBytes(32);
  const access = await composeAccess({
    store,
    clock,
    keys: { session: key(), code: key(), seat: key(), form: key() },
    nodeId: 'node-1',
    attempts: {
      findBySeat: (hash) => attempts.findBySeat(hash),
      takeCode: (...args) => {
        work.takeCode += 1;
        return attempts.takeCode(...args);
      },
    },
    codes: {
      hashOf: (typed) => {
        const hash = codes.hashOf(typed);
        if (hash !== null) work.hmac += 1;
        return hash;
      },
    },
    origin: { publicUrl: null, tls: false, trustProxy: false, ...o.origin },
    demonstration: o.demonstration ?? false,
    plainHttp: false,
    timeZone: 'Asia/Almaty',
    assetsFolder: null,
    show: renderPage,
    log: (level, fields, text) => logged.push(JSON.stringify({ level, text, ...fields })),
    onSeatTaken: (attemptId, by) => seatsTaken.push({ attemptId, by }),
    staffChanged: (accountId) => staffChanged.push(accountId),
    hasher: {
      hash: (p) => {
        work.hash += 1;
        return hash(p, { memoryCost: 8, timeCost: 1, parallelism: 1 });
      },
      verify: (stored, p) => {
        work.verify += 1;
        return verify(stored, p);
      },
    },
    sleep: async (ms) => work.slept.push(ms),
  });
  const app = express();
  access.use(app);
  access.register(app);
  app.get('/monitor', access.requireAct('GET /monitor'), (_req, res) => void res.send('monitor'));
  app.get(
    '/commission/attempts/:id',
    access.requireAct('GET /commission/attempts/:id'),
    (_req, res) => void res.send('report'),
  );
  app.post('/wire/:name', access.requireAct('POST /wire/:name'), async (req, res) => {
    res.json({ ok: true, seat: await access.seatOf(req.headers.cookie) });
  });
  app.get('/healthz', access.requireAct('GET /healthz'), () => {
    throw new Error(`broken, and the password is not ${'in this line'}`);
  });
  access.finish(app);
  const server = createServer(app);
  await listen(server);
  return {
    server,
    access,
    store,
    clock,
    codes,
    logged,
    work,
    seatsTaken,
    staffChanged,
    close: async () => {
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}

export function listen(server: Server): Promise<void> {
  return new Promise((done) => server.listen(0, '127.0.0.1', done));
}

/** One browser: keeps cookies, sends Host and Origin of the site. */
export function browser(t: Pick<TestApp, 'server'>) {
  const agent = request.agent(t.server);
  const headers = { host: 'adil.test', origin: site };
  const get = (path: string) => agent.get(path).set('host', headers.host);
  const post = (path: string) => agent.post(path).set(headers);
  const tokenOn = async (path: string): Promise<string> => {
    const page = await get(path);
    const token = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
    if (token === undefined) throw new Error(`no form on ${path}: ${page.status} ${page.text.slice(0, 300)}`);
    return token;
  };
  return {
    agent,
    get,
    post,
    tokenOn,
    // the token comes first: the agent takes its cookies when the request is made
    form: async (path: string, fields: object, tokenFrom = '/sign-in') => {
      const csrf = await tokenOn(tokenFrom);
      return post(path)
        .type('form')
        .send({ csrf, ...fields });
    },
    json: (path: string, body: object | string) =>
      post(path).set('x-adil', '1').set('content-type', 'application/json').send(body),
    signIn: async (name: string, typed = password, next?: string) => {
      const csrf = await tokenOn('/sign-in');
      return post('/sign-in')
        .type('form')
        .send({ csrf, name, password: typed, ...(next === undefined ? {} : { next }) });
    },
  };
}

export function cookieOf(headers: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const set = headers['set-cookie'];
  return Array.isArray(set) ? set.map(String).find((c) => c.startsWith(`${name}=`)) : undefined;
}

export async function addStaff(t: Pick<TestApp, 'access'>, name: string, ...roles: Role[]): Promise<string> {
  return (
    await createAccount(t.access.access, { name, displayName: `Әсем ${name}`, roles, password }, 'test')
  ).accountId;
}

/** Takes out what a test has left, so that one store serves a whole file. */
export async function emptyStore(t: TestApp): Promise<void> {
  const { accounts, setupLinks, journal, attempts } = t.store;
  await Promise.all([accounts, setupLinks, journal, attempts].map((m) => m.collection.deleteMany({})));
  await t.store.connection.collection('sessions').deleteMany({});
}

/** An attempt with a fresh one-time code. */
export async function addAttempt(
  t: TestApp,
  o: { isTransfer?: boolean; validForMs?: number } = {},
): Promise<{ attemptId: string; code: string }> {
  const attemptId = randomId();
  const { code, hash } = t.codes.make();
  const ref = { id: 'p', version: '1.0.0', sha256: '0'.repeat(64) };
  await t.store.attempts.collection.insertOne({
    _id: attemptId as never,
    programme: ref,
    endedAt: null,
    codeHash: hash,
    codeValidUntilAt: t.clock.at + (o.validForMs ?? 3_600_000),
    codeIsTransfer: o.isTransfer ?? false,
  });
  return { attemptId, code };
}
