/**
 * The drill: a server of its own, simulated employees over real websockets, the server killed without warning under load, and then
 * everything the employees were told compared with the journal itself. For the evening before an attestation, on the machine it runs on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { continueClock } from '../../clock.ts';
import { machineTime } from '../../heart.ts';
import { chainRange, entryOf } from '../../store/chain-record.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { checkLedger, creditedMs, type LedgerCheck } from './check-ledger.ts';
import { createDraws } from './draws.ts';
import type { Ledger } from './ledger.ts';
import { planKills } from './plan-kills.ts';
import { prepareAttempts } from './prepare-attempts.ts';
import { readinessAct } from './readiness-act.ts';
import { createServerProcess, findFreePort, residentKb, wait, type ServerProcess } from './server-process.ts';
import { isGood, percentile, type DrillReport } from './summarise.ts';
import { createTerminal, type Terminal } from './terminal.ts';

export interface DrillOptions {
  /** simulated employees, 1 to 1000 */
  readonly terminals: number;
  /** how long they work, 1 to 3000 s */
  readonly seconds: number;
  /** how often the server is killed */
  readonly kill: number;
  /** one line of JSON instead of the readiness act */
  readonly json: boolean;
  /** the same seed gives the same people, acts and moments of killing */
  readonly seed: number;
  /** file of the server that is drilled, normally dist/server/main.js */
  readonly serverEntry: string;
  /** built worker file of the embedded store */
  readonly embeddedEntry: string;
  /** folder question-banks of this installation */
  readonly questionBanks: string;
  /** Node */
  readonly execPath: string;
}

const programme = { id: 'attestation-demo', version: '1.0.0' };
const think = { leastMs: 150, mostMs: 750 };
const signInsAtOnce = 16;
const returnWithinMs = 30_000;

/**
 * Runs the drill and prints its result.
 * @returns exit code: 0 when nothing was lost or stored twice and everybody returned, 1 otherwise
 * @throws Error when it could not be carried out: no room on the disk, a server that does not start
 */
export async function runDrill(o: DrillOptions, print: (line: string) => void): Promise<0 | 1> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'adil-drill-'));
  try {
    const report = await drill(o, dataFolder);
    if (o.json) print(JSON.stringify(report));
    else for (const line of readinessAct(report, new Date().toISOString())) print(line);
    return isGood(report) ? 0 : 1;
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

const now = (): number => performance.now();

async function drill(o: DrillOptions, dataFolder: string): Promise<DrillReport> {
  const port = await findFreePort();
  const people = await withStore(o, dataFolder, (store) =>
    prepareAttempts({
      store,
      dataFolder,
      questionBanks: o.questionBanks,
      programme,
      count: o.terminals,
      clock: continueClock(null, machineTime()).clock,
    }),
  );
  const terminals = people.map((person, i) =>
    createTerminal({
      ...person,
      origin: `http://127.0.0.1:${port}`,
      draws: createDraws(o.seed, `terminal/${i}`),
      think,
      now,
    }),
  );
  const server = createServerProcess({
    execPath: o.execPath,
    execArgv: [],
    entry: o.serverEntry,
    dataFolder,
    port,
    now,
  });
  let work: Work;
  try {
    work = await letThemWork(o, server, terminals);
  } finally {
    for (const t of terminals) t.close();
    await server.stop();
  }
  const ledgers = terminals.map((t) => t.ledger());
  const checks = await withStore(o, dataFolder, (store) =>
    Promise.all(ledgers.map((l) => checkOne(store, l))),
  );
  return makeReport(o, work, ledgers, checks);
}

async function withStore<T>(
  o: DrillOptions,
  dataFolder: string,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore({
    mongodbUri: null,
    folder: join(dataFolder, 'store'),
    embeddedEntry: o.embeddedEntry,
  });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

interface Work {
  readonly ackedByLife: readonly number[];
  readonly restartsMs: readonly number[];
  readonly rssKbPerTerminal: number | null;
  /** messages that were never acknowledged, though the server was up again */
  readonly unsettled: number;
  readonly notReturned: number;
}

/** Everything between the first start of the server and its orderly end. */
async function letThemWork(
  o: DrillOptions,
  server: ServerProcess,
  terminals: readonly Terminal[],
): Promise<Work> {
  await server.start();
  const rssBefore = await rssOf(server);
  for (let from = 0; from < terminals.length; from += signInsAtOnce)
    await Promise.all(terminals.slice(from, from + signInsAtOnce).map((t) => t.signIn()));
  for (const t of terminals) t.connect();
  if (!(await until(() => terminals.every((t) => t.isWorking()), returnWithinMs)))
    throw new Error(
      `not every terminal reached its section: ${terminals
        .flatMap((t) => t.ledger().refusals)
        .slice(0, 5)
        .join('; ')}`,
    );
  const rssAfter = await rssOf(server);

  const ackedNow = (): number => terminals.reduce((sum, t) => sum + t.ledger().acked.size, 0);
  const ackedByLife: number[] = [];
  const restartsMs: number[] = [];
  let ackedBefore = 0;
  const endLife = (): void => {
    ackedByLife.push(ackedNow() - ackedBefore);
    ackedBefore = ackedNow();
  };
  const from = now();
  const waitTill = (ms: number): Promise<void> => wait(Math.max(0, from + ms - now()));
  for (const t of terminals) t.work();
  for (const killAt of planKills(o.kill, o.seconds * 1000, createDraws(o.seed, 'kills'))) {
    await waitTill(killAt);
    // Under load: half of the terminals are at work. Some may still be on their way back, which is a moment worth killing in, too.
    await until(
      () => terminals.filter((t) => t.isWorking()).length * 2 >= terminals.length && ackedNow() > ackedBefore,
      returnWithinMs,
    );
    const killedAt = await server.kill();
    for (const t of terminals) t.serverKilled(killedAt);
    endLife();
    restartsMs.push(await server.start());
  }
  await waitTill(o.seconds * 1000);
  for (const t of terminals) t.rest();

  // Everybody must be back with an empty outbox; then all come once more, to see what the server shows to one who returns.
  const everybodyBack = (): boolean => terminals.every((t) => t.isWorking() && t.waiting() === 0);
  await until(everybodyBack, returnWithinMs);
  for (const t of terminals) t.reconnect();
  await until(everybodyBack, returnWithinMs);
  const unsettled = terminals.reduce((sum, t) => sum + t.waiting(), 0);
  const notReturned = terminals.filter((t) => !t.isWorking()).length;
  await Promise.all(terminals.filter((t, i) => i % 2 === 0 && t.isWorking()).map((t) => t.handIn()));
  endLife();
  const grown = rssBefore === null || rssAfter === null ? null : (rssAfter - rssBefore) / terminals.length;
  return {
    ackedByLife,
    restartsMs,
    rssKbPerTerminal: grown === null ? null : Math.round(grown * 10) / 10,
    unsettled,
    notReturned,
  };
}

async function rssOf(server: ServerProcess): Promise<number | null> {
  const pid = server.pid();
  return pid === null ? null : residentKb(pid);
}

async function until(condition: () => boolean, withinMs: number): Promise<boolean> {
  const from = now();
  while (!condition()) {
    if (now() - from > withinMs) return false;
    await wait(10);
  }
  return true;
}

interface Checked extends LedgerCheck {
  readonly creditedMs: number;
}

async function checkOne(store: Store, ledger: Ledger): Promise<Checked> {
  const rows = await store.journal
    .find({ _id: chainRange(ledger.attemptId) })
    .sort({ _id: 1 })
    .lean();
  const entries = rows.map(entryOf);
  return { ...checkLedger(ledger, entries), creditedMs: creditedMs(entries) };
}

function makeReport(
  o: DrillOptions,
  work: Work,
  ledgers: readonly Ledger[],
  checks: readonly Checked[],
): DrillReport {
  const sum = (of: (c: Checked) => number): number => checks.reduce((total, c) => total + of(c), 0);
  const unfairMs = checks.map((c, i) => Math.abs(c.creditedMs - (ledgers[i]?.outageMs ?? 0)));
  const latencies = ledgers.flatMap((l) => l.latenciesMs);
  return {
    terminals: o.terminals,
    seconds: o.seconds,
    kills: work.restartsMs.length,
    seed: o.seed,
    acked: ledgers.reduce((total, l) => total + l.acked.size, 0),
    lost: sum((c) => c.lost),
    duplicated: sum((c) => c.duplicated),
    unexplained: sum((c) => c.unexplained),
    brokenChains: sum((c) => (c.chainBroken ? 1 : 0)),
    refused: ledgers.reduce((total, l) => total + l.refusals.length, 0),
    unsettled: work.unsettled,
    notReturned: work.notReturned,
    ackedByLife: work.ackedByLife,
    restartMsMax: work.restartsMs.length === 0 ? null : Math.round(Math.max(...work.restartsMs)),
    unfairMsMax: work.restartsMs.length === 0 ? null : Math.round(Math.max(...unfairMs)),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    rssKbPerTerminal: work.rssKbPerTerminal,
  };
}
