/** Starts the minimal server as a child process and connects its clients. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../../server/cli/drill/server-process.ts';
import type { LoadClient } from './closed-loop.ts';
import type { Places } from './project-server.ts';
import { openRawClient, textFrame } from './raw-client.ts';

export interface MinimalServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startMinimalServer(places: Places): Promise<MinimalServer> {
  const folder = await mkdtemp(join(tmpdir(), 'adil-minimal-'));
  const port = await findFreePort();
  const child = spawn(process.execPath, [join(places.out, 'tests', 'bench', 'minimal', 'server.js')], {
    env: { PORT: String(port), DB: join(folder, 'answers.db') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  if (child.pid === undefined) throw new Error('the minimal server has no process');
  return {
    port,
    pid: child.pid,
    stop: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const goodReply = Buffer.from('[{"ok":1');

/** Connections of the minimal server; they end with its process. */
export async function connectMinimalClients(
  port: number,
  count: number,
  onAck: (id: number, good: boolean) => void,
): Promise<LoadClient[]> {
  const clients: LoadClient[] = [];
  for (let i = 0; i < count; i++) {
    const client = await openRawClient({
      port,
      cookie: '',
      auth: JSON.stringify({ n: i }),
      onAck: (id, b, from) =>
        onAck(id, b.compare(goodReply, 0, goodReply.length, from, from + goodReply.length) === 0),
      onClose: () => undefined,
    });
    clients.push({
      fire: (id) =>
        client.send(
          textFrame(
            `42${id}["answer",{"item":"Q-${id % 100}","val":[2],"seq":${id},"t":${1_700_000_000_000 + id}}]`,
          ),
        ),
    });
  }
  return clients;
}
