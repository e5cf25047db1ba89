/** The score sheet as a stranger's file must hold it: the shape of `scoring/score-sheet.ts`, so that a value read with it is a ScoreSheet. */
import { Type, type TSchema } from '@sinclair/typebox';
import { Id, Semver, Sha256 } from '../../question-banks/schema.ts';

const shut = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const orNull = <S extends TSchema>(shape: S) => Type.Union([Type.Null(), shape]);
const Ref = Type.Object({ id: Id, version: Semver, sha256: Sha256 }, shut);

const Precision = Type.Object(
  {
    method: Type.Literal('lord'),
    sem: Type.Number(),
    interval: Type.Object({ low: Type.Number(), high: Type.Number(), level: Type.Number() }, shut),
  },
  shut,
);
const ThresholdResult = Type.Object(
  { threshold: Type.Number(), met: Type.Boolean(), close: Type.Boolean() },
  shut,
);
const counted = { items: Count, answered: Count };
const scored = {
  ...counted,
  score: Type.Number(),
  maximum: Type.Number(),
  precision: Precision,
  result: orNull(ThresholdResult),
};

const Keyed = Type.Object(
  {
    how: Type.Literal('keyed'),
    section: Id,
    ...scored,
    topics: Type.Array(Type.Object({ topic: Id, ...scored }, shut)),
    met: orNull(Type.Boolean()),
  },
  shut,
);
const Questionnaire = Type.Object({ how: Type.Literal('questionnaire'), section: Id, ...counted }, shut);

export const ScoreSheetShape = Type.Object(
  {
    format: Type.Literal('adil-score-sheet-1'),
    rulesVersion: Type.String({ maxLength: 20 }),
    attempt: Type.String({ minLength: 1, maxLength: 100 }),
    form: Type.Object({ id: Id, sha256: Sha256 }, shut),
    programme: Ref,
    banks: Type.Array(Ref),
    sections: Type.Array(Type.Union([Keyed, Questionnaire])),
  },
  shut,
);
