/** A client of the wire protocol that says exactly what a test wants, right or wrong. */
import { connect, type Socket } from 'node:net';
import mongoose from 'mongoose';
import { crc32c } from '../../server/store/embedded/crc32c.ts';

const { serialize, deserialize } = mongoose.mongo.BSON;

export interface WireClient {
  /** sends the command and waits for its reply */
  command(
    body: object,
    o?: { sequences?: Record<string, object[]>; checksum?: boolean; flags?: number },
  ): Promise<Record<string, unknown>>;
  /** sends bytes as they are */
  send(bytes: Uint8Array): void;
  /** resolves when the other side has closed the connection */
  readonly closed: Promise<void>;
  end(): void;
}

/** Path of the socket in a mongodb:// uri of the embedded store. */
export function socketPath(uri: string): string {
  return decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '');
}

export function opMsg(
  requestId: number,
  body: object,
  o: { sequences?: Record<string, object[]>; checksum?: boolean; flags?: number } = {},
): Buffer {
  const parts: Uint8Array[] = [Buffer.from([0]), serialize(body)];
  for (const [name, docs] of Object.entries(o.sequences ?? {})) {
    const content = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((d) => serialize(d))]);
    const length = Buffer.alloc(4);
    length.writeInt32LE(content.length + 4);
    parts.push(Buffer.from([1]), length, content);
  }
  const head = Buffer.alloc(20);
  head.writeInt32LE(20 + parts.reduce((n, p) => n + p.length, 0) + (o.checksum === true ? 4 : 0), 0);
  head.writeInt32LE(requestId, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE((o.flags ?? 0) | (o.checksum === true ? 1 : 0), 16);
  const message = Buffer.concat([head, ...parts]);
  if (o.checksum !== true) return message;
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32c(message));
  return Buffer.concat([message, sum]);
}

export async function connectWire(uri: string): Promise<WireClient> {
  const socket: Socket = connect(socketPath(uri));
  await new Promise<void>((done, fail) => {
    socket.once('connect', () => done());
    socket.once('error', fail);
  });
  const waiting = new Map<number, (reply: Record<string, unknown>) => void>();
  let buffer: Buffer = Buffer.alloc(0);
  socket.on('data', (d: Buffer) => {
    buffer = Buffer.concat([buffer, d]);
    while (buffer.length >= 16 && buffer.length >= buffer.readInt32LE(0)) {
      const length = buffer.readInt32LE(0);
      const reply = deserialize(buffer.subarray(buffer.readInt32LE(12) === 1 ? 36 : 21, length));
      waiting.get(buffer.readInt32LE(8))?.(reply);
      buffer = buffer.subarray(length);
    }
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((done) => socket.once('close', () => done()));
  let next = 1;
  return {
    closed,
    end: () => socket.destroy(),
    send: (bytes) => void socket.write(bytes),
    command: (body, o) =>
      new Promise((done, fail) => {
        const id = next++;
        waiting.set(id, done);
        void closed.then(() => fail(new Error('the connection was closed')));
        socket.write(opMsg(id, body, o));
      }),
  };
}
