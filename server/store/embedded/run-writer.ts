/** The writer's thread: the socket, the write lane, and the readers it hands reads to. */
import type { MessagePort } from 'node:worker_threads';
import { CommandError, errorReply } from './command-error.ts';
import { cursorId, type Reply } from './commands/read-commands.ts';
import { cursorOwner } from './cursors.ts';
import type { OpenDatabase } from './open-database.ts';
import { ReaderPool } from './reader-pool.ts';
import { serveConnections } from './serve-connections.ts';
import { sessionKey, sessionStep } from './sessions.ts';
import type { Request } from './wire-protocol.ts';
import { WriteLane, type LaneHealth } from './write-lane.ts';
import { isWriteCommand, WriterStore, type Clocks } from './writer-store.ts';
import { isDoc } from './decode-bson.ts';

export interface WriterOptions {
  readonly file: string;
  readonly socketPath: string;
  /** the built file that a reader's thread is started from */
  readonly entry: string;
  readonly readers: number;
  readonly transactionLimitMs: number;
  readonly expireEveryMs: number;
  readonly openDatabase: OpenDatabase;
  /** to the thread that started the store */
  readonly port: MessagePort;
}

export type FromWriter =
  | { readonly kind: 'listening' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'health'; readonly health: LaneHealth }
  | { readonly kind: 'closed' };

/** Pages in the write-ahead log that make a reader copy it into the file, and that make the writer do it itself: 32 and 128 MB. */
const checkpointAtPages = 4096;
const checkpointHerePages = 4 * checkpointAtPages;

export async function runWriter(o: WriterOptions): Promise<void> {
  const clocks: Clocks = { wall: () => Date.now(), monotonic: () => performance.now() };
  const say = (m: FromWriter): void => o.port.postMessage(m);
  const store = new WriterStore(await o.openDatabase(o.file), clocks);

  let pages = 0;
  let checkpointing = false;
  const copyLog = (): void => lane.betweenGroups((s) => s.sql.pragma('wal_checkpoint(PASSIVE)'));
  const onCommit = (committed: WriterStore): void => {
    pages += committed.takeChangedPages();
    if (pages > checkpointHerePages) {
      pages = 0;
      setImmediate(copyLog);
    } else if (pages > checkpointAtPages && !checkpointing) {
      checkpointing = true;
      readers.checkpoint();
    }
  };
  const readers = new ReaderPool({
    file: o.file,
    entry: o.entry,
    size: o.readers,
    onCheckpointed: () => {
      checkpointing = false;
      pages = 0;
      // Copies the few pages written meanwhile, so that the log can begin anew.
      copyLog();
    },
  });
  const lane = new WriteLane(store, {
    transactionLimitMs: o.transactionLimitMs,
    reopenPauseMs: 500,
    onCommit,
    onHealth: (health) => say({ kind: 'health', health }),
    reopen: async () => {
      const opened = new WriterStore(await o.openDatabase(o.file), clocks);
      try {
        checkFile(opened);
      } catch (e) {
        opened.sql.close();
        throw e;
      }
      readers.reopen();
      return opened;
    },
  });

  const handle = (request: Request, answer: (reply: Reply) => void): void => {
    try {
      route(request, answer);
    } catch (e) {
      answer(errorReply(e));
    }
  };
  const route = (request: Request, answer: (reply: Reply) => void): void => {
    const { command } = request;
    const { name, body } = command;
    const step = sessionStep(command);
    if (step?.inTransaction === true) {
      if (name === 'create' || name === 'drop' || name === 'dropDatabase' || name.endsWith('Indexes'))
        throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.`);
      lane.submit({ command, answer });
    } else if (isWriteCommand(name)) lane.submit({ command, answer });
    else if (name === 'endSessions') {
      const ids = body['endSessions'];
      if (Array.isArray(ids)) for (const lsid of ids as unknown[]) endSession(lsid);
      answer({ ok: 1 });
    } else if (name === 'commitTransaction' || name === 'abortTransaction')
      throw new CommandError(72, `'${name}' outside a transaction`);
    else readers.read(request.bodyBytes, readerOf(name, body), answer);
  };
  const endSession = (lsid: unknown): void => {
    const key = sessionKey(lsid);
    if (key !== null) lane.endSession(key);
  };

  const serving = await serveConnections({ path: o.socketPath, handle, now: clocks.wall });
  const sweep = setInterval(() => lane.expire(500), o.expireEveryMs);
  o.port.on('message', (m: unknown) => {
    if (!isDoc(m) || m['kind'] !== 'close') return;
    clearInterval(sweep);
    lane.close();
    void Promise.all([serving.close(), readers.close()]).then(() => {
      say({ kind: 'closed' });
      o.port.close();
    });
  });
  say({ kind: 'listening' });
}

/** Number of the reader that holds the cursor of the command; null when any reader will do. */
function readerOf(name: string, body: Readonly<Record<string, unknown>>): number | null {
  if (name === 'getMore') return cursorOwner(cursorId(body['getMore']));
  if (name !== 'killCursors') return null;
  const ids = body['cursors'];
  return Array.isArray(ids) && ids.length > 0 ? cursorOwner(cursorId(ids[0])) : null;
}

/**
 * After a failed sync the file must prove itself: structure checked, the log copied into the file and synced, one write committed.
 * @throws when any of it fails
 */
function checkFile(store: WriterStore): void {
  const verdict = store.sql.pragma('quick_check(1)');
  if (verdict !== 'ok') throw new Error(`the store file is damaged: ${String(verdict)}`);
  const busy = store.sql.pragma('wal_checkpoint(TRUNCATE)');
  if (busy !== 0 && busy !== 0n) throw new Error('the write-ahead log is in use');
  store.sql.exec(`INSERT OR REPLACE INTO meta VALUES('checked', ${Date.now()})`);
}
