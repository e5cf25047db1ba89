/**
 * What the entries of an attempt's journal say, as a stranger's file must say it to be understood here. The shapes are those of
 * `delivery/bodies.ts`. An entry of a kind that is not listed is checked as a link of the chain and
 * otherwise passed over, so that files of later versions still verify.
 */
import { Type, type TSchema } from '@sinclair/typebox';
import { AnswerValue, Id, Language, Semver, Sha256 } from '../../question-banks/schema.ts';
import type { Bodies, EntryKind } from '../delivery/bodies.ts';
import type { Json } from './chain.ts';
import { readerOf, type Reader } from './shape.ts';

const shut = { additionalProperties: false } as const;
const Name = Type.String({ maxLength: 200 });
const Words = Type.String({ maxLength: 8000 });
const Ms = Type.Integer();
const Ref = Type.Object({ id: Id, version: Semver, sha256: Sha256 }, shut);
const Empty = Type.Object({}, shut);
const How = Type.Unsafe<'handed-in' | 'timed-out' | 'stopped'>({
  type: 'string',
  enum: ['handed-in', 'timed-out', 'stopped'],
});

const shapes = {
  issued: Type.Object(
    {
      formSha256: Sha256,
      programme: Ref,
      banks: Type.Array(Ref),
      extraTimePercent: Type.Number(),
      personVariables: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    },
    shut,
  ),
  leased: Type.Object(
    {
      by: Type.Unsafe<'code' | 'cookie' | 'transfer'>({
        type: 'string',
        enum: ['code', 'cookie', 'transfer'],
      }),
    },
    shut,
  ),
  identified: Empty,
  accepted: Type.Object({ noticeVersion: Name, language: Language }, shut),
  declined: Empty,
  admitted: Type.Object({ by: Name }, shut),
  started: Type.Object({ section: Id, language: Language, limitMs: Ms }, shut),
  language: Type.Object({ language: Language }, shut),
  answered: Type.Object({ itemId: Id, value: AnswerValue }, shut),
  viewed: Type.Object({ itemId: Id }, shut),
  flagged: Type.Object({ itemId: Id, flagged: Type.Boolean() }, shut),
  fault: Type.Object({ itemId: Id, text: Words }, shut),
  paused: Type.Object({ by: Name, reason: Words }, shut),
  resumed: Type.Object({ by: Name }, shut),
  extended: Type.Object({ ms: Ms, by: Name, reason: Words }, shut),
  incident: Type.Object(
    {
      cause: Type.Unsafe<'server-outage' | 'reconnect' | 'connection'>({
        type: 'string',
        enum: ['server-outage', 'reconnect', 'connection'],
      }),
      fromAt: Ms,
      toAt: Ms,
      lostMs: Ms,
      creditMs: Ms,
      uncertaintyMs: Ms,
      method: Type.Unsafe<'hrtime' | 'wall-estimated' | 'observed'>({
        type: 'string',
        enum: ['hrtime', 'wall-estimated', 'observed'],
      }),
    },
    shut,
  ),
  transferred: Type.Object({ by: Name }, shut),
  closed: Type.Object({ section: Id, how: How }, shut),
  ended: Type.Object({ how: How }, shut),
} as const satisfies Record<EntryKind, TSchema>;

/** Typed by what delivery writes: the compiler refuses a shape that reads anything else. */
const readers: { readonly [K in EntryKind]: Reader<Bodies[K]> } = {
  issued: readerOf(shapes.issued),
  leased: readerOf(shapes.leased),
  identified: readerOf(shapes.identified),
  accepted: readerOf(shapes.accepted),
  declined: readerOf(shapes.declined),
  admitted: readerOf(shapes.admitted),
  started: readerOf(shapes.started),
  language: readerOf(shapes.language),
  answered: readerOf(shapes.answered),
  viewed: readerOf(shapes.viewed),
  flagged: readerOf(shapes.flagged),
  fault: readerOf(shapes.fault),
  paused: readerOf(shapes.paused),
  resumed: readerOf(shapes.resumed),
  extended: readerOf(shapes.extended),
  incident: readerOf(shapes.incident),
  transferred: readerOf(shapes.transferred),
  closed: readerOf(shapes.closed),
  ended: readerOf(shapes.ended),
};

export const isEntryKind = (kind: string): kind is EntryKind => Object.hasOwn(readers, kind);

/** An entry that says something other than its kind may say. Names the place, not the value. */
export class BadBody extends Error {
  readonly n: number;
  constructor(n: number, what: string) {
    super(`entry ${n}: ${what}`);
    this.name = 'BadBody';
    this.n = n;
  }
}

interface EntryBody {
  readonly n: number;
  readonly kind: string;
  readonly salt: string | null;
  readonly body: Json;
}

/** What an entry of that kind says. @throws BadBody when the body is withheld, purged or of another shape */
export function readBody<K extends EntryKind>(kind: K, entry: EntryBody): Bodies[K] {
  if (entry.kind !== kind) throw new BadBody(entry.n, `is not of kind ${kind}`);
  if (entry.salt === null) throw new BadBody(entry.n, `${kind}: the body is not in this file`);
  const reader: Reader<Bodies[K]> = readers[kind];
  const read = reader(entry.body);
  if (!read.ok) throw new BadBody(entry.n, `${kind}: ${read.fault}`);
  return read.value;
}
