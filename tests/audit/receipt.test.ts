import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sha256Hex } from '../../server/audit/chain.ts';
import { buildReceipt, faultOfReceipt, readReceiptCode, receiptCode } from '../../server/audit/receipt.ts';
import { serverKey, startAt } from './make-chain.ts';

const given = {
  attemptId: 'a1',
  programme: { id: 'trial', version: '1.0.0', sha256: '1'.repeat(64) },
  endedAt: startAt,
  answersStored: 80,
  items: 83,
  head: { n: 300, hash: '2'.repeat(64) },
};
const receipt = buildReceipt(given, serverKey, startAt);

test('the code is the first 60 bits of the hash in Crockford’s letters', () => {
  expect(receiptCode('0'.repeat(64))).toBe('0000-0000-0000');
  expect(receiptCode('f'.repeat(64))).toBe('ZZZZ-ZZZZ-ZZZZ');
  // 00000 00001 00010 00011 … 01011 in binary, then anything
  expect(receiptCode(`00443214c74254b${'9'.repeat(49)}`)).toBe('0123-4567-89AB');
  expect(receipt.code).toBe(receiptCode(receipt.hash));
});

test('every hash gives a code that can be read back as typed', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const code = receiptCode(sha256Hex(seed));
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(
        readReceiptCode(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')),
      ).toBe(code);
    }),
  );
});

test.each(['', 'ABCD-EFGH', 'ABCD-EFGH-JKMU', 'ABCD-EFGH-JKMNP'])('%p is no code', (typed) =>
  expect(readReceiptCode(typed)).toBeNull(),
);

describe('what it says', () => {
  test('is the same for the same facts, and other for any other', () => {
    expect(buildReceipt({ ...given, head: { hash: given.head.hash, n: 300 } }, serverKey, startAt)).toEqual(
      receipt,
    );
    const others = [
      { answersStored: 79 },
      { items: 84 },
      { attemptId: 'a2' },
      { endedAt: startAt + 1 },
      { head: { n: 301, hash: given.head.hash } },
    ].map((change) => buildReceipt({ ...given, ...change }, serverKey, startAt).code);
    expect(new Set([receipt.code, ...others]).size).toBe(6);
  });
  test('cannot be changed afterwards', () => {
    expect(faultOfReceipt(receipt)).toBeNull();
    expect(faultOfReceipt({ ...receipt, answersStored: 83 })).toBe('the hash is not that of its content');
    expect(faultOfReceipt({ ...receipt, code: '0000-0000-0000' })).toBe(
      'the code does not belong to its hash',
    );
    expect(faultOfReceipt({ ...receipt, seal: { ...receipt.seal, at: startAt + 1 } })).toBe(
      'the seal is broken',
    );
  });
});
