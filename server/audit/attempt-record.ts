import type { AnswerValue, Form, Use } from '../../question-banks/schema.ts';
import type { ScoreSheet, WithheldScores } from '../../scoring/score-sheet.ts';
import type { AttemptStatus } from '../wire/contract.ts';
import type { ChainEntry } from './chain.ts';
import type { CheckpointExtract } from './checkpoint.ts';
import type { SealedReceipt } from './receipt.ts';

/** A published file: its RFC 8785 text is what the sha256 is of. */
export interface PublishedText {
  readonly id: string;
  readonly version: string;
  readonly sha256: string;
  readonly canonical: string;
}

/** Everything that the two files of an ended attempt are made from; filled from the store, read by nobody else. */
export interface AttemptRecord {
  readonly attemptId: string;
  /** random id of the person; the journal holds no name */
  readonly personRandomId: string;
  /** printed in the header of both files when given */
  readonly personName?: string;
  readonly issuedAt: number;
  readonly status: AttemptStatus;
  /** null while the attempt runs */
  readonly endedAt: number | null;
  /** the store is a demonstration store */
  readonly demonstration: boolean;
  readonly use: Use;
  /** the whole journal, in the order of n */
  readonly entries: readonly ChainEntry[];
  readonly form: Form;
  readonly formSha256: string;
  readonly programme: PublishedText;
  /** every bank the form names */
  readonly banks: readonly PublishedText[];
  readonly sheet: ScoreSheet;
  readonly withheld: WithheldScores;
  /** 32 hexadecimal digits; the open dossier holds HMAC-SHA256(salt, canonical withheld) */
  readonly withheldSalt: string;
  /** received after the time was up: kept beside the chain, not scored */
  readonly lateAnswers: readonly {
    readonly itemId: string;
    readonly value: AnswerValue;
    readonly at: number;
  }[];
  readonly receipt: SealedReceipt | null;
  /** report documents made for this attempt, by the sha256 of their canonical JSON */
  readonly reports: readonly { readonly language: 'kk' | 'ru' | 'en'; readonly sha256: string }[];
  /** newest checkpoint that knows this journal */
  readonly checkpoint: CheckpointExtract | null;
  /** when and by which rule answers were deleted; null when nothing was */
  readonly purged: { readonly at: number; readonly rule: string } | null;
}
