/**
 * The lines of the open dossier and of the audit file. Both are text: one object of canonical JSON (RFC 8785) a line, a line feed after each,
 * the parts in the order of `partOrder`, the seal last and nothing after it. Every object is closed.
 */
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { AnswerValue, Form, Id, Language, Semver, Sha256, Use } from '../../question-banks/schema.ts';
import type { Json } from './chain.ts';
import { CheckpointExtract, SealShape } from './checkpoint.ts';
import { SealedReceipt } from './receipt.ts';
import { ScoreSheetShape } from './score-sheet-shape.ts';
import { readerOf, type Reader } from './shape.ts';

const shut = { additionalProperties: false } as const;
const At = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const AnyId = Type.String({ minLength: 1, maxLength: 100 });
const Salt = Type.String({ pattern: '^[0-9a-f]{32}$' });
const Ref = Type.Object({ id: Id, version: Semver, sha256: Sha256 }, shut);
const Any = Type.Unsafe<Json>({});
const orNull = <S extends TSchema>(shape: S) => Type.Union([Type.Null(), shape]);
const line = <P extends string, T extends Record<string, TSchema>>(part: P, properties: T) =>
  Type.Object({ part: Type.Literal(part), ...properties }, shut);

const HowClosed = Type.Unsafe<'handed-in' | 'timed-out' | 'stopped'>({
  type: 'string',
  enum: ['handed-in', 'timed-out', 'stopped'],
});

export const formats = ['adil-open-dossier-1', 'adil-audit-file-1'] as const;
export type FileFormat = (typeof formats)[number];

export const shapes = {
  header: line('header', {
    format: Type.Unsafe<FileFormat>({ type: 'string', enum: [...formats] }),
    attemptId: AnyId,
    person: Type.Object(
      { randomId: AnyId, name: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })) },
      shut,
    ),
    issuedAt: At,
    status: Type.Unsafe<
      | 'invited'
      | 'checked-in'
      | 'waiting'
      | 'running'
      | 'paused'
      | 'handed-in'
      | 'timed-out'
      | 'stopped'
      | 'declined'
    >({
      type: 'string',
      enum: [
        'invited',
        'checked-in',
        'waiting',
        'running',
        'paused',
        'handed-in',
        'timed-out',
        'stopped',
        'declined',
      ],
    }),
    endedAt: orNull(At),
    demonstration: Type.Boolean(),
    use: Use,
    form: Type.Object({ id: AnyId, sha256: Sha256 }, shut),
    programme: Ref,
    banks: Type.Array(Ref),
    purged: orNull(Type.Object({ at: At, rule: Type.String({ minLength: 1, maxLength: 500 }) }, shut)),
  }),
  programme: line('programme', { id: Id, version: Semver, sha256: Sha256, value: Any }),
  bank: line('bank', { id: Id, version: Semver, sha256: Sha256, value: Any }),
  form: line('form', { sha256: Sha256, value: Form }),
  'score-sheet': line('score-sheet', { sha256: Sha256, value: ScoreSheetShape }),
  commitment: line('commitment', { of: Type.Literal('withheld-scores'), commitment: Sha256 }),
  'withheld-scores': line('withheld-scores', { salt: Salt, value: Any }),
  procedure: line('procedure', {
    sections: Type.Array(
      Type.Object(
        {
          section: Id,
          language: Language,
          startedAt: At,
          limitMs: Count,
          addedMs: Type.Integer(),
          closedAt: orNull(At),
          how: orNull(HowClosed),
        },
        shut,
      ),
    ),
  }),
  'journal-entry': line('journal-entry', {
    chain: Type.Literal('attempt'),
    of: AnyId,
    n: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    kind: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
    epoch: Count,
    clientId: Type.String({ maxLength: 64 }),
    clientSeq: Count,
    at: At,
    commitment: Sha256,
    prevHash: Sha256,
    hash: Sha256,
    salt: orNull(Salt),
    body: Any,
  }),
  incident: line('incident', { n: Type.Integer({ minimum: 1 }), kind: Type.String(), at: At, body: Any }),
  'late-answers': line('late-answers', { count: Type.Integer({ minimum: 1 }) }),
  'late-answer': line('late-answer', { itemId: Id, value: AnswerValue, at: At }),
  receipt: line('receipt', { value: SealedReceipt }),
  report: line('report', { language: Language, sha256: Sha256 }),
  checkpoint: line('checkpoint', { value: CheckpointExtract }),
  seal: line('seal', { sha256: Sha256, ...SealShape.properties }),
} as const;

export type Part = keyof typeof shapes;
export type LineOf<P extends Part> = Static<(typeof shapes)[P]>;
export type Line = { [P in Part]: LineOf<P> }[Part];

/** Order of the parts in a file. */
export const partOrder = [
  'header',
  'programme',
  'bank',
  'form',
  'score-sheet',
  'commitment',
  'withheld-scores',
  'procedure',
  'journal-entry',
  'incident',
  'late-answers',
  'late-answer',
  'receipt',
  'report',
  'checkpoint',
  'seal',
] as const satisfies readonly Part[];

/** How many of each part a file of the format has. */
export const occurrence: {
  readonly [P in Part]: { readonly [F in FileFormat]: 'one' | 'maybe' | 'any' | 'none' };
} = {
  header: { 'adil-open-dossier-1': 'one', 'adil-audit-file-1': 'one' },
  programme: { 'adil-open-dossier-1': 'none', 'adil-audit-file-1': 'one' },
  bank: { 'adil-open-dossier-1': 'none', 'adil-audit-file-1': 'any' },
  form: { 'adil-open-dossier-1': 'none', 'adil-audit-file-1': 'one' },
  'score-sheet': { 'adil-open-dossier-1': 'one', 'adil-audit-file-1': 'one' },
  commitment: { 'adil-open-dossier-1': 'one', 'adil-audit-file-1': 'one' },
  'withheld-scores': { 'adil-open-dossier-1': 'none', 'adil-audit-file-1': 'one' },
  procedure: { 'adil-open-dossier-1': 'one', 'adil-audit-file-1': 'one' },
  'journal-entry': { 'adil-open-dossier-1': 'any', 'adil-audit-file-1': 'any' },
  incident: { 'adil-open-dossier-1': 'any', 'adil-audit-file-1': 'any' },
  'late-answers': { 'adil-open-dossier-1': 'maybe', 'adil-audit-file-1': 'maybe' },
  'late-answer': { 'adil-open-dossier-1': 'none', 'adil-audit-file-1': 'any' },
  receipt: { 'adil-open-dossier-1': 'maybe', 'adil-audit-file-1': 'maybe' },
  report: { 'adil-open-dossier-1': 'any', 'adil-audit-file-1': 'any' },
  checkpoint: { 'adil-open-dossier-1': 'maybe', 'adil-audit-file-1': 'maybe' },
  seal: { 'adil-open-dossier-1': 'one', 'adil-audit-file-1': 'one' },
};

export const readers: { readonly [P in Part]: Reader<LineOf<P>> } = {
  header: readerOf(shapes.header),
  programme: readerOf(shapes.programme),
  bank: readerOf(shapes.bank),
  form: readerOf(shapes.form),
  'score-sheet': readerOf(shapes['score-sheet']),
  commitment: readerOf(shapes.commitment),
  'withheld-scores': readerOf(shapes['withheld-scores']),
  procedure: readerOf(shapes.procedure),
  'journal-entry': readerOf(shapes['journal-entry']),
  incident: readerOf(shapes.incident),
  'late-answers': readerOf(shapes['late-answers']),
  'late-answer': readerOf(shapes['late-answer']),
  receipt: readerOf(shapes.receipt),
  report: readerOf(shapes.report),
  checkpoint: readerOf(shapes.checkpoint),
  seal: readerOf(shapes.seal),
};

/**
 * Kinds of entries whose bodies are in the open dossier: what was done, by whom, when. Everything else, above all answers, views and
 * reported faults, is there as a link only. A kind that is added later is withheld until it is listed here.
 */
export const openKinds: ReadonlySet<string> = new Set([
  'issued',
  'leased',
  'identified',
  'accepted',
  'admitted',
  'started',
  'paused',
  'resumed',
  'extended',
  'incident',
  'transferred',
  'closed',
  'ended',
]);

/** Kinds that a reader of the file should see without looking for them. */
export const incidentKinds: ReadonlySet<string> = new Set(['paused', 'extended', 'incident', 'transferred']);
