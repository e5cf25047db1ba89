/**
 * The organisation's register of public keys: who may seal, and when. It lives outside the server (with the auditor, in print, on a
 * notice board); `adil verify --trust` reads it. A key that was withdrawn keeps its row with `untilAt`, so that older seals stay good.
 */
import { Type, type Static } from '@sinclair/typebox';
import { keyIdOf, type Seal } from './seal.ts';
import { readerOf } from './shape.ts';

const shut = { additionalProperties: false } as const;

export const RegisteredKey = Type.Object(
  {
    keyId: Type.String({ pattern: '^[0-9a-f]{16}$' }),
    publicKey: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'raw Ed25519 key' }),
    owner: Type.String({ minLength: 1, maxLength: 200 }),
    fromAt: Type.Integer({ minimum: 0, description: 'seals from this moment on are good' }),
    untilAt: Type.Union([Type.Null(), Type.Integer({ minimum: 0 })], {
      description: 'and up to this one; null: still in use',
    }),
  },
  shut,
);
export type RegisteredKey = Static<typeof RegisteredKey>;

export const KeyRegister = Type.Object(
  { format: Type.Literal('adil-key-register-1'), keys: Type.Array(RegisteredKey, { maxItems: 1000 }) },
  shut,
);
export type KeyRegister = Static<typeof KeyRegister>;

const readShape = readerOf(KeyRegister);

/** @param bytes UTF-8 JSON. @throws Error with what is wrong: an unreadable register must never pass for an empty one */
export function readKeyRegister(bytes: Uint8Array): KeyRegister {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Error('the key register is not JSON');
  }
  const read = readShape(parsed);
  if (!read.ok) throw new Error(`the key register has the wrong shape: ${read.fault}`);
  for (const key of read.value.keys) {
    if (key.keyId !== keyIdOf(key.publicKey))
      throw new Error(`the key register is wrong: ${key.keyId} is not the id of its public key`);
  }
  return read.value;
}

/** What the register says of the key and the time of a seal; the seal itself is checked by `checkSeal`. */
export function lookUpSigner(
  register: KeyRegister,
  seal: Pick<Seal, 'publicKey' | 'at'>,
): { readonly trusted: true; readonly owner: string } | { readonly trusted: false; readonly why: string } {
  const rows = register.keys.filter((key) => key.publicKey === seal.publicKey);
  if (rows.length === 0) return { trusted: false, why: 'the key is not in the register' };
  const row = rows.find((key) => seal.at >= key.fromAt && (key.untilAt === null || seal.at <= key.untilAt));
  return row === undefined
    ? { trusted: false, why: 'the key was not in force at the time of the seal' }
    : { trusted: true, owner: row.owner };
}
