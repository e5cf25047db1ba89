/**
 * The one lane of writes. Commands that arrive in the same moment share one SQLite transaction, each in its own savepoint, and are
 * answered only after the COMMIT has returned. A multi-statement transaction of a client holds the lane for a limited time.
 */
import { CommandError, errorReply } from './command-error.ts';
import type { Reply } from './commands/read-commands.ts';
import { SessionMemory, sessionStep, type SessionStep } from './sessions.ts';
import { faultError, toStorageFault, type StorageFault } from './storage-fault.ts';
import type { Command } from './wire-protocol.ts';
import type { WriterStore } from './writer-store.ts';

export interface Job {
  readonly command: Command;
  readonly answer: (reply: Reply) => void;
}

export interface LaneOptions {
  /** opens the file again and checks it; rejects while it cannot be used */
  readonly reopen: () => Promise<WriterStore>;
  /** told at every change of state */
  readonly onHealth: (health: LaneHealth) => void;
  /** a client's transaction is aborted after this time */
  readonly transactionLimitMs: number;
  /** pause between attempts to open a broken file */
  readonly reopenPauseMs: number;
  /** called after each durable commit */
  readonly onCommit: (store: WriterStore) => void;
}

export interface LaneHealth {
  readonly state: 'ready' | 'checking' | 'closed';
  readonly fault: string | null;
}

interface OpenTransaction {
  readonly step: SessionStep;
  readonly timer: NodeJS.Timeout;
}

export class WriteLane {
  readonly #o: LaneOptions;
  readonly #sessions = new SessionMemory();
  #store: WriterStore | null;
  #queue: Job[] = [];
  #waiting: Job[] = [];
  #armed = false;
  #transaction: OpenTransaction | null = null;
  #closed = false;

  /** answers of the group that is not committed yet */
  #group: { job: Job; reply: Reply; step: SessionStep | null }[] = [];
  #groupOpen = false;

  constructor(store: WriterStore, o: LaneOptions) {
    this.#store = store;
    this.#o = o;
  }

  submit(job: Job): void {
    this.#queue.push(job);
    this.#arm();
  }

  /** Deletes expired documents in a group of its own. */
  expire(limit: number): void {
    const store = this.#store;
    if (store === null || this.#transaction !== null || this.#closed) return;
    try {
      this.#begin(store);
      if (store.expire(limit) === 0) this.#rollback(store);
      else this.#commitGroup(store);
    } catch (e) {
      this.#failGroup(store, e);
    }
  }

  /** Runs on the connection between groups; not called while a transaction or a check is open. */
  betweenGroups(task: (store: WriterStore) => void): void {
    if (this.#store === null || this.#transaction !== null || this.#closed) return;
    try {
      task(this.#store);
    } catch (e) {
      this.#failGroup(this.#store, e);
    }
  }

  /** A session ended: its open transaction is aborted. */
  endSession(session: string): void {
    this.#sessions.forget(session);
    if (this.#transaction?.step.session === session) this.#abort();
  }

  /** Answers everything that is queued, aborts an open transaction, closes the file. */
  close(): void {
    if (this.#transaction !== null) this.#abort();
    this.#flush();
    this.#closed = true;
    this.#store?.sql.close();
    this.#store = null;
    this.#o.onHealth({ state: 'closed', fault: null });
  }

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#armed = false;
    const jobs = this.#queue;
    this.#queue = [];
    const store = this.#store;
    if (store === null) {
      const reply = errorReply(faultError({ kind: 'broken', message: '' }));
      for (const job of jobs) job.answer(reply);
      return;
    }
    let next = 0;
    try {
      for (; next < jobs.length; next++) {
        const job = jobs[next];
        if (job !== undefined) this.#take(store, job);
      }
      if (this.#groupOpen) this.#commitGroup(store);
    } catch (e) {
      const rest = jobs.slice(next);
      this.#failGroup(store, e, rest);
    }
  }

  #take(store: WriterStore, job: Job): void {
    let step: SessionStep | null;
    try {
      step = sessionStep(job.command);
      if (step?.inTransaction === true) {
        this.#takeInTransaction(store, job, step);
        return;
      }
      if (this.#transaction !== null) {
        this.#waiting.push(job);
        return;
      }
      const earlier = step === null ? null : this.#earlier(step);
      if (earlier !== null) {
        this.#group.push({ job, reply: earlier, step: null });
        if (!this.#groupOpen) this.#answerGroup();
        return;
      }
    } catch (e) {
      if (toStorageFault(e) !== null) throw e;
      job.answer(errorReply(e));
      return;
    }
    if (!this.#groupOpen) this.#begin(store);
    this.#group.push({ job, reply: this.#run(store, job.command), step });
  }

  /** A repeat can stand in the same group as its first try. */
  #earlier(step: SessionStep): Reply | null {
    const inGroup = this.#group.find(
      (g) => g.step?.session === step.session && g.step.txnNumber === step.txnNumber,
    );
    return inGroup?.reply ?? this.#sessions.earlierReply(step);
  }

  #takeInTransaction(store: WriterStore, job: Job, step: SessionStep): void {
    const { name } = job.command;
    const open = this.#transaction;
    if (step.starts) {
      if (open !== null && open.step.session !== step.session) {
        this.#waiting.push(job);
        return;
      }
      if (open !== null) this.#abort();
      this.#sessions.earlierReply(step);
      if (this.#groupOpen) this.#commitGroup(store);
      this.#begin(store);
      this.#groupOpen = false;
      const timer = setTimeout(() => this.#abort(), this.#o.transactionLimitMs);
      this.#transaction = { step, timer };
    } else if (
      open === null ||
      open.step.session !== step.session ||
      open.step.txnNumber !== step.txnNumber
    ) {
      if (name === 'commitTransaction' && this.#sessions.wasCommitted(step)) job.answer({ ok: 1 });
      else throw noSuchTransaction(step);
      return;
    }
    if (name === 'commitTransaction') this.#commitTransaction(store, job, step);
    else if (name === 'abortTransaction') {
      this.#abort();
      job.answer({ ok: 1 });
    } else {
      const reply = this.#run(store, job.command);
      if (!Buffer.isBuffer(reply) && (reply['ok'] === 0 || reply['writeErrors'] !== undefined)) this.#abort();
      job.answer(reply);
    }
  }

  #commitTransaction(store: WriterStore, job: Job, step: SessionStep): void {
    this.#group = [{ job, reply: { ok: 1 }, step: null }];
    this.#endTransaction(store);
    this.#commitGroup(store);
    this.#sessions.rememberCommit(step);
  }

  #abort(): void {
    const store = this.#store;
    if (store === null) return;
    this.#endTransaction(store);
    try {
      this.#rollback(store);
    } catch (e) {
      this.#failGroup(store, e);
    }
  }

  /** Frees the lane; the work itself is still to be committed or rolled back. */
  #endTransaction(store: WriterStore): void {
    clearTimeout(this.#transaction?.timer);
    this.#transaction = null;
    store.cursors.closeAll();
    if (this.#waiting.length === 0) return;
    // Plain writes go first, so that they wait for one transaction at most.
    const starts = this.#waiting.filter((job) => job.command.body['startTransaction'] === true);
    const plain = this.#waiting.filter((job) => !starts.includes(job));
    this.#queue = [...plain, ...starts, ...this.#queue];
    this.#waiting = [];
    this.#arm();
  }

  #begin(store: WriterStore): void {
    store.sql.prepared('BEGIN IMMEDIATE').run();
    this.#groupOpen = true;
  }

  #run(store: WriterStore, command: Command): Reply {
    try {
      return store.atomically(() => store.execute(command));
    } catch (e) {
      if (toStorageFault(e) !== null) throw e;
      return errorReply(e);
    }
  }

  #commitGroup(store: WriterStore): void {
    store.sql.prepared('COMMIT').run();
    this.#groupOpen = false;
    this.#answerGroup();
    this.#o.onCommit(store);
  }

  #answerGroup(): void {
    const group = this.#group;
    this.#group = [];
    for (const { job, reply, step } of group) {
      if (step !== null) this.#sessions.rememberReply(step, reply);
      job.answer(reply);
    }
  }

  #rollback(store: WriterStore): void {
    this.#groupOpen = false;
    store.sql.exec('ROLLBACK');
    store.catalog.refresh();
  }

  /** The group is lost: everyone in it hears so, and after anything but a full disk the file is opened anew and checked. */
  #failGroup(store: WriterStore, e: unknown, rest: readonly Job[] = []): void {
    const fault: StorageFault = toStorageFault(e) ?? {
      kind: 'broken',
      message: e instanceof Error ? e.message : 'unknown fault',
    };
    const lost = this.#group.map((g) => g.job);
    this.#group = [];
    if (this.#transaction !== null) this.#endTransaction(store);
    const reply = errorReply(faultError(fault));
    for (const job of new Set([...lost, ...rest])) job.answer(reply);
    try {
      this.#rollback(store);
    } catch {
      // SQLite has rolled back by itself, or the connection is beyond use and is closed below.
    }
    if (fault.kind === 'broken') this.#reopen(store, fault);
    else {
      try {
        store.catalog.refresh(true);
      } catch (again) {
        this.#reopen(store, toStorageFault(again) ?? fault);
      }
    }
  }

  #reopen(store: WriterStore, fault: StorageFault): void {
    this.#store = null;
    this.#o.onHealth({ state: 'checking', fault: fault.message });
    try {
      store.sql.close();
    } catch {
      // The check below opens a new connection in any case.
    }
    const attempt = (): void => {
      if (this.#closed) return;
      this.#o.reopen().then(
        (opened) => {
          if (this.#closed) opened.sql.close();
          else {
            this.#store = opened;
            this.#o.onHealth({ state: 'ready', fault: null });
          }
        },
        (e: unknown) => {
          this.#o.onHealth({ state: 'checking', fault: e instanceof Error ? e.message : fault.message });
          setTimeout(attempt, this.#o.reopenPauseMs);
        },
      );
    };
    attempt();
  }
}

function noSuchTransaction(step: SessionStep): CommandError {
  return new CommandError(
    251,
    `Given transaction number ${step.txnNumber} does not match any in-progress transactions.`,
    {
      labels: ['TransientTransactionError'],
    },
  );
}
