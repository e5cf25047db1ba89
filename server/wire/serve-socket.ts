/** The socket side of the contract: one connection is one terminal or one monitor, known from its handshake. */
import type { Server as HttpServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Link } from '../delivery/live-attempts.ts';
import type { ClientToServer, ServerToClient } from './contract.ts';
import { isRequestName, type Answer, type Sender } from './bind.ts';

export type KnownSender =
  | { readonly as: 'employee'; readonly attemptId: string }
  /** untilMs: how long the session still lasts */
  | { readonly as: 'staff'; readonly accountId: string; readonly untilMs: number };

export interface SocketDeps {
  readonly answer: Answer;
  originAllowed(headers: IncomingHttpHeaders): boolean;
  /** who connects, by the cookies of the handshake; null is refused */
  senderOf(request: IncomingMessage): Promise<KnownSender | null>;
  terminalLeft(attemptId: string, link: Link, silentMs: number): void;
  /** the returned function is called when it leaves */
  staffJoined(accountId: string, socket: { disconnect(close: boolean): void }): () => void;
}

type AdilSocket = Socket<ClientToServer, ServerToClient>;

/** A dead connection is noticed within the sum of both. */
const pingIntervalMs = 8_000;
const pingTimeoutMs = 6_000;

export type SocketServer = Server<ClientToServer, ServerToClient>;

export function serveSocket(http: HttpServer, d: SocketDeps): SocketServer {
  const io: SocketServer = new Server(http, {
    transports: ['websocket'],
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    connectTimeout: 20_000,
    allowRequest: (request, decide) => decide(null, d.originAllowed(request.headers)),
  });
  const known = new WeakMap<AdilSocket, KnownSender>();
  io.use((socket, next) => {
    d.senderOf(socket.request).then(
      (who) => {
        if (who === null) return next(new Error('NOT_SIGNED_IN'));
        known.set(socket, who);
        next();
      },
      () => next(new Error('BUSY')),
    );
  });
  io.on('connection', (socket) => {
    const who = known.get(socket);
    // The handshake has been read; keeping its request would cost kilobytes for each terminal.
    Reflect.set(socket.conn, 'request', null);
    if (who?.as === 'employee') serveTerminal(d, socket, who.attemptId);
    else if (who?.as === 'staff') serveMonitor(d, socket, who.accountId, who.untilMs);
  });
  return io;
}

function serveTerminal(d: SocketDeps, socket: AdilSocket, attemptId: string): void {
  const link: Link = {
    send: (event, message) => socket.emit(event, ...([message] as Parameters<ServerToClient[typeof event]>)),
    // The reply to the request that brought this about goes out first.
    drop: () => void setImmediate(() => socket.disconnect(true)),
  };
  listen(d, socket, { as: 'employee', attemptId, link }, () => {
    // It ended while its own request was under way, and may have been attached after it had left.
    if (!socket.connected) d.terminalLeft(attemptId, link, 0);
  });
  socket.on('disconnect', (reason) => {
    d.terminalLeft(attemptId, link, reason === 'ping timeout' ? pingTimeoutMs + pingIntervalMs : 0);
  });
}

function serveMonitor(d: SocketDeps, socket: AdilSocket, accountId: string, untilMs: number): void {
  let stop: (() => void) | null = null;
  const leave = d.staffJoined(accountId, socket);
  const sessionEnds = setTimeout(() => socket.disconnect(true), Math.max(0, untilMs));
  listen(d, socket, {
    as: 'staff',
    accountId,
    watch: (room) => {
      stop ??= room.watch((message) => socket.emit('room:changed', message));
    },
  });
  socket.on('disconnect', () => {
    clearTimeout(sessionEnds);
    leave();
    stop?.();
  });
}

/** Every event of the contract comes here with its acknowledgement; anything else is not an event of ours. */
function listen(d: SocketDeps, socket: AdilSocket, sender: Sender, answered = (): void => undefined): void {
  socket.onAny((name: string, message: unknown, ack: unknown) => {
    if (typeof ack !== 'function' || !isRequestName(name)) return;
    void d.answer(name, message, sender).then((reply) => {
      ack(reply);
      answered();
    });
  });
}
