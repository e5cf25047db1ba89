/**
 * The whole server inside the test's process: real sockets, real pages, the real embedded store in a folder of its own, and a clock that
 * stands still until the test moves it. Rounds (sweep, monitor, heartbeat) run only when the test asks for them.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccount } from '../../server/access/acts/create-account.ts';
import type { Role } from '../../server/access/roles.ts';
import type { Bank, Programme } from '../../question-banks/schema.ts';
import type { ChainEntry } from '../../server/audit/chain.ts';
import type { InsertEntries } from '../../server/delivery/journal.ts';
import type { Live } from '../../server/delivery/live-attempts.ts';
import { randomId } from '../../server/random-id.ts';
import { startServer, type RunningServer, type StartExtras } from '../../server/start-server.ts';
import type { Out } from '../../server/wire/contract.ts';
import { bytesOf } from '../banks/valid-bank.ts';
import { openBrowser, type Browser } from './browse.ts';
import { openTestTerminal, until, type TestTerminal } from './open-test-terminal.ts';
import { createTestMachine, type TestMachine } from './test-machine.ts';
import { testFiles, testProgramme } from './test-programme.ts';

export interface Issued extends Out<'attempt:issue'> {
  readonly personId: string;
}

export interface IssueOptions {
  readonly extraTimePercent?: number;
  readonly programme?: { readonly id: string; readonly version: string };
  readonly name?: string;
}

export interface TestServer {
  readonly machine: TestMachine;
  readonly folder: string;
  /** every line that was logged, as it would be written */
  readonly logged: string[];
  running(): RunningServer;
  origin(): string;
  /** moves the clock on and lets the sweep run */
  forward(ms: number): Promise<void>;
  /** registers a person and gives a one-time code, by the operator's act */
  issue(o?: IssueOptions): Promise<Issued>;
  admit(attemptId: string): Promise<void>;
  /** a new code for another terminal */
  transfer(attemptId: string): Promise<string>;
  /** types a code at a terminal; the browser then holds its cookie. @throws Error with the code of the refusal */
  signIn(code: string, at?: Browser): Promise<Browser>;
  terminal(at: Browser): Promise<TestTerminal>;
  /** ends the connection and waits until the server has noticed */
  hangUp(attemptId: string, terminal: TestTerminal): Promise<void>;
  /** a browser that is signed in as staff */
  staff(...roles: Role[]): Promise<Browser>;
  live(attemptId: string): Live | null;
  entries(attemptId: string): Promise<readonly ChainEntry[]>;
  /** drops everything that is in memory, as a killed process does; nothing further is written */
  crash(): Promise<void>;
  /** begins again on the same data after so long */
  start(awayMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly insertEntries?: (insert: InsertEntries) => InsertEntries;
  /** banks and programmes to publish instead of the usual ones */
  readonly files?: readonly (Bank | Programme)[];
}

export async function startTestServer(o: TestServerOptions = {}): Promise<TestServer> {
  const machine = createTestMachine();
  const folder = await mkdtemp(join(tmpdir(), 'adil-test-'));
  const logged: string[] = [];
  const password = randomBytes(12).toString('hex');
  const open = new Set<TestTerminal>();
  const extras: StartExtras = {
    machine,
    timers: false,
    seeds: (o.files ?? testFiles()).map((f, i) => ({ name: `test file ${i}`, bytes: bytesOf(f) })),
    logTo: { write: (line) => void logged.push(line) },
    say: (line) => void logged.push(line),
    ...(o.insertEntries ? { insertEntries: o.insertEntries } : {}),
  };
  let server: RunningServer | null = null;

  const running = (): RunningServer => {
    if (!server) throw new Error('the test server is not running');
    return server;
  };
  const origin = (): string => `http://127.0.0.1:${running().port}`;
  const asOperator = { as: 'staff', accountId: 'test-operator', watch: null } as const;

  async function start(awayMs = 0): Promise<void> {
    machine.forward(awayMs);
    server = await startServer(
      {
        port: 0,
        host: '127.0.0.1',
        dataFolder: folder,
        publicUrl: null,
        timeZone: 'Asia/Almaty',
        tls: null,
        trustProxy: false,
        mongodbUri: null,
        production: true,
        plainHttp: false,
      },
      extras,
    );
  }

  async function stop(): Promise<void> {
    const { app, store } = running();
    server = null;
    await app.close();
    await store.close();
  }

  await start();

  return {
    machine,
    folder,
    logged,
    running,
    origin,
    start,
    forward: async (ms) => {
      machine.forward(ms);
      await running().rounds.sweep();
    },
    issue: async (x = {}) => {
      const { app, store, clock } = running();
      const personId = randomId();
      await store.people.create({
        _id: personId,
        name: x.name ?? 'Серікбаева Айгүл',
        personnelNumber: personId.slice(0, 8),
        extraTimePercent: x.extraTimePercent ?? 0,
        largeText: false,
        highContrast: false,
        createdAt: clock.now(),
      });
      const issued = await app.composed.handlers['attempt:issue'](
        { personId, programme: x.programme ?? testProgramme },
        asOperator,
        clock.now(),
      );
      return { ...issued, personId };
    },
    admit: async (attemptId) => {
      await running().app.composed.handlers['attempt:admit']({ attemptId }, asOperator, 0);
    },
    transfer: async (attemptId) =>
      (await running().app.composed.handlers['attempt:transfer']({ attemptId }, asOperator, 0)).code,
    signIn: async (code, at = openBrowser(origin())) => {
      const page = await at.post('/terminal/sign-in', { code });
      if (page.status !== 200) throw new Error(`signing in: ${page.text}`);
      return at;
    },
    terminal: async (at) => {
      const terminal = await openTestTerminal({ origin: origin(), cookie: at.cookies() });
      open.add(terminal);
      return terminal;
    },
    hangUp: async (attemptId, terminal) => {
      terminal.disconnect();
      await until('the server notices', () => !running().app.io.sockets.sockets.has(terminal.id));
      if (running().app.composed.delivery.lives.peek(attemptId)?.link)
        throw new Error('another connection holds the attempt');
    },
    staff: async (...roles) => {
      const at = openBrowser(origin());
      const name = `${roles.join('-')}-${randomId()}`;
      await createAccount(
        running().app.access.access,
        { name, displayName: `Test ${roles.join(' ')}`, roles, password },
        'test',
      );
      const page = await at.form('/sign-in', { name, password }, '/sign-in');
      if (page.status !== 303) throw new Error(`staff sign-in: ${page.status}`);
      return at;
    },
    live: (attemptId) => running().app.composed.delivery.lives.peek(attemptId),
    entries: async (attemptId) =>
      (await running().app.composed.delivery.store.load(attemptId))?.entries ?? [],
    crash: stop,
    close: async () => {
      for (const terminal of open) terminal.disconnect();
      if (server) await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
