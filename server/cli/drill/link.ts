/** The simulated terminal's connection: a real websocket, opened again with a jittered wait whenever it is lost. */
import { io } from 'socket.io-client';
import type { In, Out, Reply, RequestName } from '../../wire/contract.ts';
import type { Draws } from './draws.ts';

/** A reply, a coded refusal, or null when no reply came. */
export type Heard<K extends RequestName> = { readonly data: Out<K> } | { readonly refused: string } | null;
export type Ask = <K extends RequestName>(name: K, message: In<K>) => Promise<Heard<K>>;

export interface LinkOptions {
  readonly origin: string;
  readonly cookie: string;
  readonly draws: Draws;
  /** says the first words on every new connection; false: close and try later */
  greet(): Promise<boolean>;
  lost(): void;
}

export interface Link {
  readonly ask: Ask;
  /** grows with every connection: tells whether two moments shared one */
  connection(): number;
  open(): void;
  /** closes and opens at once */
  reopen(): void;
  close(): void;
}

const openTimeoutMs = 6_000;
const replyTimeoutMs = 5_000;

/** As the terminal page waits: doubles from 500 ms to 10 s, the upper half drawn at random. */
export function backOffMs(tries: number, unit: number): number {
  return Math.round(Math.min(10_000, 500 * 2 ** Math.min(tries, 10)) * (0.5 + unit / 2));
}

export function openLink(o: LinkOptions): Link {
  const socket = io(o.origin, {
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: openTimeoutMs,
    extraHeaders: { origin: o.origin, cookie: o.cookie },
  });
  let closed = true;
  let connection = 0;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tryLater = (): void => {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(() => socket.connect(), backOffMs(tries, o.draws.unit()));
    tries += 1;
  };

  const greet = async (): Promise<void> => {
    connection += 1;
    const mine = connection;
    const ready = await o.greet();
    if (mine !== connection || !socket.connected) return;
    if (ready) tries = 0;
    else socket.disconnect();
  };

  socket.on('connect', () => void greet());
  socket.on('connect_error', tryLater);
  socket.on('disconnect', () => {
    o.lost();
    tryLater();
  });

  return {
    ask: async <K extends RequestName>(name: K, message: In<K>): Promise<Heard<K>> => {
      if (!socket.connected) return null;
      try {
        const reply: Reply<K> = await socket.timeout(replyTimeoutMs).emitWithAck(name, message);
        return reply.ok ? { data: reply.data } : { refused: reply.code };
      } catch {
        return null;
      }
    },
    connection: () => connection,
    open: () => {
      closed = false;
      socket.connect();
    },
    reopen: () => {
      closed = true;
      socket.disconnect();
      closed = false;
      clearTimeout(timer);
      socket.connect();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket.disconnect();
    },
  };
}
