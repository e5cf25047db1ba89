/** A reader's thread: find, aggregate and the like on a connection of its own, so that no long read holds up the writer. */
import type { MessagePort } from 'node:worker_threads';
import { Catalog } from './catalog.ts';
import { CommandError, errorReply } from './command-error.ts';
import { readCommands } from './commands/read-commands.ts';
import { CursorTable } from './cursors.ts';
import { encodeDoc } from './decode-bson.ts';
import { faultError, toStorageFault } from './storage-fault.ts';
import type { OpenDatabase } from './open-database.ts';
import type { FromReader, ToReader } from './reader-messages.ts';
import { durabilityPragmas, SqlConnection } from './sql-connection.ts';
import { parseCommand } from './wire-protocol.ts';

export interface ReaderOptions {
  readonly file: string;
  readonly port: MessagePort;
  /** 1 to 7 */
  readonly number: number;
  readonly openDatabase: OpenDatabase;
}

export function runReader(o: ReaderOptions): void {
  const cursors = new CursorTable(o.number, () => Date.now());
  let connection: Connection | null = null;
  const say = (m: FromReader): void =>
    o.port.postMessage(m, m.kind === 'reply' ? [m.body.buffer as ArrayBuffer] : []);

  const disconnect = (): void => {
    const old = connection;
    connection = null;
    old?.sql.close();
  };
  const handle = async (m: ToReader): Promise<void> => {
    if (m.kind === 'read') {
      let reply: Buffer;
      try {
        connection ??= await connect(o);
        reply = readSnapshot(connection, cursors, m.body);
      } catch (e) {
        const fault = toStorageFault(e);
        if (fault?.kind === 'broken') disconnect();
        reply = encodeDoc(errorReply(fault === null ? e : faultError(fault)));
      }
      // A copy of its own, because a pooled buffer cannot be handed over.
      say({ kind: 'reply', id: m.id, body: new Uint8Array(reply) });
    } else if (m.kind === 'checkpoint') {
      try {
        connection ??= await connect(o);
        connection.sql.pragma('wal_checkpoint(PASSIVE)');
      } catch {
        // The writer hears of a broken disk itself, and asks again.
      }
      say({ kind: 'checkpointed' });
    } else {
      disconnect();
      if (m.kind === 'close') o.port.close();
    }
  };
  let last = Promise.resolve();
  o.port.on('message', (m: ToReader) => {
    last = last.then(() => handle(m));
  });
}

interface Connection {
  readonly sql: SqlConnection;
  readonly catalog: Catalog;
}

async function connect(o: ReaderOptions): Promise<Connection> {
  const sql = new SqlConnection(await o.openDatabase(o.file));
  sql.exec(`${durabilityPragmas}; PRAGMA cache_size = -4096; PRAGMA query_only = 1`);
  return { sql, catalog: new Catalog(sql) };
}

/** Runs one command on one snapshot. @throws faults of the storage and of the command */
function readSnapshot({ sql, catalog }: Connection, cursors: CursorTable, body: Uint8Array): Buffer {
  const command = parseCommand(body, new Map(), null);
  const run = Object.hasOwn(readCommands, command.name) ? readCommands[command.name] : undefined;
  if (run === undefined) throw new CommandError(59, `no such command: '${command.name}'`);
  sql.prepared('BEGIN').run();
  try {
    catalog.refresh();
    const reply = run({ sql, catalog, cursors, now: () => performance.now() }, command);
    return Buffer.isBuffer(reply) ? reply : encodeDoc(reply);
  } finally {
    sql.prepared('COMMIT').run();
  }
}
