/**
 * The one home of all shapes that authors write: banks and programmes. JSON Schema 2020-12 by construction; TypeScript types are
 * inferred from it, so that the editor, ajv and the compiler read the same source. Every object is closed.
 */
import { Type, type Static, type TSchema } from '@sinclair/typebox';

const shut = { additionalProperties: false } as const;

/** A tagged union that ajv can follow: TypeBox's own Union emits anyOf, whose errors do not name the branch. */
const tagged = <S extends TSchema[]>(tag: string, ...branches: [...S]) =>
  Type.Unsafe<Static<S[number]>>({ type: 'object', discriminator: { propertyName: tag }, oneOf: branches });

/** The languages the product speaks; the order is the order on screen. */
export const languages = ['kk', 'ru', 'en'] as const;
export const Language = Type.Unsafe<(typeof languages)[number]>({ type: 'string', enum: [...languages] });
export type Language = Static<typeof Language>;

export const Id = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: 'lower-case letters, digits and hyphens',
});
export const Semver = Type.String({
  pattern: '^(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})$',
  description: 'three numbers with dots, e.g. 1.0.0',
});
export const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: '64 lower-case hexadecimal digits',
});
const Words = Type.String({ minLength: 1, maxLength: 8000 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'calendar day, ISO 8601' });

/** The same text in the languages it exists in; which ones must be there is a rule (languages-complete), not a shape. */
export const Text = Type.Object(
  { kk: Type.Optional(Words), ru: Type.Optional(Words), en: Type.Optional(Words) },
  { ...shut, minProperties: 1, description: 'plain text by language; shown literally, never interpreted' },
);
export type Text = Static<typeof Text>;

export const Use = Type.Unsafe<'demonstration' | 'pilot' | 'operational'>({
  type: 'string',
  enum: ['demonstration', 'pilot', 'operational'],
  description: 'how far results may be trusted; operational needs the evidence of the methodologist’s page',
});
export type Use = Static<typeof Use>;

export const BankLanguage = Type.Object(
  {
    translation: Type.Unsafe<'original' | 'reviewed' | 'not-validated'>({
      type: 'string',
      enum: ['original', 'reviewed', 'not-validated'],
    }),
    use: Use,
    note: Type.Optional(Text),
  },
  { ...shut, description: 'state of one language of the bank' },
);

export const LawSource = Type.Object(
  {
    act: Type.String({
      minLength: 1,
      maxLength: 60,
      description: 'register number of the act, e.g. Z1100000380',
    }),
    article: Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'article and, where it has one, part and clause: 49(6)',
    }),
    edition: Type.String({ minLength: 1, maxLength: 60, description: 'the edition that was read' }),
    sentence: Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'the words of the act that make the key right, quoted',
    }),
    sentenceLanguage: Language,
    inForce: Type.Boolean({
      description: 'false: a newer edition exists that was not at hand; demonstration only',
    }),
    checkedBy: Type.String({ minLength: 1, maxLength: 200 }),
    checkedAt: Day,
    effectiveFrom: Type.Optional(Day),
    effectiveTo: Type.Optional(Day),
  },
  { ...shut, description: 'where a key can be checked' },
);
export type LawSource = Static<typeof LawSource>;

const itemBase = {
  id: Id,
  topic: Type.Optional(Id),
  stem: Text,
  difficulty: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'expected share of right answers, the author’s rating',
    }),
  ),
  source: Type.Optional(LawSource),
  draft: Type.Optional(Type.Boolean({ description: 'true: cannot be drawn into a form' })),
};

export const Option = Type.Object({ id: Id, text: Text }, shut);
export const SingleChoiceItem = Type.Object(
  {
    kind: Type.Literal('single-choice'),
    ...itemBase,
    options: Type.Array(Option, { minItems: 2, maxItems: 10 }),
    shuffle: Type.Boolean({ description: 'true: the order of options is drawn for each attempt' }),
    key: Type.String({ description: 'id of the right option', pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
  },
  { ...shut, description: 'one right option, one mark' },
);
export type SingleChoiceItem = Static<typeof SingleChoiceItem>;

export const LikertItem = Type.Object(
  {
    kind: Type.Literal('likert'),
    ...itemBase,
    responses: Type.String({
      pattern: Id.pattern as string,
      description: 'id of a response scale of the bank',
    }),
  },
  { ...shut, description: 'a statement answered on one of the bank’s response scales; never shuffled' },
);
export type LikertItem = Static<typeof LikertItem>;

export const Item = tagged('kind', SingleChoiceItem, LikertItem);
export type Item = SingleChoiceItem | LikertItem;
export type ItemKind = Item['kind'];

export const ResponseScale = Type.Object(
  {
    id: Id,
    responses: Type.Array(
      Type.Object({ value: Type.Integer({ minimum: -100, maximum: 100 }), text: Text }, shut),
      {
        minItems: 2,
        maxItems: 11,
        description: 'in the order on screen',
      },
    ),
  },
  shut,
);
export type ResponseScale = Static<typeof ResponseScale>;

export const Scale = Type.Object(
  {
    id: Id,
    title: Text,
    items: Type.Array(Type.Object({ item: Id, reversed: Type.Boolean() }, shut), {
      minItems: 1,
      maxItems: 400,
    }),
    missing: Type.Object(
      {
        policy: Type.Literal('prorate'),
        floor: Type.Number({
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'least share of answered items for the scale to be computed',
        }),
      },
      shut,
    ),
  },
  { ...shut, description: 'sum of likert items, each reversed where it says so' },
);
export type Scale = Static<typeof Scale>;

export const NormGroup = Type.Object(
  {
    id: Id,
    title: Text,
    language: Language,
    n: Type.Integer({ minimum: 200, description: 'below 200 people there is no norm group' }),
    collectedAt: Day,
    method: Type.String({ minLength: 1, maxLength: 500 }),
    scales: Type.Array(
      Type.Object(
        {
          scale: Id,
          mean: Type.Number(),
          sd: Type.Number({ exclusiveMinimum: 0 }),
          reliability: Type.Number({ minimum: 0, maximum: 1 }),
        },
        shut,
      ),
      {
        minItems: 1,
      },
    ),
  },
  shut,
);

export const Provenance = Type.Object(
  {
    author: Type.String({ minLength: 1, maxLength: 300 }),
    source: Type.String({ minLength: 1, maxLength: 1000 }),
    licence: Type.String({ minLength: 1, maxLength: 200 }),
  },
  shut,
);

export const Topic = Type.Object({ id: Id, title: Text }, shut);

export const Bank = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 200 })),
    id: Id,
    version: Semver,
    kind: Type.Unsafe<'knowledge' | 'ability' | 'questionnaire'>({
      type: 'string',
      enum: ['knowledge', 'ability', 'questionnaire'],
    }),
    title: Text,
    languages: Type.Object(
      { kk: Type.Optional(BankLanguage), ru: Type.Optional(BankLanguage), en: Type.Optional(BankLanguage) },
      { ...shut, minProperties: 1 },
    ),
    provenance: Provenance,
    instructions: Text,
    practice: Type.Array(Item, { maxItems: 10, description: 'shown before the section, never scored' }),
    topics: Type.Array(Topic, { maxItems: 100 }),
    responseScales: Type.Array(ResponseScale, { maxItems: 20 }),
    items: Type.Array(Item, { minItems: 1, maxItems: 2000 }),
    scales: Type.Array(Scale, { maxItems: 200 }),
    normGroups: Type.Array(NormGroup, { maxItems: 50 }),
  },
  {
    ...shut,
    $id: 'bank.schema.json',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Adil question bank',
  },
);
export type Bank = Static<typeof Bank>;

export const PublicationRef = Type.Object({ id: Id, version: Semver }, shut);
export type PublicationRef = Static<typeof PublicationRef>;

const Pick = tagged(
  'how',
  Type.Object(
    {
      how: Type.Literal('quotas'),
      quotas: Type.Array(
        Type.Object({ topic: Id, count: Type.Integer({ minimum: 1, maximum: 500 }) }, shut),
        { minItems: 1, maxItems: 100 },
      ),
    },
    { ...shut, description: 'so many items of each topic, drawn for each attempt' },
  ),
  Type.Object(
    { how: Type.Literal('all') },
    { ...shut, description: 'every item that is not a draft, in the order of the bank' },
  ),
  Type.Object(
    { how: Type.Literal('items'), items: Type.Array(Id, { minItems: 1, maxItems: 500 }) },
    { ...shut, description: 'exactly these, in this order' },
  ),
);

export const Threshold = Type.Object(
  {
    total: Type.Integer({ minimum: 0, maximum: 2000 }),
    eachTopic: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 500, description: 'least score in every topic; both must be met' }),
    ),
    basis: Text,
  },
  { ...shut, description: 'what has to be reached, and the rule that says so' },
);
export type Threshold = Static<typeof Threshold>;

export const Section = Type.Object(
  {
    id: Id,
    title: Text,
    bank: PublicationRef,
    pick: Pick,
    order: Type.Unsafe<'drawn' | 'fixed'>({
      type: 'string',
      enum: ['drawn', 'fixed'],
      description: 'drawn: items in an order of their own for each attempt',
    }),
    limitMs: Type.Integer({ minimum: 1000, maximum: 6 * 3600_000 }),
    languageSwitch: Type.Boolean({ description: 'false: the section stays in the language it was begun in' }),
    threshold: Type.Optional(Threshold),
  },
  shut,
);
export type Section = Static<typeof Section>;

export const Programme = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 200 })),
    id: Id,
    version: Semver,
    title: Text,
    languages: Type.Array(Language, { minItems: 1, maxItems: 3, uniqueItems: true }),
    use: Use,
    admission: Type.Unsafe<'operator' | 'automatic'>({
      type: 'string',
      enum: ['operator', 'automatic'],
      description: 'operator: nobody starts before the operator admits them',
    }),
    notice: Type.Object(
      { version: Semver, paragraphs: Type.Array(Text, { minItems: 1, maxItems: 30 }) },
      { ...shut, description: 'purpose, data, who sees them, consequences, objection' },
    ),
    graceMs: Type.Integer({
      minimum: 0,
      maximum: 10_000,
      description: 'an answer received so long after the deadline still counts',
    }),
    giveBack: Type.Object(
      {
        disconnectTotalMs: Type.Integer({
          minimum: 0,
          maximum: 3600_000,
          description:
            'most time given back in one attempt for a lost connection, a crashed browser or a transfer; an outage of the server is always given back',
        }),
      },
      shut,
    ),
    announceAtMs: Type.Array(Type.Integer({ minimum: 1000 }), {
      maxItems: 10,
      description: 'remaining times that are announced',
    }),
    sections: Type.Array(Section, { minItems: 1, maxItems: 20 }),
    provenance: Provenance,
  },
  {
    ...shut,
    $id: 'programme.schema.json',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Adil programme',
  },
);
export type Programme = Static<typeof Programme>;

/** An answer as it travels and is stored: an option id, a number of the response scale, or null for "answer withdrawn". */
export const AnswerValue = Type.Union([
  Type.Null(),
  Type.String({ maxLength: 64 }),
  Type.Integer({ minimum: -100, maximum: 100 }),
]);
export type AnswerValue = Static<typeof AnswerValue>;

export const FormItem = Type.Object(
  {
    item: Id,
    options: Type.Optional(
      Type.Array(Id, { minItems: 2, maxItems: 10, description: 'option ids in the order shown' }),
    ),
  },
  shut,
);
export type FormItem = Static<typeof FormItem>;
export const FormSection = Type.Object(
  { section: Id, bank: PublicationRef, items: Type.Array(FormItem, { minItems: 1, maxItems: 2000 }) },
  shut,
);

/** What one attempt was given: frozen when the attempt is issued, kept for ever, reproducible from the seed. */
export const Form = Type.Object(
  {
    id: Id,
    seed: Sha256,
    programme: Type.Object({ id: Id, version: Semver, sha256: Sha256 }, shut),
    banks: Type.Array(Type.Object({ id: Id, version: Semver, sha256: Sha256 }, shut)),
    sections: Type.Array(FormSection),
  },
  shut,
);
export type Form = Static<typeof Form>;

/** One fault of an authored file, for a person to mend; faults are data, never exceptions, and come all at once. */
export interface Problem {
  /** JSON pointer into the file, '' for the whole file */
  readonly path: string;
  /** name of the rule, as in the folder question-banks/rules, or 'shape' */
  readonly rule: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** what is wrong and how to mend it, in English, for the command line */
  readonly text: string;
}
