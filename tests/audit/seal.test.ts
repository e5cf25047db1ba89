import { mkdtempSync, readFileSync, rmSync, chmodSync, statSync, writeFileSync, readdirSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lookUpSigner, readKeyRegister } from '../../server/audit/key-register.ts';
import { checkSeal, keyIdOf, seal, sealingKey } from '../../server/audit/seal.ts';
import { openServerKey, rotateServerKey } from '../../server/audit/server-key.ts';
import { registerOf, testKey } from './make-chain.ts';

const key = testKey('7');

describe('seal', () => {
  const sealed = seal('hello', key, 1000);
  test('belongs to the bytes, the time and the key', () => {
    expect(checkSeal('hello', sealed)).toBe(true);
    expect(checkSeal(Buffer.from('hello'), sealed)).toBe(true);
    expect(checkSeal('hallo', sealed)).toBe(false);
    expect(checkSeal('hello', { ...sealed, at: 1001 })).toBe(false);
    expect(checkSeal('hello', { ...sealed, keyId: testKey('8').keyId })).toBe(false);
    expect(
      checkSeal('hello', { ...sealed, publicKey: testKey('8').publicKey, keyId: testKey('8').keyId }),
    ).toBe(false);
  });
  test('has one spelling', () => {
    expect(checkSeal('hello', { ...sealed, signature: sealed.signature.toUpperCase() })).toBe(false);
    expect(checkSeal('hello', { ...sealed, publicKey: sealed.publicKey.toUpperCase() })).toBe(false);
    expect(checkSeal('hello', { ...sealed, signature: `${sealed.signature}00` })).toBe(false);
  });
  test('does not accept the order added to the scalar (malleability)', () => {
    const order = (1n << 252n) + 27742317777372353535851937790883648493n;
    const bytes = Buffer.from(sealed.signature, 'hex');
    let s = 0n;
    for (let i = 63; i >= 32; i -= 1) s = (s << 8n) | BigInt(bytes[i] ?? 0);
    s += order;
    for (let i = 32; i < 64; i += 1) {
      bytes[i] = Number(s & 255n);
      s >>= 8n;
    }
    expect(checkSeal('hello', { ...sealed, signature: bytes.toString('hex') })).toBe(false);
  });
  test('is the same for the same bytes, key and time (RFC 8032 is deterministic)', () => {
    expect(seal('hello', key, 1000)).toEqual(sealed);
    expect(sealed.keyId).toBe(keyIdOf(key.publicKey));
    expect(sealed.keyId).toMatch(/^[0-9a-f]{16}$/);
  });
  test('is made by Ed25519 keys only', () => {
    expect(() => sealingKey(generateKeyPairSync('x25519').privateKey)).toThrow(TypeError);
  });
});

describe('key register', () => {
  const register = registerOf(key);
  const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
  const [row] = register.keys;

  test('is read, and knows who was in force when', () => {
    expect(readKeyRegister(bytesOf(register))).toEqual(register);
    const limited = readKeyRegister(
      bytesOf({
        ...register,
        keys: [
          { ...row, fromAt: 100, untilAt: 200 },
          { ...row, fromAt: 300 },
        ],
      }),
    );
    const trusted = (at: number) => lookUpSigner(limited, { publicKey: key.publicKey, at }).trusted;
    expect([99, 100, 200, 201, 299, 300, 5000].map(trusted)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(lookUpSigner(limited, { publicKey: testKey('8').publicKey, at: 150 })).toEqual({
      trusted: false,
      why: 'the key is not in the register',
    });
  });
  test.each([
    ['no JSON', Buffer.from('{'), /not JSON/],
    ['another format', bytesOf({ format: 'x', keys: [] }), /shape/],
    ['an unknown member', bytesOf({ ...register, extra: 1 }), /shape/],
    [
      'a key id of another key',
      bytesOf({ ...register, keys: [{ ...row, keyId: '0'.repeat(16) }] }),
      /not the id of its public key/,
    ],
  ])('refuses %s', (_, bytes, message) => expect(() => readKeyRegister(bytes)).toThrow(message));
});

describe('the server’s key file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'adil-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = () => join(folder, 'server.key');

  test('is made once, for its user alone, and leaves nothing beside it', () => {
    const made = openServerKey(path(), 1000);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['server.key']);
    const again = openServerKey(path(), 2000);
    expect(again.key.keyId).toBe(made.key.keyId);
    expect(again.register).toEqual(made.register);
    expect(made.register.keys).toEqual([
      { keyId: made.key.keyId, publicKey: made.key.publicKey, owner: 'server', fromAt: 1000, untilAt: null },
    ]);
    expect(checkSeal('x', seal('x', again.key, 3000))).toBe(true);
  });
  test('the register holds no secret', () => {
    const { register } = openServerKey(path(), 1000);
    const secret = JSON.parse(readFileSync(path(), 'utf8')).privateKey.slice(-64);
    expect(secret).toHaveLength(64);
    expect(JSON.stringify(register)).not.toContain(secret);
  });
  test('rotation keeps the old public key up to that moment', () => {
    const old = openServerKey(path(), 1000);
    const fresh = rotateServerKey(path(), 5000);
    expect(fresh.key.keyId).not.toBe(old.key.keyId);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(openServerKey(path(), 9000).key.keyId).toBe(fresh.key.keyId);
    const trusted = (publicKey: string, at: number) =>
      lookUpSigner(fresh.register, { publicKey, at }).trusted;
    expect([
      trusted(old.key.publicKey, 4000),
      trusted(old.key.publicKey, 5001),
      trusted(fresh.key.publicKey, 4000),
      trusted(fresh.key.publicKey, 5001),
    ]).toEqual([true, false, false, true]);
  });
  test('is refused when others can read it, or when it is damaged; and never replaced', () => {
    openServerKey(path(), 1000);
    const content = readFileSync(path(), 'utf8');
    chmodSync(path(), 0o640);
    expect(() => openServerKey(path(), 2000)).toThrow('others can read');
    chmodSync(path(), 0o600);
    writeFileSync(path(), '{}\n');
    expect(() => openServerKey(path(), 2000)).toThrow('not a server key file');
    expect(readFileSync(path(), 'utf8')).toBe('{}\n');
    writeFileSync(path(), content);
    expect(openServerKey(path(), 3000).register.keys[0]?.fromAt).toBe(1000);
  });
});
