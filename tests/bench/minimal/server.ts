/**
 * The speed of light: the least program that acknowledges an answer only after a durable commit. No sign-in, no shapes, no clock, no
 * chain. Answers that arrive together are committed together in a worker thread (SQLite, WAL, synchronous=FULL). The project's server
 * is measured against it.
 *
 * Environment: PORT, DB (file). Says {"ready":true} on its standard output.
 */
import { createServer } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';
import { Server } from 'socket.io';

type Row = readonly [session: string, item: string, seq: number, value: string, at: number];

function commitInWorker(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=WAL');
  db.exec('PRAGMA synchronous=FULL');
  db.exec('PRAGMA wal_autocheckpoint=4000');
  db.exec(
    'CREATE TABLE IF NOT EXISTS answer(session TEXT NOT NULL, item TEXT NOT NULL, seq INTEGER NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(session, item)) WITHOUT ROWID, STRICT',
  );
  const put = db.prepare(
    'INSERT INTO answer(session, item, seq, value, at) VALUES (?,?,?,?,?) ON CONFLICT(session, item) DO UPDATE SET seq=excluded.seq, value=excluded.value, at=excluded.at WHERE excluded.seq>answer.seq',
  );
  parentPort?.on('message', (rows: readonly Row[]) => {
    db.exec('BEGIN IMMEDIATE');
    for (const row of rows) put.run(...row);
    db.exec('COMMIT');
    parentPort?.postMessage(rows.length);
  });
}

function serve(port: number, file: string): void {
  const worker = new Worker(new URL(import.meta.url), { workerData: file });
  let rows: Row[] = [];
  let acks: (() => void)[] = [];
  let committing: (() => void)[] | null = null;
  let scheduled = false;

  const commit = (): void => {
    scheduled = false;
    if (committing !== null || rows.length === 0) return;
    committing = acks;
    worker.postMessage(rows);
    rows = [];
    acks = [];
  };
  worker.on('message', () => {
    const done = committing ?? [];
    committing = null;
    commit();
    for (const ack of done) ack();
  });
  worker.on('error', (e) => {
    throw e;
  });

  const http = createServer((_, reply) => reply.writeHead(404).end());
  const io = new Server(http, { transports: ['websocket'], serveClient: false, pingTimeout: 60_000 });
  io.on('connection', (socket) => {
    const session = `s-${String(socket.handshake.auth['n'] ?? socket.id)}`;
    socket.on(
      'answer',
      (
        m: { item?: unknown; seq?: unknown; val?: unknown },
        ack: (reply: { ok: 0 | 1; seq?: number }) => void,
      ) => {
        if (typeof m.item !== 'string' || typeof m.seq !== 'number') return ack({ ok: 0 });
        const { item, seq } = m;
        rows.push([session, item, seq, JSON.stringify(m.val), Date.now()]);
        acks.push(() => ack({ ok: 1, seq }));
        if (committing === null && !scheduled) {
          scheduled = true;
          setImmediate(commit);
        }
      },
    );
  });
  http.listen({ port, host: '127.0.0.1', backlog: 8192 }, () => process.stdout.write('{"ready":true}\n'));
  process.on('SIGTERM', () => process.exit(0));
}

if (isMainThread) serve(Number(process.env['PORT']), String(process.env['DB']));
else commitInWorker(String(workerData));
