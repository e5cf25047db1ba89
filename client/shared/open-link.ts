/**
 * The one connection of a page: a websocket that is opened again with a jittered wait, and POST requests where no websocket can be
 * opened. Only `hello` knows what must be said first on every new connection.
 */
import { io } from 'socket.io-client';
import type { In, Reply, RequestName, ServerToClient } from '../../server/wire/contract.ts';
import { askByHttp, type Ask } from './ask.ts';
import { backOffMs, stableAfterMs } from './back-off.ts';

/** 'connecting' also while the first words are exchanged; 'live' by websocket; 'http' by requests; 'lost' between tries. */
export type LinkState = 'connecting' | 'live' | 'http' | 'lost' | 'stopped';

export interface LinkOptions {
  /** one browser may hold a staff session and a terminal's seat: the handshake says as whom this page speaks */
  readonly as: 'employee' | 'staff';
  /** Says the first words. 'ready': the link may be used; 'again': no usable reply, try later; 'stop': trying is of no use. */
  readonly hello: (ask: Ask) => Promise<'ready' | 'again' | 'stop'>;
  readonly pushes: Partial<ServerToClient>;
  readonly changed: (state: LinkState) => void;
  /** without a websocket nothing is pushed: hello is said again while this is true */
  readonly pollWhile: () => boolean;
  readonly pollMs: number;
  readonly random: () => number;
}

export interface Link {
  readonly ask: Ask;
  /** opens, or opens anew */
  readonly restart: () => void;
  readonly stop: () => void;
}

const openTimeoutMs = 6_000;
/** While requests go by HTTP, the websocket is tried again after this. */
const upgradeAfterMs = 20_000;

export function openLink(options: LinkOptions): Link {
  const socket = io({
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    query: { as: options.as },
    timeout: openTimeoutMs,
  });
  let state: LinkState = 'stopped';
  let failedOpenings = 0;
  let tries = 0;
  /** every restart, stop or new connection makes the earlier ones' continuations void */
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stableTimer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: LinkState) => {
    if (state === next) return;
    state = next;
    options.changed(next);
  };

  const askBySocket: Ask = async <K extends RequestName>(name: K, message: In<K>, timeoutMs: number) => {
    try {
      const reply: Reply<K> = await socket.timeout(timeoutMs).emitWithAck(name, message);
      return reply;
    } catch {
      return null;
    }
  };

  const later = (waitMs: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, waitMs);
  };

  const tryLater = () => {
    become('lost');
    const waitMs = backOffMs(tries, options.random());
    tries += 1;
    later(waitMs, openSocket);
  };

  const openSocket = () => {
    round += 1;
    if (state !== 'http') become('connecting');
    socket.connect();
  };

  const closeSocket = () => {
    clearTimeout(stableTimer);
    socket.disconnect();
  };

  const greet = async (road: 'live' | 'http', ask: Ask) => {
    const mine = round;
    become('connecting');
    const answer = await options.hello(ask);
    if (mine !== round) return;
    if (answer === 'stop') return stop();
    if (answer === 'again') {
      if (road === 'live') closeSocket();
      return tryLater();
    }
    become(road);
    if (road === 'live') {
      failedOpenings = 0;
      clearTimeout(timer);
      clearTimeout(stableTimer);
      stableTimer = setTimeout(() => (tries = 0), stableAfterMs);
    } else {
      tries = 0;
      keepPolling(performance.now() + upgradeAfterMs);
    }
  };

  const keepPolling = (upgradeAt: number) => {
    later(Math.min(options.pollMs, upgradeAfterMs), () => {
      if (performance.now() >= upgradeAt) openSocket();
      else if (options.pollWhile()) void greetAgain(upgradeAt);
      else keepPolling(upgradeAt);
    });
  };

  const greetAgain = async (upgradeAt: number) => {
    const mine = round;
    const answer = await options.hello(askByHttp);
    if (mine !== round) return;
    if (answer === 'stop') stop();
    else if (answer === 'again') tryLater();
    else keepPolling(upgradeAt);
  };

  socket.on('connect', () => void greet('live', askBySocket));
  socket.on('connect_error', (error) => {
    if (state === 'stopped') return;
    failedOpenings += 1;
    if (state === 'http') keepPolling(performance.now() + upgradeAfterMs);
    // The server is there and says no to this cookie: a request tells for certain, without another try.
    else if (failedOpenings >= 2 || error.message === 'NOT_SIGNED_IN') void greet('http', askByHttp);
    else tryLater();
  });
  socket.on('disconnect', (reason) => {
    clearTimeout(stableTimer);
    if (state === 'stopped' || reason === 'io client disconnect') return;
    round += 1;
    tryLater();
  });
  // The cable is back in: the wait may end early, still spread over the room.
  window.addEventListener('online', () => {
    if (state === 'lost') later(options.random() * 500, openSocket);
  });
  const hear = <E extends keyof ServerToClient>(event: E, listener: ServerToClient[E] | undefined) => {
    if (listener !== undefined) socket.on<string>(event, listener);
  };
  hear('attempt:superseded', options.pushes['attempt:superseded']);
  hear('attempt:changed', options.pushes['attempt:changed']);
  hear('room:changed', options.pushes['room:changed']);

  function stop() {
    round += 1;
    clearTimeout(timer);
    become('stopped');
    closeSocket();
  }

  return {
    ask: async (name, message, timeoutMs) => {
      if (state === 'live') return askBySocket(name, message, timeoutMs);
      if (state !== 'http') return null;
      const reply = await askByHttp(name, message, timeoutMs);
      if (reply === null && state === 'http') tryLater();
      return reply;
    },
    restart: () => {
      stop();
      tries = 0;
      state = 'connecting';
      options.changed(state);
      openSocket();
    },
    stop,
  };
}
