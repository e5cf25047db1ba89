/** All collections of the product, typed; a row of this file is one kind of thing that the store keeps. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { Form } from '../../question-banks/schema.ts';
import type { ChainEntry } from '../audit/chain.ts';
import type { AttemptStatus } from '../wire/contract.ts';
import type { Role } from '../access/roles.ts';

export interface PublicationRecord {
  /** kind:id@version */
  _id: string;
  kind: 'bank' | 'programme';
  id: string;
  version: string;
  /** of the canonical bytes */
  sha256: string;
  /** RFC 8785 text */
  bytes: string;
  publishedAt: number;
}

export interface PersonRecord {
  _id: string;
  name: string;
  personnelNumber: string;
  extraTimePercent: number;
  largeText: boolean;
  highContrast: boolean;
  createdAt: number;
}

export interface AccountRecord {
  _id: string;
  /** lower case, unique */
  name: string;
  displayName: string;
  passwordHash: string;
  roles: Role[];
  createdAt: number;
  disabledAt: number | null;
}

export interface VersionRef {
  id: string;
  version: string;
  sha256: string;
}

export interface AttemptRecord {
  _id: string;
  personId: string;
  personName: string;
  personnelNumber: string;
  programme: VersionRef;
  banks: VersionRef[];
  form: Form;
  formSha256: string;
  /** frozen at issue */
  extraTimePercent: number;
  largeText: boolean;
  highContrast: boolean;
  /** cache of what the journal says, for lists */
  status: AttemptStatus;
  issuedAt: number;
  issuedBy: string;
  startedAt: number | null;
  endedAt: number | null;
  /** keyed hash of the one-time code; absent when there is none */
  codeHash?: string;
  codeValidUntilAt: number | null;
  /** the next sign-in by code comes from a transfer */
  codeIsTransfer: boolean;
  /** keyed hash of the cookie of the terminal that may go on */
  seatHash?: string;
}

export interface ChainRecord extends Omit<ChainEntry, 'body'> {
  /** owner's id, ':' and n padded to six digits: this key is the fence, and it sorts */
  _id: string;
  body: unknown;
}

export type JournalRecord = ChainRecord;

export interface LateAnswerRecord {
  _id: string;
  attemptId: string;
  clientId: string;
  clientSeq: number;
  itemId: string;
  value: string | number | null;
  at: number;
  code: string;
}

export interface ScoreSheetRecord {
  /** attempt id */
  _id: string;
  /** RFC 8785 texts */
  sheet: string;
  sha256: string;
  withheld: string;
  withheldSalt: string;
  withheldCommitment: string;
  receipt: string;
  scoredAt: number;
  /** for lists: section results in brief */
  met: boolean | null;
  close: boolean;
}

export type AuditRecord = ChainRecord;

export interface CheckpointRecord {
  /** hash of the statement */
  _id: string;
  at: number;
  /** RFC 8785 text of the whole checkpoint */
  text: string;
  /** owners of the chains it covers */
  of: string[];
}

export interface SettingRecord {
  _id: 'store';
  /** decided when the store is born; a demonstration can never turn operational */
  mode: 'demonstration' | 'operational';
  createdAt: number;
  /** false: a demonstration whose people are not all there yet */
  filled: boolean;
}

export interface HeartbeatRecord {
  _id: string;
  bootId: string;
  hrMs: number;
  at: number;
}

export interface SetupLinkRecord {
  /** SHA-256 of the token */
  _id: string;
  validUntilAt: number;
}

export interface Models {
  readonly publications: Model<PublicationRecord>;
  readonly people: Model<PersonRecord>;
  readonly accounts: Model<AccountRecord>;
  readonly attempts: Model<AttemptRecord>;
  readonly journal: Model<JournalRecord>;
  readonly lateAnswers: Model<LateAnswerRecord>;
  readonly scoreSheets: Model<ScoreSheetRecord>;
  readonly auditLog: Model<AuditRecord>;
  readonly checkpoints: Model<CheckpointRecord>;
  readonly settings: Model<SettingRecord>;
  readonly heartbeats: Model<HeartbeatRecord>;
  readonly setupLinks: Model<SetupLinkRecord>;
}

const options = { versionKey: false, strict: 'throw', minimize: false, autoIndex: false } as const;
const Text = { type: String, required: true } as const;
const Num = { type: Number, required: true } as const;
const Bool = { type: Boolean, required: true } as const;
const NumOrNull = { type: Number, default: null } as const;
const Ref = { id: Text, version: Text, sha256: Text, _id: false } as const;

const chainFields = {
  _id: Text,
  chain: Text,
  of: Text,
  n: Num,
  kind: Text,
  epoch: Num,
  clientId: { type: String, default: '' },
  clientSeq: Num,
  at: Num,
  commitment: Text,
  prevHash: Text,
  hash: Text,
  salt: { type: String, default: null },
  body: { type: Schema.Types.Mixed, default: null },
} as const;

export function buildModels(c: Connection): Models {
  const attempts = new Schema<AttemptRecord>(
    {
      _id: Text,
      personId: Text,
      personName: Text,
      personnelNumber: { type: String, default: '' },
      programme: Ref,
      banks: [Ref],
      form: { type: Schema.Types.Mixed, required: true },
      formSha256: Text,
      extraTimePercent: Num,
      largeText: Bool,
      highContrast: Bool,
      status: Text,
      issuedAt: Num,
      issuedBy: Text,
      startedAt: NumOrNull,
      endedAt: NumOrNull,
      codeHash: String,
      codeValidUntilAt: NumOrNull,
      codeIsTransfer: Bool,
      seatHash: String,
    },
    options,
  )
    .index({ codeHash: 1 }, { unique: true, sparse: true })
    .index({ seatHash: 1 }, { unique: true, sparse: true })
    .index({ personId: 1 })
    .index({ endedAt: 1 });

  /**
   * The key alone is the fence: an entry is taken only from a writer that has folded every entry before it, and that writer refuses a client's
   * number that was used. A second unique index over (attempt, client, number) would say the same again and cost half of each commit.
   */
  const journal = new Schema<JournalRecord>(chainFields, options);

  const auditLog = new Schema<AuditRecord>(chainFields, options).index({ of: 1, n: 1 }, { unique: true });

  return {
    publications: c.model<PublicationRecord>(
      'publication',
      new Schema<PublicationRecord>(
        { _id: Text, kind: Text, id: Text, version: Text, sha256: Text, bytes: Text, publishedAt: Num },
        { ...options, id: false },
      ),
    ),
    people: c.model<PersonRecord>(
      'person',
      new Schema<PersonRecord>(
        {
          _id: Text,
          name: Text,
          personnelNumber: { type: String, default: '' },
          extraTimePercent: Num,
          largeText: Bool,
          highContrast: Bool,
          createdAt: Num,
        },
        options,
      ),
    ),
    accounts: c.model<AccountRecord>(
      'account',
      new Schema<AccountRecord>(
        {
          _id: Text,
          name: Text,
          displayName: Text,
          passwordHash: Text,
          roles: [String],
          createdAt: Num,
          disabledAt: NumOrNull,
        },
        options,
      ).index({ name: 1 }, { unique: true }),
    ),
    attempts: c.model<AttemptRecord>('attempt', attempts),
    journal: c.model<JournalRecord>('journal-entry', journal),
    lateAnswers: c.model<LateAnswerRecord>(
      'late-answer',
      new Schema<LateAnswerRecord>(
        {
          _id: Text,
          attemptId: Text,
          clientId: Text,
          clientSeq: Num,
          itemId: Text,
          value: { type: Schema.Types.Mixed, default: null },
          at: Num,
          code: Text,
        },
        options,
      ).index({ attemptId: 1 }),
    ),
    scoreSheets: c.model<ScoreSheetRecord>(
      'score-sheet',
      new Schema<ScoreSheetRecord>(
        {
          _id: Text,
          sheet: Text,
          sha256: Text,
          withheld: Text,
          withheldSalt: Text,
          withheldCommitment: Text,
          receipt: Text,
          scoredAt: Num,
          met: { type: Boolean, default: null },
          close: Bool,
        },
        options,
      ),
    ),
    auditLog: c.model<AuditRecord>('audit-entry', auditLog),
    checkpoints: c.model<CheckpointRecord>(
      'checkpoint',
      new Schema<CheckpointRecord>({ _id: Text, at: Num, text: Text, of: [String] }, options).index({
        of: 1,
        at: -1,
      }),
    ),
    settings: c.model<SettingRecord>(
      'setting',
      new Schema<SettingRecord>({ _id: Text, mode: Text, createdAt: Num, filled: Bool }, options),
    ),
    heartbeats: c.model<HeartbeatRecord>(
      'heartbeat',
      new Schema<HeartbeatRecord>({ _id: Text, bootId: Text, hrMs: Num, at: Num }, options),
    ),
    setupLinks: c.model<SetupLinkRecord>(
      'setup-link',
      new Schema<SetupLinkRecord>({ _id: Text, validUntilAt: Num }, options),
    ),
  };
}
