/** What delivery needs of the store; server/store/attempt-store.ts is the one that does it. */
import type { ChainEntry } from '../audit/chain.ts';
import type { AttemptRecord, LateAnswerRecord, ScoreSheetRecord } from '../store/build-models.ts';
import type { AttemptStatus } from '../wire/contract.ts';

export interface AttemptStore {
  load(attemptId: string): Promise<{ record: AttemptRecord; entries: readonly ChainEntry[] } | null>;
  /** ids of attempts that are listed as begun and not ended: their clocks may run */
  listBegun(): Promise<readonly string[]>;
  insertEntries(entries: readonly ChainEntry[]): Promise<ReadonlySet<number>>;
  findBySeq(attemptId: string, clientId: string, clientSeq: number): Promise<ChainEntry | null>;
  insertLate(record: LateAnswerRecord): Promise<void>;
  /** the attempt and its first entry, both or neither */
  issue(record: AttemptRecord, first: ChainEntry): Promise<void>;
  /** the last entry, the score sheet and the attempt's end, all or none */
  end(last: ChainEntry, sheet: ScoreSheetRecord | null, status: AttemptStatus): Promise<void>;
  /** a new code and the entry that says who gave it, both or neither */
  transfer(
    attemptId: string,
    code: { hash: string; validUntilAt: number; isTransfer: boolean },
    entry: ChainEntry,
  ): Promise<void>;
  /** uses the code up: the terminal of that seat may go on, any other may not; null when no such code is valid at that time */
  takeCode(
    codeHash: string,
    seatHash: string,
    at: number,
  ): Promise<{ attemptId: string; isTransfer: boolean } | null>;
  findBySeat(seatHash: string): Promise<string | null>;
  /** brings the lists up to what the journal says; the journal is the truth */
  saveStatus(attemptId: string, status: AttemptStatus, startedAt: number | null): Promise<void>;
  scoreSheet(attemptId: string): Promise<ScoreSheetRecord | null>;
}
