/**
 * What a person takes home: proof that so many answers were stored, short enough to be read aloud. The code is the first 60 bits of the
 * SHA-256 of the canonical receipt, in the 32 letters of Crockford, which leave out I, L, O and U.
 */
import { Type, type Static } from '@sinclair/typebox';
import { SealShape } from './checkpoint.ts';
import { canonical, sha256Hex } from './chain.ts';
import { checkSeal, seal, type SealingKey } from './seal.ts';

const shut = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0, maximum: 100_000 });

const Statement = Type.Object(
  {
    format: Type.Literal('adil-receipt-1'),
    attemptId: Type.String({ minLength: 1, maxLength: 100 }),
    programme: Type.Object(
      { id: Type.String(), version: Type.String(), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
      shut,
    ),
    endedAt: Type.Integer({ minimum: 0 }),
    answersStored: Count,
    items: Count,
    head: Type.Object(
      { n: Type.Integer({ minimum: 1 }), hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
      { ...shut, description: 'last entry of the journal' },
    ),
  },
  shut,
);
export type ReceiptStatement = Static<typeof Statement>;

export const SealedReceipt = Type.Object(
  {
    ...Statement.properties,
    hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'of the canonical statement' }),
    code: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$' }),
    seal: SealShape,
  },
  shut,
);
export type SealedReceipt = Static<typeof SealedReceipt>;

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `XXXX-XXXX-XXXX` from a hash of 64 hexadecimal digits. */
export function receiptCode(hash: string): string {
  const bits = BigInt(`0x${hash.slice(0, 15)}`);
  const code = Array.from({ length: 12 }, (_, i) => letters[Number((bits >> BigInt(55 - 5 * i)) & 31n)]).join(
    '',
  );
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

/** A code as people type it: small letters, no hyphens, O for 0, I and L for 1. Null when it cannot be a code. */
export function readReceiptCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code)
    ? `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
    : null;
}

const statementOf = ({
  format,
  attemptId,
  programme,
  endedAt,
  answersStored,
  items,
  head,
}: ReceiptStatement): ReceiptStatement => ({
  format,
  attemptId,
  programme: { id: programme.id, version: programme.version, sha256: programme.sha256 },
  endedAt,
  answersStored,
  items,
  head: { n: head.n, hash: head.hash },
});

/**
 * @param given answersStored: items with an answer at the end; items: on the form; head: last entry of the journal
 * @param at of the seal, milliseconds since the epoch
 */
export function buildReceipt(
  given: Omit<ReceiptStatement, 'format'>,
  key: SealingKey,
  at: number,
): SealedReceipt {
  const statement = statementOf({ format: 'adil-receipt-1', ...given });
  const text = canonical(statement);
  const hash = sha256Hex(text);
  return { ...statement, hash, code: receiptCode(hash), seal: seal(text, key, at) };
}

/** What is wrong with a receipt in itself, or null. Whether its key is trusted is asked of the key register. */
export function faultOfReceipt(receipt: SealedReceipt): string | null {
  const text = canonical(statementOf(receipt));
  if (sha256Hex(text) !== receipt.hash) return 'the hash is not that of its content';
  if (receiptCode(receipt.hash) !== receipt.code) return 'the code does not belong to its hash';
  return checkSeal(text, receipt.seal) ? null : 'the seal is broken';
}
