/** The real app: each of its routes has its row, and each role gets from it what the matrix says. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listRoutes } from '../../server/access/list-routes.ts';
import { policy } from '../../server/access/policy.ts';
import { roles } from '../../server/access/roles.ts';
import { openServerKey } from '../../server/audit/server-key.ts';
import { buildApp, type App } from '../../server/build-app.ts';
import { requests } from '../../server/wire/contract.ts';
import type { Store } from '../../server/store/open-store.ts';
import { columns, expected } from './expected-policy.ts';
import { openTestStore } from './open-test-store.ts';
import { addStaff, browser, listen } from './start-app.ts';

let store: Store;
let folder: string;
let app: App;
const logged: Readonly<Record<string, unknown>>[] = [];

beforeAll(async () => {
  store = await openTestStore();
  folder = await mkdtemp(join(tmpdir(), 'adil-routes-'));
  const key = openServerKey(join(folder, 'server-key.json'), 1_760_000_000_000);
  const secret = () => randomBytes(32);
  app = await buildApp({
    store,
    clock: { now: () => 1_760_000_000_000 },
    keys: { session: secret(), code: secret(), seat: secret(), form: secret() },
    nodeId: 'node-1',
    demonstration: true,
    publicUrl: null,
    tls: null,
    trustProxy: false,
    plainHttp: false,
    timeZone: 'Asia/Almaty',
    root: process.cwd(),
    checkpointFolder: join(folder, 'checkpoints'),
    sealingKey: () => key.key,
    ready: () => true,
    demonstrationCode: async () => null,
    log: (_level, fields) => logged.push(fields),
  });
  await listen(app.http);
});
afterAll(async () => {
  await app.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('every route is guarded by the row of its own name, and every row of a route has its route', () => {
  const listed = listRoutes(app.express);
  for (const { route, guardedBy } of listed) expect(`${route} by ${guardedBy}`).toBe(`${route} by ${route}`);
  const rows = Object.keys(policy).filter((act) => !Object.hasOwn(requests, act));
  expect(listed.map((l) => l.route).toSorted()).toEqual(rows.toSorted());
});

describe('each role gets what the matrix says', () => {
  /** What a guard did with this request: let it pass, or said no. */
  async function passes(b: ReturnType<typeof browser>, route: string, csrf: string): Promise<boolean> {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(':name', 'room:watch').replaceAll(/:\w+/g, 'none');
    const before = logged.length;
    const answer =
      method === 'GET'
        ? await b.get(path)
        : path.startsWith('/wire/') || path.startsWith('/terminal/')
          ? await b.json(path, {})
          : await b.post(path).type('form').send({ csrf });
    const codes = logged.slice(before).map((fields) => fields['code']);
    expect(codes).not.toContain('BAD_CSRF');
    expect(`${route} ${answer.status < 500}`).toBe(`${route} true`);
    return !codes.includes('FORBIDDEN') && !codes.includes('NOT_SIGNED_IN');
  }

  // what is open to visitors is asked for as a visitor only
  const routes = [...expected.keys()].filter((act) => /^(GET|POST) /.test(act));
  const allowed = (act: string, column: (typeof columns)[number]) =>
    expected.get(act)?.[columns.indexOf(column)];

  const closed = routes.filter((route) => allowed(route, 'visitor') === false);

  test.each(roles)('%s', async (role) => {
    await addStaff(app, `one-${role}`, role);
    const b = browser({ server: app.http });
    await b.signIn(`one-${role}`);
    const csrf = await b.tokenOn('/nothing');
    // signing out comes last: what follows it would be a visitor's
    const order = closed.toSorted((x, y) => Number(x === 'POST /sign-out') - Number(y === 'POST /sign-out'));
    const got: Record<string, boolean> = {};
    for (const route of order) {
      got[route] = await passes(b, route, csrf);
    }
    const wanted = Object.fromEntries(Object.keys(got).map((route) => [route, allowed(route, role)]));
    expect(got).toEqual(wanted);
  });

  test('visitor', async () => {
    const b = browser({ server: app.http });
    const csrf = await b.tokenOn('/sign-in');
    for (const route of routes)
      expect(`${route} ${await passes(b, route, csrf)}`).toBe(`${route} ${allowed(route, 'visitor')}`);
  });
});
