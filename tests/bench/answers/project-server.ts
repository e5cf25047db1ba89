/** The project's server for a bench: a temporary data folder with prepared attempts, the built server as a child process. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareAttempts, type PreparedAttempt } from '../../../server/cli/drill/prepare-attempts.ts';
import { createServerProcess, findFreePort } from '../../../server/cli/drill/server-process.ts';
import { continueClock } from '../../../server/clock.ts';
import { machineTime } from '../../../server/heart.ts';
import { residentKb } from './process-cost.ts';
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
  /** begins or ends the profile of every thread */
  toggleProfile(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProjectOptions {
  readonly places: Places;
  readonly attempts: number;
  readonly programme: { readonly id: string; readonly version: string };
  readonly profileFolder: string | null;
}

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
  if (o.profileFolder !== null) await mkdir(o.profileFolder, { recursive: true });
  const probe = pathToFileURL(join(o.places.out, 'tests', 'bench', 'answers', 'probe.js'));
  if (o.profileFolder !== null) probe.searchParams.set('profiles', o.profileFolder);
  const server = createServerProcess({
    execPath: process.execPath,
    execArgv: ['--import', probe.href],
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
      // Memory goes back to the system little by little: again, until it stays.
      let before = Infinity;
      for (let round = 0; round < 15; round++) {
        process.kill(pid, 'SIGUSR2');
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const now = residentKb(pid);
        if (now > before * 0.995) return;
        before = now;
      }
    },
    toggleProfile: async () => {
      process.kill(pid, 'SIGHUP');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    },
    stop: async () => {
      // its data are thrown away: no need for an orderly end
      await server.kill();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
