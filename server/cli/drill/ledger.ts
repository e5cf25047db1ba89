/** What one simulated employee did and heard: the witness against which the server's journal is compared. */
import type { Out, Value } from '../../wire/contract.ts';

/** What a simulated employee records while a section is open. */
export type Message =
  | { readonly name: 'answer:submit'; readonly itemId: string; readonly value: Value }
  | { readonly name: 'item:view'; readonly itemId: string }
  | { readonly name: 'item:flag'; readonly itemId: string; readonly flagged: boolean };

export type Sent = Message & { readonly clientSeq: number };

export type Stored = Out<'answer:submit'>;

export interface Ledger {
  readonly attemptId: string;
  readonly clientId: string;
  /** everything that was sent at least once, by clientSeq */
  readonly sent: ReadonlyMap<number, Sent>;
  /** the first acknowledgement of each clientSeq */
  readonly acked: ReadonlyMap<number, Stored>;
  /** repeats that were acknowledged with another n or hash than the first time */
  readonly unequalRepeats: number;
  /** milliseconds from sending to acknowledgement, where both went over one connection */
  readonly latenciesMs: readonly number[];
  /** while a section was open: the time without the server, from the kill to the end of the return */
  readonly outageMs: number;
  /** answers of the open section as the server shows them after the last return; null when no section was open then */
  readonly shown: ReadonlyMap<string, Value> | null;
  /** the section whose hand-in was acknowledged */
  readonly handedIn: string | null;
  /** coded refusals of messages that must be accepted */
  readonly refusals: readonly string[];
}
