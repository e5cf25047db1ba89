/** The socket of the store: cuts the byte stream into messages and hands each command on. */
import { createServer, type Server, type Socket } from 'node:net';
import { errorReply } from './command-error.ts';
import { greetingCommands } from './commands/greeting-commands.ts';
import type { Reply } from './commands/read-commands.ts';
import { encodeDoc } from './decode-bson.ts';
import { encodeReply, maxMessageBytes, parseMessage, ProtocolError, type Request } from './wire-protocol.ts';

export interface ServeOptions {
  /** path of the unix socket */
  readonly path: string;
  /** must answer every request exactly once; the reply may be an encoded document */
  readonly handle: (request: Request, answer: (reply: Reply) => void) => void;
  readonly now: () => number;
}

export interface Serving {
  /** stops listening, sends the replies that are written, closes every connection */
  close(): Promise<void>;
}

export async function serveConnections(o: ServeOptions): Promise<Serving> {
  const sockets = new Set<Socket>();
  let connectionId = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const greeter = { me: o.path, connectionId: ++connectionId, now: o.now };
    const reply = (request: Request, body: Reply): void => {
      if (!request.silent && !socket.destroyed) socket.write(encodeReply(request, encodeBody(body)));
    };
    const onMessage = (m: Buffer): void => {
      let request: Request;
      try {
        request = parseMessage(m);
      } catch (e) {
        if (e instanceof ProtocolError) throw e;
        socket.write(
          encodeReply(
            { requestId: m.readInt32LE(4), legacy: m.readInt32LE(12) === 2004 },
            encodeDoc(errorReply(e)),
          ),
        );
        return;
      }
      const { name } = request.command;
      const greet = Object.hasOwn(greetingCommands, name) ? greetingCommands[name] : undefined;
      if (greet !== undefined) reply(request, greet(greeter));
      else o.handle(request, (body) => reply(request, body));
    };
    readMessages(socket, onMessage);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(o.path, () => done());
  });
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroySoon();
      }),
  };
}

/** A reply that cannot be encoded is an error of its command, never of the thread. */
function encodeBody(body: Reply): Buffer {
  if (Buffer.isBuffer(body)) return body;
  try {
    return encodeDoc(body);
  } catch (e) {
    return encodeDoc(errorReply(e));
  }
}

/** Calls back with each whole message; a message that breaks the protocol ends the connection. */
function readMessages(socket: Socket, onMessage: (m: Buffer) => void): void {
  let chunks: Buffer[] = [];
  let have = 0;
  let need = 16;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    have += chunk.length;
    if (have < need) return;
    const all = chunks.length === 1 ? chunk : Buffer.concat(chunks, have);
    let at = 0;
    need = 16;
    while (all.length - at >= 16) {
      const length = all.readInt32LE(at);
      if (length < 16 || length > maxMessageBytes) {
        socket.destroy();
        return;
      }
      if (all.length - at < length) {
        need = length;
        break;
      }
      try {
        onMessage(all.subarray(at, at + length));
      } catch {
        socket.destroy();
        return;
      }
      at += length;
    }
    chunks = at === all.length ? [] : [all.subarray(at)];
    have = all.length - at;
  });
}
