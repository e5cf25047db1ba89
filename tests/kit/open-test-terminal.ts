/** A terminal's connection for tests: the real client of socket.io, which remembers everything that was pushed to it. */
import { once } from 'node:events';
import { io } from 'socket.io-client';
import type { In, Out, Reply, RequestName, ServerToClient } from '../../server/wire/contract.ts';

type Pushed<E extends keyof ServerToClient> = Parameters<ServerToClient[E]>[0];

export interface TestTerminal {
  ask<K extends RequestName>(name: K, message: In<K>): Promise<Reply<K>>;
  /** @throws Error with the code when it is refused */
  must<K extends RequestName>(name: K, message: In<K>): Promise<Out<K>>;
  /** anything under any name, with an acknowledgement; null when none came while the connection stood */
  raw(name: string, ...message: unknown[]): Promise<unknown>;
  /** an event without an acknowledgement */
  shout(name: string, ...message: unknown[]): void;
  /** one frame of the websocket as it is, past every encoder */
  frame(bytes: string | Buffer): void;
  /** the oldest message of that event not yet taken; waits for it */
  next<E extends keyof ServerToClient>(event: E): Promise<Pushed<E>>;
  /** how many messages of that event came and were not taken */
  waiting(event: keyof ServerToClient): number;
  /** every byte that came in, as text */
  received(): string;
  /** resolves with the reason when the connection ends */
  readonly closed: Promise<string>;
  readonly id: string;
  disconnect(): void;
}

export interface TerminalOptions {
  readonly origin: string;
  readonly cookie: string;
  readonly as?: 'employee' | 'staff';
  /** null: none is sent */
  readonly from?: string | null;
}

/** @throws Error with the server's word when the handshake is refused */
export async function openTestTerminal(o: TerminalOptions): Promise<TestTerminal> {
  const from = o.from === undefined ? o.origin : o.from;
  const socket = io(o.origin, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    query: { as: o.as ?? 'employee' },
    extraHeaders: { cookie: o.cookie, ...(from === null ? {} : { origin: from }) },
  });
  const queues = new Map<string, unknown[]>();
  const takers = new Map<string, ((message: unknown) => void)[]>();
  const bytes: string[] = [];
  socket.io.engine.on('packet', (packet: { data?: unknown }) => {
    if (typeof packet.data === 'string') bytes.push(packet.data);
  });
  socket.onAny((event: string, message: unknown) => {
    const taker = takers.get(event)?.shift();
    if (taker) taker(message);
    else queues.set(event, [...(queues.get(event) ?? []), message]);
  });
  const closed = new Promise<string>((resolve) => socket.on('disconnect', (reason) => resolve(reason)));
  await Promise.race([
    new Promise<void>((resolve) => socket.once('connect', resolve)),
    new Promise<never>((_, reject) =>
      socket.once('connect_error', (e) => {
        socket.disconnect();
        reject(e);
      }),
    ),
  ]);

  async function ask<K extends RequestName>(name: K, message: In<K>): Promise<Reply<K>> {
    const reply: Reply<K> = await socket.emitWithAck(name, message);
    return reply;
  }

  return {
    ask,
    must: async (name, message) => {
      const reply = await ask(name, message);
      if (!reply.ok) throw new Error(`${name}: ${reply.code} ${reply.errorId ?? ''}`);
      return reply.data;
    },
    raw: (name, ...message) =>
      Promise.race([socket.emitWithAck(name, ...message).catch(() => null), closed.then(() => null)]),
    shout: (name, ...message) => void socket.emit(name, ...message),
    frame: (data) => {
      const ws: unknown = Reflect.get(socket.io.engine.transport, 'ws');
      if (typeof ws !== 'object' || ws === null || !('send' in ws) || typeof ws.send !== 'function')
        throw new Error('this client of socket.io has no websocket to write to');
      ws.send(data);
    },
    next: async <E extends keyof ServerToClient>(event: E): Promise<Pushed<E>> => {
      const queued = queues.get(event)?.shift();
      const message =
        queued ??
        (await new Promise<unknown>((resolve) => takers.set(event, [...(takers.get(event) ?? []), resolve])));
      return message as Pushed<E>;
    },
    waiting: (event) => queues.get(event)?.length ?? 0,
    received: () => bytes.join('\n'),
    closed,
    id: socket.id ?? '',
    disconnect: () => void socket.disconnect(),
  };
}

/** Waits until something has become true, looking again whenever the machine is idle. @throws Error after 10 s */
export async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Resolves when the emitter says so. */
export async function heard(emitter: NodeJS.EventEmitter, event: string): Promise<void> {
  await once(emitter, event);
}
