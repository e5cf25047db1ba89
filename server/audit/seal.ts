/**
 * A seal says: the holder of this key had these bytes at this time. Ed25519 (RFC 8032) over
 *
 *   "adil-seal-1" LF keyId LF at LF sha256(bytes) LF
 *
 * so that the time is sealed too and a seal can never pass for a signature made for another purpose. It is an integrity seal, not a
 * qualified electronic signature. Everything travels as lower-case hexadecimal digits, which have one spelling only.
 */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256Hex } from './chain.ts';

export interface Seal {
  /** first 16 digits of the SHA-256 of the raw public key */
  readonly keyId: string;
  /** raw Ed25519 key, 64 digits; whether to trust it is a matter of the key register */
  readonly publicKey: string;
  /** milliseconds since the epoch */
  readonly at: number;
  /** 128 digits */
  readonly signature: string;
}

export interface SealingKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** @param publicKey 64 hexadecimal digits */
export function keyIdOf(publicKey: string): string {
  return sha256Hex(Buffer.from(publicKey, 'hex')).slice(0, 16);
}

/** @throws TypeError when the key is not Ed25519 */
export function sealingKey(privateKey: KeyObject): SealingKey {
  const { crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('a sealing key is an Ed25519 key');
  const publicKey = Buffer.from(x, 'base64url').toString('hex');
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}

const sealedText = (bytes: string | Uint8Array, keyId: string, at: number): Buffer =>
  Buffer.from(`adil-seal-1\n${keyId}\n${at}\n${sha256Hex(bytes)}\n`);

/** @param at milliseconds since the epoch */
export function seal(bytes: string | Uint8Array, key: SealingKey, at: number): Seal {
  const signature = sign(null, sealedText(bytes, key.keyId, at), key.privateKey).toString('hex');
  return { keyId: key.keyId, publicKey: key.publicKey, at, signature };
}

/** True when the seal belongs to these bytes and to the key it names. Says nothing of whose key that is. */
export function checkSeal(bytes: string | Uint8Array, { keyId, publicKey, at, signature }: Seal): boolean {
  if (!/^[0-9a-f]{64}$/.test(publicKey) || !/^[0-9a-f]{128}$/.test(signature) || keyId !== keyIdOf(publicKey))
    return false;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  return verify(null, sealedText(bytes, keyId, at), key, Buffer.from(signature, 'hex'));
}
