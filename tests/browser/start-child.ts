/** The product as people start it: its own process, its own data folder, killed and started again as often as a test likes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Child {
  /** scheme, host and port; the same after each start */
  readonly base: string;
  /** what it has printed since the last start */
  printed(): string;
  /** SIGKILL: nothing is written, nothing is closed. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** starts again on the same data and the same port */
  start(): Promise<void>;
  /** SIGTERM, the orderly end */
  stop(): Promise<void>;
}

/** Resolves when the server says that it is ready. @throws Error with what it printed when it ends before */
export async function startChild(dataFolder: string, production = false): Promise<Child> {
  let base = '';
  let output = '';
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    output = '';
    const child = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        ADIL_DATA: dataFolder,
        PORT: base === '' ? '0' : new URL(base).port,
        ...(production ? { NODE_ENV: 'production' } : {}),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (bytes: Buffer): void => {
        output += bytes.toString('utf8');
        const ready = /^Adil is ready: (http:\/\/\S+?)\/$/m.exec(output);
        if (ready?.[1] === undefined) return;
        base = ready[1];
        resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(new Error(`the server ended (${code ?? signal}) and had printed:\n${output}`));
      });
    });
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  await start();
  return {
    get base() {
      return base;
    },
    printed: () => output,
    kill: () => end('SIGKILL'),
    start,
    stop: () => end('SIGTERM'),
  };
}
