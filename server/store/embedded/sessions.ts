/** What the store remembers of each driver session: the last retryable write, or the last transaction, by transaction number. */
import { Binary } from 'bson';
import { CommandError } from './command-error.ts';
import { isDoc } from './decode-bson.ts';
import type { Reply } from './commands/read-commands.ts';
import type { Command } from './wire-protocol.ts';

const maxSessions = 10_000;

/** Where a command stands in its session; null for a plain command. */
export interface SessionStep {
  readonly session: string;
  readonly txnNumber: bigint;
  /** false: a retryable write */
  readonly inTransaction: boolean;
  readonly starts: boolean;
}

/** @throws CommandError for a transaction number without a session */
export function sessionStep(command: Command): SessionStep | null {
  const { lsid, txnNumber, autocommit, startTransaction } = command.body;
  if (txnNumber === undefined) {
    if (autocommit !== undefined || startTransaction !== undefined)
      throw new CommandError(72, 'transaction fields without a txnNumber');
    return null;
  }
  const session = sessionKey(lsid);
  if (session === null) throw new CommandError(72, 'txnNumber needs an lsid');
  if (typeof txnNumber !== 'bigint' && typeof txnNumber !== 'number')
    throw new CommandError(14, 'txnNumber must be a long');
  if (autocommit !== undefined && autocommit !== false)
    throw new CommandError(72, 'autocommit can only be false');
  return {
    session,
    txnNumber: BigInt(txnNumber),
    inTransaction: autocommit === false,
    starts: startTransaction === true,
  };
}

export function sessionKey(lsid: unknown): string | null {
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  return id instanceof Binary ? id.toString('hex') : null;
}

interface Remembered {
  txnNumber: bigint;
  /** reply of the retryable write */
  reply: Reply | null;
  committed: boolean;
}

export class SessionMemory {
  readonly #sessions = new Map<string, Remembered>();

  /**
   * The reply that a repeated retryable write got the first time.
   * @throws CommandError TransactionTooOld when the session has gone on
   */
  earlierReply(step: SessionStep): Reply | null {
    const known = this.#sessions.get(step.session);
    if (known === undefined || known.txnNumber < step.txnNumber) return null;
    if (known.txnNumber > step.txnNumber)
      throw new CommandError(
        225,
        `Cannot start transaction ${step.txnNumber}: a newer one, ${known.txnNumber}, has started in this session`,
      );
    return known.reply;
  }

  rememberReply(step: SessionStep, reply: Reply): void {
    this.#put(step.session, { txnNumber: step.txnNumber, reply, committed: false });
  }

  rememberCommit(step: SessionStep): void {
    this.#put(step.session, { txnNumber: step.txnNumber, reply: null, committed: true });
  }

  /** A repeated commitTransaction of a transaction that is committed succeeds again. */
  wasCommitted(step: SessionStep): boolean {
    const known = this.#sessions.get(step.session);
    return known !== undefined && known.txnNumber === step.txnNumber && known.committed;
  }

  forget(session: string): void {
    this.#sessions.delete(session);
  }

  #put(session: string, r: Remembered): void {
    this.#sessions.delete(session);
    this.#sessions.set(session, r);
    if (this.#sessions.size <= maxSessions) return;
    const oldest = this.#sessions.keys().next();
    if (oldest.done !== true) this.#sessions.delete(oldest.value);
  }
}
