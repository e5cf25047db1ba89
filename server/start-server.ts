/** From configuration to a listening server: store, keys, clock, seeds, recovery, in that order; nothing is served before it is true. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createAccount } from './access/acts/create-account.ts';
import { createSetupLink } from './access/acts/create-setup-link.ts';
import { openKeys } from './access/keys.ts';
import type { Role } from './access/roles.ts';
import type { SealingKey } from './audit/seal.ts';
import { openServerKey } from './audit/server-key.ts';
import { readSeedFiles } from './banks/read-seed-files.ts';
import { readSeeds, seedPublications, type SeedFile } from './banks/seed-publications.ts';
import { buildApp, type App } from './build-app.ts';
import { continueClock, heartbeatEveryMs, type Clock, type MachineTime } from './clock.ts';
import type { Config } from './config.ts';
import { recoverAttempts } from './delivery/acts/recover-attempts.ts';
import type { InsertEntries } from './delivery/journal.ts';
import { createReadyCode } from './demonstration/ready-code.ts';
import { seedDemonstration } from './demonstration/seed-demonstration.ts';
import { findRoot } from './find-root.ts';
import { beat, lastHeartbeat, machineTime } from './heart.ts';
import { findPublication } from './store/find-publication.ts';
import { openStore, type Store } from './store/open-store.ts';
import type { Log } from './access/send-refusal.ts';

/** What the server does by itself, again and again. */
export interface Rounds {
  /** closes sections whose time is over */
  readonly sweep: () => Promise<void>;
  /** sends the monitor what changed */
  readonly tell: () => Promise<void>;
  readonly beat: () => Promise<void>;
  readonly checkpoint: () => Promise<void>;
}

export interface RunningServer {
  readonly port: number;
  readonly app: App;
  readonly store: Store;
  readonly clock: Clock;
  readonly rounds: Rounds;
  close(): Promise<void>;
}

/** Effects that the process gives and a test may give instead. */
export interface StartExtras {
  /** wraps the insertion of entries; tests use it to break promises and see that this is noticed */
  readonly insertEntries?: (insert: InsertEntries) => InsertEntries;
  readonly machine?: MachineTime;
  /** false: the rounds run only when they are called */
  readonly timers?: boolean;
  /** takes the lines of the log; the process's output otherwise */
  readonly logTo?: { write(line: string): void };
  /** published at every start; the files below question-banks/ otherwise */
  readonly seeds?: readonly SeedFile[];
  /** takes the lines that greet the person who started it */
  readonly say?: (line: string) => void;
}

const demonstrationRoles: readonly Role[] = [
  'operator',
  'commission',
  'psychologist',
  'auditor',
  'administrator',
];
const sweepEveryMs = 500;
const tellEveryMs = 1000;
const checkpointEveryMs = 60_000;

/** @throws Error with a sentence for the person who started it */
export async function startServer(config: Config, extras: StartExtras = {}): Promise<RunningServer> {
  const log = createLog(extras.logTo);
  const root = findRoot();
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const store = await openStore({
    mongodbUri: config.mongodbUri,
    folder: join(config.dataFolder, 'store'),
    embeddedEntry: join(root, 'dist', 'server', 'store', 'embedded', 'worker.js'),
  });
  try {
    return await serve(config, extras, store, root, log);
  } catch (e) {
    await store.close();
    throw e;
  }
}

async function serve(
  config: Config,
  extras: StartExtras,
  store: Store,
  root: string,
  log: Log,
): Promise<RunningServer> {
  const machine = extras.machine ?? machineTime();
  const { clock, outage } = continueClock(await lastHeartbeat(store), machine);
  const keys = await openKeys(config.dataFolder);
  const serverKey = openServerKey(join(config.dataFolder, 'server-key.json'), clock.now());
  const { mode, fill } = await openMode(store, config, clock);
  await seedPublications(
    {
      find: (kind, ref) => findPublication(store, kind, ref),
      insert: async (record) => {
        await store.publications.create(record);
      },
    },
    readSeeds(extras.seeds ?? readSeedFiles(join(root, 'question-banks')), clock.now()),
  );

  let ready = false;
  const demonstration = mode === 'demonstration';
  const tls = config.tls && {
    cert: await readFile(config.tls.certFile),
    key: await readFile(config.tls.keyFile),
  };
  const app: App = await buildApp({
    store,
    clock,
    keys,
    nodeId: 'node-1',
    demonstration,
    publicUrl: config.publicUrl,
    tls,
    trustProxy: config.trustProxy,
    plainHttp: config.plainHttp,
    timeZone: config.timeZone,
    root,
    checkpointFolder: join(config.dataFolder, 'checkpoints'),
    sealingKey: () => serverKey.key,
    ready: () => ready,
    demonstrationCode: () => readyCode(),
    log,
    ...(extras.insertEntries ? { insertEntries: extras.insertEntries } : {}),
  });

  const readyCode = createReadyCode(store, app.composed, app.codes);
  const passwords = fill ? await createDemonstrationAccounts(app) : [];
  if (fill) await fillDemonstration(app, store, clock, () => serverKey.key, log);
  const resumed = await recoverAttempts(app.composed.delivery, outage);

  // A kill at the next moment must find a life to measure the outage from.
  await beat(store, clock, machine);
  const port = await listen(app, config);
  ready = true;
  const rounds: Rounds = {
    sweep: () => app.composed.sweep(),
    tell: () => app.composed.room.tell(),
    beat: () => beat(store, clock, machine),
    checkpoint: () => app.checkpoint(),
  };
  const timers =
    extras.timers === false
      ? []
      : [
          every(sweepEveryMs, rounds.sweep, log, 'sweep'),
          every(tellEveryMs, rounds.tell, log, 'monitor'),
          every(heartbeatEveryMs, rounds.beat, log, 'heartbeat'),
          every(checkpointEveryMs, rounds.checkpoint, log, 'checkpoint'),
        ];
  log('info', { port, mode, resumed, outageMs: outage ? outage.toAt - outage.fromAt : null }, 'ready');
  const say = extras.say ?? console.log;
  const scheme = tls ? 'https' : 'http';
  const url = config.publicUrl ?? `${scheme}://${config.host}:${port}`;
  for (const line of await greeting(app, store, demonstration, passwords, url)) say(line);

  return {
    port,
    app,
    store,
    clock,
    rounds,
    close: async () => {
      ready = false;
      await Promise.all(timers.map((stop) => stop()));
      await app.close();
      await app.checkpoint();
      await beat(store, clock, machine);
      await store.close();
    },
  };
}

/** A store is a demonstration or operational from its first start, for ever. */
async function openMode(
  store: Store,
  config: Config,
  clock: Clock,
): Promise<{ mode: 'demonstration' | 'operational'; fill: boolean }> {
  const before = await store.settings.findById('store').lean();
  if (before?.mode === 'demonstration' && config.production)
    throw new Error(
      'This data folder holds a demonstration, which can never turn operational. Set ADIL_DATA to an empty folder.',
    );
  if (before && (before.mode === 'operational' || before.filled)) return { mode: before.mode, fill: false };
  const mode = config.production ? 'operational' : 'demonstration';
  if (before) await emptyDemonstration(store);
  else await store.settings.create({ _id: 'store', mode, createdAt: clock.now(), filled: config.production });
  return { mode, fill: mode === 'demonstration' };
}

/** The start before ended while the invented people were being written: begin again. */
async function emptyDemonstration(store: Store): Promise<void> {
  const { people, accounts, attempts, journal, lateAnswers, scoreSheets, auditLog, checkpoints } = store;
  await Promise.all([
    people.deleteMany({}),
    accounts.deleteMany({}),
    attempts.deleteMany({}),
    journal.deleteMany({}),
    lateAnswers.deleteMany({}),
    scoreSheets.deleteMany({}),
    auditLog.deleteMany({}),
    checkpoints.deleteMany({}),
  ]);
}

async function createDemonstrationAccounts(app: App): Promise<{ name: string; password: string }[]> {
  return Promise.all(
    demonstrationRoles.map(async (role) => {
      const password = randomBytes(12).toString('base64url');
      await createAccount(
        app.access.access,
        { name: role, displayName: `Demo ${role}`, roles: [role], password },
        'server',
      );
      return { name: role, password };
    }),
  );
}

async function fillDemonstration(
  app: App,
  store: Store,
  clock: Clock,
  sealingKey: () => SealingKey,
  log: Log,
): Promise<void> {
  const operator = await store.accounts.findOne({ name: 'operator' }).lean();
  await seedDemonstration(
    {
      store,
      codes: app.codes,
      sealingKey,
      fault: (e) => log('error', { err: e }, 'fault while filling the demonstration'),
    },
    clock.now(),
    operator?._id ?? 'server',
  );
  await store.settings.updateOne({ _id: 'store' }, { $set: { filled: true } });
}

async function greeting(
  app: App,
  store: Store,
  demonstration: boolean,
  passwords: readonly { name: string; password: string }[],
  url: string,
): Promise<string[]> {
  const lines = [`Adil is ready: ${url}/`];
  if (demonstration)
    lines.push(
      'This is a demonstration: its results carry a mark on every page and it can never turn operational.',
    );
  if (passwords.length > 0) {
    lines.push('Passwords of the demonstration, shown this once:');
    for (const p of passwords) lines.push(`  ${p.name.padEnd(14)} ${p.password}`);
  }
  if (!demonstration && (await store.accounts.countDocuments({})) === 0) {
    const link = await createSetupLink(app.access.access);
    lines.push(`Create the first administrator here, once, within one hour: ${url}/setup/${link.token}`);
  }
  return lines;
}

function listen(app: App, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    app.http.once('error', (e: NodeJS.ErrnoException) => {
      reject(
        e.code === 'EADDRINUSE' ? new Error(`Port ${config.port} is in use. Set PORT to another number.`) : e,
      );
    });
    app.http.listen({ port: config.port, host: config.host, backlog: 8192 }, () => {
      const address: AddressInfo | string | null = app.http.address();
      resolve(typeof address === 'object' && address !== null ? address.port : config.port);
    });
  });
}

/**
 * Repeats an act with a pause between rounds; a failed round is logged and does not end it.
 * @returns ends it, when the round under way is over
 */
function every(ms: number, act: () => Promise<unknown>, log: Log, name: string): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let underWay = Promise.resolve();
  const round = (): void => {
    timer = setTimeout(() => {
      underWay = act()
        .catch((e: unknown) => log('error', { err: e, round: name }, 'a round failed'))
        .then(() => {
          if (!stopped) round();
        });
    }, ms);
  };
  round();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return underWay;
  };
}

/** A driver's error object can carry whole documents, answers among them: of a fault only its name, code and stack are logged. */
function loggedFault(e: unknown): Record<string, unknown> {
  if (!(e instanceof Error)) return { thrown: typeof e };
  return { name: e.name, code: 'code' in e ? String(e.code) : undefined, stack: e.stack };
}

function createLog(to?: { write(line: string): void }): Log {
  const options = { level: 'info', base: null, serializers: { err: loggedFault } };
  const logger = to ? pino(options, to) : pino(options);
  return (level, fields, text) => logger[level](fields, text);
}
