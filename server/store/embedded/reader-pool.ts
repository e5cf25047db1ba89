/** The readers' threads as the writer sees them. A reader that dies is replaced; what it was asked is answered with an error. */
import { Worker } from 'node:worker_threads';
import { CommandError, errorReply } from './command-error.ts';
import type { Reply } from './commands/read-commands.ts';
import type { FromReader, ToReader } from './reader-messages.ts';

export interface ReaderPoolOptions {
  readonly file: string;
  readonly entry: string;
  /** 1 to 7 */
  readonly size: number;
  readonly onCheckpointed: () => void;
}

const restartPauseMs = 200;

interface Reader {
  readonly number: number;
  readonly worker: Worker;
  readonly pending: Map<number, (reply: Reply) => void>;
  readonly ended: Promise<void>;
}

export class ReaderPool {
  readonly #o: ReaderPoolOptions;
  readonly #readers: Reader[] = [];
  #nextId = 1;
  #closed = false;

  constructor(o: ReaderPoolOptions) {
    this.#o = o;
    for (let number = 1; number <= o.size; number++) this.#readers.push(this.#start(number));
  }

  /** @param number of the reader that must do it, or null for the least busy */
  read(bodyBytes: Uint8Array, number: number | null, answer: (reply: Reply) => void): void {
    const reader =
      number === null
        ? this.#readers.reduce((a, b) => (b.pending.size < a.pending.size ? b : a))
        : this.#readers.find((r) => r.number === number);
    if (reader === undefined) {
      answer(errorReply(new CommandError(43, 'cursor not found')));
      return;
    }
    const id = this.#nextId++;
    reader.pending.set(id, answer);
    const body = new Uint8Array(bodyBytes);
    post(reader, { kind: 'read', id, body }, [body.buffer]);
  }

  /** Asks the idlest reader to copy the write-ahead log into the file. */
  checkpoint(): void {
    const reader = this.#readers.reduce((a, b) => (b.pending.size < a.pending.size ? b : a));
    post(reader, { kind: 'checkpoint' });
  }

  reopen(): void {
    for (const reader of this.#readers) post(reader, { kind: 'reopen' });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const reader of this.#readers) post(reader, { kind: 'close' });
    await Promise.all(this.#readers.map((r) => r.ended));
  }

  #replace(number: number): void {
    if (!this.#closed) this.#readers[number - 1] = this.#start(number);
  }

  #start(number: number): Reader {
    const worker = new Worker(this.#o.entry, {
      workerData: { role: 'reader', file: this.#o.file, number },
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    });
    const ended = new Promise<void>((done) => worker.once('exit', () => done()));
    const reader: Reader = { number, worker, pending: new Map(), ended };
    worker.on('message', (m: FromReader) => {
      if (m.kind === 'checkpointed') this.#o.onCheckpointed();
      if (m.kind !== 'reply') return;
      const answer = reader.pending.get(m.id);
      reader.pending.delete(m.id);
      answer?.(Buffer.from(m.body.buffer, m.body.byteOffset, m.body.byteLength));
    });
    worker.on('error', () => {});
    worker.on('exit', () => {
      for (const answer of reader.pending.values())
        answer(errorReply(new CommandError(1, 'the reading thread ended')));
      reader.pending.clear();
      if (!this.#closed) setTimeout(() => this.#replace(number), restartPauseMs);
    });
    return reader;
  }
}

function post(reader: Reader, m: ToReader, transfer: ArrayBuffer[] = []): void {
  reader.worker.postMessage(m, transfer);
}
