/**
 * The one contract between terminals, monitors and the server: a row per request with the shape in, the shape out, who may send it and the
 * codes it can be refused with. The same table binds the socket (event = name, one argument, acknowledgement) and its HTTP twin
 * (POST /wire/NAME, JSON body, JSON reply). Pages import types from here and nothing else of the server.
 */
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import type { ErrorCode } from '../errors.ts';

const shut = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' });
const Ms = Type.Integer({ minimum: 0 });
const At = Type.Integer({ minimum: 0, description: 'milliseconds since the epoch, server clock' });
const nullable = <T extends TSchema>(t: T) => Type.Union([Type.Null(), t]);

export const LanguageCode = Type.Unsafe<'kk' | 'ru' | 'en'>({ type: 'string', enum: ['kk', 'ru', 'en'] });
export type LanguageCode = Static<typeof LanguageCode>;

/** The same text by language; a language the author did not write is absent. */
export const LocalText = Type.Object(
  { kk: Type.Optional(Type.String()), ru: Type.Optional(Type.String()), en: Type.Optional(Type.String()) },
  shut,
);
export type LocalText = Static<typeof LocalText>;

export const Value = Type.Union([
  Type.Null(),
  Type.String({ maxLength: 64 }),
  Type.Integer({ minimum: -100, maximum: 100 }),
]);
export type Value = Static<typeof Value>;

/** An item as the employee sees it: no key, no source, no scale. For a likert item the option id is the decimal text of its value. */
export const ShownItem = Type.Object(
  {
    id: Id,
    kind: Type.Unsafe<'single-choice' | 'likert'>({ type: 'string', enum: ['single-choice', 'likert'] }),
    stem: LocalText,
    options: Type.Array(Type.Object({ id: Type.String(), value: Value, text: LocalText }, shut)),
  },
  shut,
);
export type ShownItem = Static<typeof ShownItem>;

export const AttemptStatus = Type.Unsafe<
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
});
export type AttemptStatus = Static<typeof AttemptStatus>;

export const Receipt = Type.Object(
  {
    code: Type.String({ description: '12 characters in groups of four, to be read aloud' }),
    answersStored: Type.Integer(),
    items: Type.Integer(),
    endedAt: At,
    hash: Type.String(),
    programme: LocalText,
  },
  shut,
);
export type Receipt = Static<typeof Receipt>;

export const ShownTopic = Type.Object(
  {
    title: LocalText,
    score: Type.Integer(),
    maximum: Type.Integer(),
    threshold: nullable(Type.Integer()),
    met: nullable(Type.Boolean()),
  },
  shut,
);
/** What the employee is shown at hand-in: keyed sections only; for a questionnaire that it was completed. */
export const ShownResult = Type.Object(
  {
    section: Id,
    title: LocalText,
    how: Type.Unsafe<'keyed' | 'questionnaire'>({ type: 'string', enum: ['keyed', 'questionnaire'] }),
    answered: Type.Integer(),
    items: Type.Integer(),
    score: nullable(Type.Integer()),
    maximum: nullable(Type.Integer()),
    threshold: nullable(Type.Integer()),
    met: nullable(Type.Boolean({ description: 'total and every topic together' })),
    close: Type.Boolean(),
    topics: Type.Array(ShownTopic),
  },
  shut,
);
export type ShownResult = Static<typeof ShownResult>;

export const OpenSection = Type.Object(
  {
    section: Id,
    language: LanguageCode,
    items: Type.Array(ShownItem),
    answers: Type.Array(Type.Object({ itemId: Id, value: Value }, shut), {
      description: 'what is stored, the last of each item',
    }),
    flagged: Type.Array(Id),
    remainingMs: Ms,
  },
  shut,
);
export type OpenSection = Static<typeof OpenSection>;

/** Everything a terminal needs to show the right page; the same after a reload, a crash or a transfer. */
export const AttemptView = Type.Object(
  {
    attemptId: Id,
    /** the lease this terminal holds; every later request carries it */
    epoch: Type.Integer({ minimum: 1 }),
    status: AttemptStatus,
    person: Type.Object({ name: Type.String() }, shut),
    demonstration: Type.Boolean(),
    programme: Type.Object(
      {
        id: Id,
        version: Type.String(),
        title: LocalText,
        languages: Type.Array(LanguageCode),
        notice: Type.Object({ version: Type.String(), paragraphs: Type.Array(LocalText) }, shut),
        announceAtMs: Type.Array(Ms),
        admission: Type.Unsafe<'operator' | 'automatic'>({ type: 'string', enum: ['operator', 'automatic'] }),
      },
      shut,
    ),
    /** chosen with the notice; null before */
    language: nullable(LanguageCode),
    admitted: Type.Boolean(),
    accommodations: Type.Object(
      { extraTimePercent: Type.Integer(), largeText: Type.Boolean(), highContrast: Type.Boolean() },
      shut,
    ),
    sections: Type.Array(
      Type.Object(
        {
          id: Id,
          title: LocalText,
          items: Type.Integer(),
          /** with extra time */
          limitMs: Ms,
          /** as the programme says, without extra time */
          standardLimitMs: Ms,
          languageSwitch: Type.Boolean(),
          instructions: LocalText,
          practice: Type.Array(ShownItem),
          status: Type.Unsafe<'ahead' | 'open' | 'closed'>({
            type: 'string',
            enum: ['ahead', 'open', 'closed'],
          }),
        },
        shut,
      ),
    ),
    open: nullable(OpenSection),
    results: Type.Array(ShownResult, { description: 'empty before the end' }),
    receipt: nullable(Receipt),
    /** the next clientSeq this clientId may use */
    nextClientSeq: Type.Integer({ minimum: 1 }),
    serverAt: At,
  },
  shut,
);
export type AttemptView = Static<typeof AttemptView>;

export const MonitorRow = Type.Object(
  {
    attemptId: Id,
    name: Type.String(),
    personnelNumber: Type.String(),
    programme: LocalText,
    status: AttemptStatus,
    admitted: Type.Boolean(),
    connected: Type.Boolean(),
    section: nullable(Type.Object({ title: LocalText, number: Type.Integer(), of: Type.Integer() }, shut)),
    answered: Type.Integer(),
    items: Type.Integer(),
    lastAnswerAt: nullable(At),
    remainingMs: nullable(Ms),
    extraTimePercent: Type.Integer(),
    incidents: Type.Integer(),
    faults: Type.Integer({ description: 'faults reported in questions' }),
    receiptCode: nullable(Type.String()),
  },
  shut,
);
export type MonitorRow = Static<typeof MonitorRow>;

const held = { epoch: Type.Integer({ minimum: 1 }) };
const sequenced = { ...held, clientSeq: Type.Integer({ minimum: 1, maximum: 1_000_000 }) };
const Stored = Type.Object({ n: Type.Integer(), storedAt: At, hash: Type.String(), remainingMs: Ms }, shut);
const Empty = Type.Object({}, shut);
const ClientId = Type.String({
  pattern: '^[a-z0-9]{16,32}$',
  description: 'random, new at each sign-in or page load',
});

/** Who may send a request; the roles behind 'operator' are one row of server/access/policy.ts. */
export type Sender = 'employee' | 'operator';

interface Row {
  readonly who: Sender;
  readonly in: TSchema;
  readonly out: TSchema;
  readonly refusals: readonly ErrorCode[];
}

export const requests = {
  /** Takes the lease: this terminal now writes, any other is told that it is superseded. First message of every connection. */
  'attempt:attach': {
    who: 'employee',
    in: Type.Object({ clientId: ClientId }, shut),
    out: AttemptView,
    refusals: ['WRONG_STATE', 'STORAGE', 'BUSY'],
  },
  'identity:confirm': {
    who: 'employee',
    in: Type.Object(held, shut),
    out: AttemptView,
    refusals: ['SUPERSEDED', 'WRONG_STATE', 'STORAGE', 'BUSY'],
  },
  'notice:accept': {
    who: 'employee',
    in: Type.Object({ ...held, version: Type.String({ maxLength: 20 }), language: LanguageCode }, shut),
    out: AttemptView,
    refusals: ['SUPERSEDED', 'WRONG_STATE', 'STORAGE', 'BUSY'],
  },
  /** Declining is a normal choice: journalled, no score. */
  'notice:decline': {
    who: 'employee',
    in: Type.Object(held, shut),
    out: AttemptView,
    refusals: ['SUPERSEDED', 'WRONG_STATE', 'STORAGE', 'BUSY'],
  },
  'section:start': {
    who: 'employee',
    in: Type.Object({ ...held, section: Id, language: LanguageCode }, shut),
    out: AttemptView,
    refusals: ['SUPERSEDED', 'WRONG_STATE', 'NOT_ADMITTED', 'STORAGE', 'BUSY'],
  },
  'language:set': {
    who: 'employee',
    in: Type.Object({ ...held, language: LanguageCode }, shut),
    out: Empty,
    refusals: ['SUPERSEDED', 'NOT_OPEN', 'LANGUAGE_FIXED', 'STORAGE', 'BUSY'],
  },
  'answer:submit': {
    who: 'employee',
    in: Type.Object({ ...sequenced, itemId: Id, value: Value }, shut),
    out: Stored,
    refusals: [
      'SUPERSEDED',
      'NOT_OPEN',
      'LATE',
      'UNKNOWN_ITEM',
      'BAD_ANSWER',
      'SEQ_REUSED',
      'STORAGE',
      'BUSY',
    ],
  },
  'item:view': {
    who: 'employee',
    in: Type.Object({ ...sequenced, itemId: Id }, shut),
    out: Stored,
    refusals: ['SUPERSEDED', 'NOT_OPEN', 'LATE', 'UNKNOWN_ITEM', 'SEQ_REUSED', 'STORAGE', 'BUSY'],
  },
  'item:flag': {
    who: 'employee',
    in: Type.Object({ ...sequenced, itemId: Id, flagged: Type.Boolean() }, shut),
    out: Stored,
    refusals: ['SUPERSEDED', 'NOT_OPEN', 'LATE', 'UNKNOWN_ITEM', 'SEQ_REUSED', 'STORAGE', 'BUSY'],
  },
  'fault:report': {
    who: 'employee',
    in: Type.Object({ ...sequenced, itemId: Id, text: Type.String({ minLength: 1, maxLength: 1000 }) }, shut),
    out: Stored,
    refusals: ['SUPERSEDED', 'NOT_OPEN', 'LATE', 'UNKNOWN_ITEM', 'SEQ_REUSED', 'STORAGE', 'BUSY'],
  },
  /** Closes the open section for good; closing the last one ends the attempt and brings the receipt and the results. */
  'section:hand-in': {
    who: 'employee',
    in: Type.Object({ ...held, section: Id }, shut),
    out: AttemptView,
    refusals: ['SUPERSEDED', 'NOT_OPEN', 'STORAGE', 'BUSY'],
  },

  /** Begins the live view: the whole list now, 'room:changed' once a second after. */
  'room:watch': {
    who: 'operator',
    in: Empty,
    out: Type.Object({ rows: Type.Array(MonitorRow), serverAt: At }, shut),
    refusals: ['BUSY'],
  },
  'people:list': {
    who: 'operator',
    in: Empty,
    out: Type.Object(
      {
        people: Type.Array(
          Type.Object({ id: Id, name: Type.String(), personnelNumber: Type.String() }, shut),
        ),
        programmes: Type.Array(Type.Object({ id: Id, version: Type.String(), title: LocalText }, shut)),
      },
      shut,
    ),
    refusals: ['BUSY'],
  },
  /** Draws and freezes the form and gives the one-time code; the code is shown once and kept only as a keyed hash. */
  'attempt:issue': {
    who: 'operator',
    in: Type.Object(
      { personId: Id, programme: Type.Object({ id: Id, version: Type.String({ maxLength: 20 }) }, shut) },
      shut,
    ),
    out: Type.Object({ attemptId: Id, code: Type.String(), validUntilAt: At }, shut),
    refusals: ['NOT_FOUND', 'STORAGE', 'BUSY'],
  },
  /** A new code for an attempt that has not ended: for a lost slip, or to go on at another terminal. */
  'attempt:transfer': {
    who: 'operator',
    in: Type.Object({ attemptId: Id }, shut),
    out: Type.Object({ code: Type.String(), validUntilAt: At }, shut),
    refusals: ['NOT_FOUND', 'WRONG_STATE', 'STORAGE', 'BUSY'],
  },
  'attempt:admit': {
    who: 'operator',
    in: Type.Object({ attemptId: Id }, shut),
    out: Empty,
    refusals: ['NOT_FOUND', 'WRONG_STATE', 'STORAGE', 'BUSY'],
  },
} as const satisfies Record<string, Row>;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type In<K extends RequestName> = Static<Requests[K]['in']>;
export type Out<K extends RequestName> = Static<Requests[K]['out']>;
/** Codes any request can meet besides its own row. */
export type CommonRefusal = 'BAD_SHAPE' | 'NOT_SIGNED_IN' | 'FORBIDDEN' | 'INTERNAL';
export type RefusalOf<K extends RequestName> = Requests[K]['refusals'][number] | CommonRefusal;
export type Reply<K extends RequestName> =
  { ok: true; data: Out<K> } | { ok: false; code: RefusalOf<K>; errorId?: string };

export type ClientToServer = { [K in RequestName]: (message: In<K>, ack: (reply: Reply<K>) => void) => void };

export interface ServerToClient {
  /** another terminal or window holds the lease now */
  'attempt:superseded': (m: { attemptId: string }) => void;
  /** something changed that the terminal did not ask for: admitted, section closed by time, stopped, clock given back; the view is whole */
  'attempt:changed': (m: AttemptView) => void;
  /** rows that changed since the last message; at most one a second */
  'room:changed': (m: { rows: MonitorRow[]; serverAt: number }) => void;
}

/** POST /terminal/sign-in takes this and sets the terminal's cookie; the reply is {ok:true} or a refusal CODE_REFUSED / TOO_MANY_TRIES. */
export const TerminalSignIn = Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }, shut);
export type TerminalSignIn = Static<typeof TerminalSignIn>;
