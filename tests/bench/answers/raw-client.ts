/**
 * The cheapest websocket client that speaks socket.io: plain sockets and frames masked with zero, so that making the load costs less
 * than serving it. It understands what the servers of this bench send (unfragmented text) and nothing else.
 */
import { connect, type Socket } from 'node:net';

/** A text frame of a client, masked with the key 0, which leaves the bytes as they are. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const n = payload.length;
  if (n > 0xffff) throw new RangeError('longer than this client sends');
  const head = Buffer.alloc(n < 126 ? 6 : 8);
  head[0] = 0x81;
  head[1] = 0x80 | Math.min(n, 126);
  if (n >= 126) head.writeUInt16BE(n, 2);
  return Buffer.concat([head, payload]);
}

export interface RawClient {
  /** a whole frame */
  send(frame: Buffer): void;
  /** emits an event and waits for its acknowledgement; the parsed first argument of it */
  ask(event: string, message: unknown): Promise<unknown>;
  close(): void;
}

export interface RawClientOptions {
  readonly port: number;
  /** Cookie header, '' for none */
  readonly cookie: string;
  /** JSON text of the socket.io handshake's auth, '' for none */
  readonly auth: string;
  /** acknowledgements of frames sent with `send`: id and the bytes of the arguments */
  onAck(id: number, bytes: Buffer, from: number, to: number): void;
  onClose(why: string): void;
}

const zero = 48;
const pong = textFrame('3');
const pingReply = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
/** ids of `ask`; the caller's own ids for `send` start above */
export const firstSendId = 1_000;

/** Opens a connection; resolves when the socket.io handshake is done. */
export function openRawClient(o: RawClientOptions): Promise<RawClient> {
  return new Promise((resolve, reject) => {
    const asked = new Map<number, (reply: unknown) => void>();
    let lastId = 0;
    let rest: Buffer | null = null;
    let upgraded = false;
    const socket: Socket = connect({ port: o.port, host: '127.0.0.1', noDelay: true });
    const client: RawClient = {
      send: (frame) => void socket.write(frame),
      ask: (event, message) =>
        new Promise((heard) => {
          lastId += 1;
          asked.set(lastId, heard);
          socket.write(textFrame(`42${lastId}${JSON.stringify([event, message])}`));
        }),
      close: () => socket.destroy(),
    };

    const hear = (b: Buffer, from: number, to: number): void => {
      const kind = b[from];
      if (kind === zero) client.send(textFrame(`40${o.auth}`));
      else if (kind === zero + 2) client.send(pong);
      else if (kind === zero + 4 && b[from + 1] === zero) resolve(client);
      else if (kind === zero + 4 && b[from + 1] === zero + 4) end(`refused: ${b.toString('utf8', from, to)}`);
      else if (kind === zero + 4 && b[from + 1] === zero + 3) {
        let at = from + 2;
        let id = 0;
        for (let digit = (b[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (b[at] ?? 0) - zero) {
          id = id * 10 + digit;
          at += 1;
        }
        const heard = asked.get(id);
        if (heard) {
          asked.delete(id);
          const args: unknown = JSON.parse(b.toString('utf8', at, to));
          heard(Array.isArray(args) ? args[0] : null);
        } else o.onAck(id, b, at, to);
      }
    };

    let why = 'closed by the server';
    const end = (text: string): void => {
      why = text;
      socket.destroy();
    };

    socket.on('connect', () => {
      const cookie = o.cookie === '' ? '' : `Cookie: ${o.cookie}\r\n`;
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${o.port}\r\nOrigin: http://127.0.0.1:${o.port}\r\n${cookie}` +
          'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      );
    });
    socket.on('data', (chunk) => {
      let b = rest === null ? chunk : Buffer.concat([rest, chunk]);
      rest = null;
      if (!upgraded) {
        const headEnd = b.indexOf('\r\n\r\n');
        if (headEnd < 0) {
          rest = b;
          return;
        }
        if (b.toString('latin1', 9, 12) !== '101') return end(`no upgrade: ${b.toString('latin1', 0, 200)}`);
        upgraded = true;
        b = b.subarray(headEnd + 4);
      }
      let at = 0;
      while (b.length - at >= 2) {
        let n = (b[at + 1] ?? 0) & 127;
        let head = 2;
        if (n === 126) {
          if (b.length - at < 4) break;
          n = b.readUInt16BE(at + 2);
          head = 4;
        } else if (n === 127) {
          if (b.length - at < 10) break;
          n = Number(b.readBigUInt64BE(at + 2));
          head = 10;
        }
        if (b.length - at < head + n) break;
        if (((b[at] ?? 0) & 15) === 9) socket.write(pingReply);
        else hear(b, at + head, at + head + n);
        at += head + n;
      }
      if (at < b.length) rest = Buffer.from(b.subarray(at));
    });
    socket.on('error', (e) => (why = e.message));
    socket.on('close', () => {
      reject(new Error(why));
      o.onClose(why);
    });
  });
}
