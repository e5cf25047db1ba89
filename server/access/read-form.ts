/** Bodies of forms, checked against a closed shape: what a form does not have is refused, and so is every value that is not text. */
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Refusal } from '../errors.ts';
import { TerminalSignIn } from '../wire/contract.ts';
import { roles, type Role } from './roles.ts';

const shut = { additionalProperties: false } as const;
const Token = Type.String({ maxLength: 100 });
const Name = Type.String({ maxLength: 100 });
const Password = Type.String({ maxLength: 1000 });
const RoleField = Type.Unsafe<Role>({ type: 'string', enum: [...roles] });
/** one field, or several of the same name */
const Roles = Type.Optional(Type.Union([RoleField, Type.Array(RoleField, { maxItems: roles.length })]));

export const SignInForm = Type.Object(
  { csrf: Token, name: Name, password: Password, next: Type.Optional(Type.String({ maxLength: 1000 })) },
  shut,
);
export const SetUpForm = Type.Object({ csrf: Token, name: Name, password: Password, repeat: Password }, shut);
export const AccountForm = Type.Object({ csrf: Token, name: Name, password: Password, role: Roles }, shut);
export const RolesForm = Type.Object({ csrf: Token, role: Roles }, shut);
export const TryAsForm = Type.Object({ csrf: Token, role: RoleField }, shut);
export const EmptyForm = Type.Object({ csrf: Token }, shut);

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** @returns a reader that gives the body as this shape or throws Refusal BAD_SHAPE with the place, never the value */
function readerOf<S extends TSchema>(schema: S): (body: unknown) => Static<S> {
  const valid = ajv.compile<Static<S>>(schema);
  return (body) => {
    if (!valid(body)) throw new Refusal('BAD_SHAPE', valid.errors?.[0]?.instancePath ?? '');
    return body;
  };
}

export const readSignIn = readerOf(SignInForm);
export const readSetUp = readerOf(SetUpForm);
export const readAccount = readerOf(AccountForm);
export const readRoles = readerOf(RolesForm);
export const readTryAs = readerOf(TryAsForm);
export const readEmpty = readerOf(EmptyForm);
export const readTerminalSignIn = readerOf(TerminalSignIn);

/** The roles that a form chose. */
export function chosenRoles(role: Role | readonly Role[] | undefined): readonly Role[] {
  return role === undefined ? [] : [role].flat();
}
