/** The server of the drill as a child process: started, found ready, killed without warning, stopped in order. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer } from 'node:net';

export interface ServerOptions {
  /** the program that runs the server's file */
  readonly execPath: string;
  readonly execArgv: readonly string[];
  readonly entry: string;
  readonly dataFolder: string;
  readonly port: number;
  /** monotonic milliseconds */
  now(): number;
}

export interface ServerProcess {
  /** starts it and waits until it is ready; milliseconds that took. @throws Error with its last lines when it ends or is not ready in time */
  start(): Promise<number>;
  /** SIGKILL; the moment at which it was sent, by now() */
  kill(): Promise<number>;
  /** SIGTERM and the end of the process. @throws Error when it does not end */
  stop(): Promise<void>;
  pid(): number | null;
}

const readyWithinMs = 60_000;
const stopWithinMs = 20_000;
const askEveryMs = 10;
const keptLines = 40;

export function createServerProcess(o: ServerOptions): ServerProcess {
  let child: ChildProcess | null = null;
  let lines: string[] = [];

  const keep = (chunk: Buffer): void => {
    lines = [...lines, ...chunk.toString('utf8').trimEnd().split('\n')].slice(-keptLines);
  };

  const ended = (): boolean => child === null || child.exitCode !== null || child.signalCode !== null;

  return {
    start: async () => {
      const from = o.now();
      lines = [];
      // Nothing of this process's environment goes in: a drill must never reach the store of a real server.
      child = spawn(o.execPath, [...o.execArgv, o.entry], {
        env: { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(o.port), ADIL_DATA: o.dataFolder },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.on('data', keep);
      child.stderr?.on('data', keep);
      while (!(await isReady(o.port))) {
        if (ended()) throw new Error(`the server ended before it was ready:\n${lines.join('\n')}`);
        if (o.now() - from > readyWithinMs)
          throw new Error(`the server was not ready within ${readyWithinMs} ms:\n${lines.join('\n')}`);
        await wait(askEveryMs);
      }
      return o.now() - from;
    },
    kill: async () => {
      if (child === null || ended()) throw new Error(`the server ended by itself:\n${lines.join('\n')}`);
      const exit = once(child, 'exit');
      const at = o.now();
      child.kill('SIGKILL');
      await exit;
      return at;
    },
    stop: async () => {
      if (child === null || ended()) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child?.kill('SIGKILL'), stopWithinMs);
      await exit;
      clearTimeout(late);
      if (child.signalCode === 'SIGKILL')
        throw new Error(`the server did not stop within ${stopWithinMs} ms:\n${lines.join('\n')}`);
    },
    pid: () => child?.pid ?? null,
  };
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: '/readyz', agent: false, timeout: 1000 },
      (reply) => {
        reply.resume();
        resolve(reply.statusCode === 200);
      },
    );
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}

/** A port that is free now: the server must come back at the same address, so it cannot choose a new one at every start. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return address.port;
}

/** Resident memory of a process in KB; null where /proc is not. */
export async function residentKb(pid: number): Promise<number | null> {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Number(kb);
  } catch {
    return null;
  }
}
