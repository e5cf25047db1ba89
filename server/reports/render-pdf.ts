import { Worker } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import type { PdfJob, PdfReply } from './pdf-worker.ts';
import type { ReportDocument } from './report-document.ts';

export interface PdfRenderer {
  /**
   * PDF/A-2a, tagged, in the document's language. The same document and `createdAt` (ms since the epoch, kept to the second) give the same
   * bytes. Rejects with BUSY when too many wait, and with an Error when the worker fails or is closed.
   */
  render(document: ReportDocument, createdAt: number): Promise<Buffer>;
  close(): Promise<void>;
}

export interface PdfRendererOptions {
  /** the built worker, e.g. dist/server/reports/pdf-worker.js */
  readonly workerFile: string;
  /** folder of package.json, templates/ and (above or in it) node_modules/ */
  readonly root: string;
  /** how many documents may wait; the next is refused with BUSY */
  readonly queueLimit?: number;
  /** a document that takes longer counts as a crash of the worker */
  readonly limitMs?: number;
}

interface Waiting {
  readonly job: PdfJob;
  readonly resolve: (pdf: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Renders one document at a time in a worker thread, so that the main thread goes on answering terminals. A crash costs the one document
 * being rendered; the next one starts a new worker.
 */
export function createPdfRenderer({
  workerFile,
  root,
  queueLimit = 64,
  limitMs = 30_000,
}: PdfRendererOptions): PdfRenderer {
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let current: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function settle(act: (waiting: Waiting) => void): void {
    clearTimeout(timer);
    const waiting = current;
    current = null;
    if (waiting !== null) act(waiting);
    next();
  }

  function lose(lost: Worker, error: Error): void {
    if (worker !== lost) return;
    worker = null;
    void lost.terminate();
    settle((w) => w.reject(error));
  }

  function start(): Worker {
    const started = new Worker(workerFile, { workerData: { root } });
    started.on('message', (reply: PdfReply) => {
      if (worker !== started) return;
      settle((w) => {
        if (reply.ok) w.resolve(Buffer.from(reply.pdf.buffer, reply.pdf.byteOffset, reply.pdf.byteLength));
        else w.reject(new Error(`the report could not be made into a PDF: ${reply.message}`));
      });
    });
    started.on('error', (error) => lose(started, new Error('the PDF worker failed', { cause: error })));
    started.on('exit', (code) => lose(started, new Error(`the PDF worker ended with code ${code}`)));
    return started;
  }

  function next(): void {
    if (closed || current !== null) return;
    const waiting = queue.shift();
    if (waiting === undefined) return;
    current = waiting;
    worker ??= start();
    const busy = worker;
    timer = setTimeout(() => lose(busy, new Error(`the PDF was not ready after ${limitMs} ms`)), limitMs);
    busy.postMessage(waiting.job);
  }

  return {
    render(document, createdAt) {
      if (closed) return Promise.reject(new Error('the PDF renderer is closed'));
      if (queue.length >= queueLimit)
        return Promise.reject(new Refusal('BUSY', 'too many reports are waiting for their PDF'));
      return new Promise<Buffer>((resolve, reject) => {
        queue.push({ job: { document, createdAt }, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      const ended = new Error('the PDF renderer is closed');
      current?.reject(ended);
      current = null;
      for (const waiting of queue.splice(0)) waiting.reject(ended);
      const last = worker;
      worker = null;
      await last?.terminate();
    },
  };
}
