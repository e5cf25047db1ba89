/** The project's server for a bench: a temporary data folder with prepared attempts, the built server as a child process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareAttempts, type PreparedAttempt } from '../../../server/cli/drill/prepare-attempts.ts';
import { createServerProcess, findFreePort } from '../../../server/cli/drill/server-process.ts';
import { continueClock } from '../../../server/clock.ts';
import { machineTime } from '../../../server/heart.ts';
import { openStore } from '../../../server/store/open-store.ts';

export interface Places {
  /** the repository */
  readonly root: string;
  /** the folder with the bench's own build */
  readonly out: string;
}

export interface ProjectServer {
  readonly port: number;
  readonly pid: number;
  readonly people: readonly PreparedAttempt[];
  /** collects garbage in the server's main thread, then waits until memory is at rest */
  collectGarbage(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProjectOptions {
  readonly places: Places;
  readonly attempts: number;
  readonly programme: { readonly id: string; readonly version: string };
  readonly profileFolder: string | null;
}

/** Preloaded into the server: the program itself has no such hook. */
const collectOnSignal = 'data:text/javascript,process.on("SIGUSR2",()=>{gc();gc()})';

export async function startProjectServer(o: ProjectOptions): Promise<ProjectServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'adil-bench-'));
  const store = await openStore({
    mongodbUri: null,
    folder: join(dataFolder, 'store'),
    embeddedEntry: join(o.places.out, 'server', 'store', 'embedded', 'worker.js'),
  });
  const people = await prepareAttempts({
    store,
    dataFolder,
    questionBanks: join(o.places.root, 'question-banks'),
    programme: o.programme,
    count: o.attempts,
    clock: continueClock(null, machineTime()).clock,
  });
  await store.close();

  const port = await findFreePort();
  const profile = o.profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${o.profileFolder}`];
  const server = createServerProcess({
    execPath: process.execPath,
    execArgv: ['--expose-gc', '--import', collectOnSignal, '--enable-source-maps', ...profile],
    entry: join(o.places.out, 'server', 'main.js'),
    dataFolder,
    port,
    now: () => performance.now(),
  });
  await server.start();
  const pid = server.pid();
  if (pid === null) throw new Error('the server has no process');
  return {
    port,
    pid,
    people,
    collectGarbage: async () => {
      for (let i = 0; i < 3; i++) {
        process.kill(pid, 'SIGUSR2');
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    },
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
