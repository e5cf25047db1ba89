import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical, commit, randomSalt } from '../../server/audit/chain.ts';

test('a commitment is HMAC-SHA256 as the library computes it', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      (salt, text, n) => {
        const body = { text, n };
        const hex = Buffer.from(salt).toString('hex');
        expect(commit(hex, body)).toBe(createHmac('sha256', salt).update(canonical(body)).digest('hex'));
      },
    ),
  );
});

test('salts are 32 digits and do not repeat', () => {
  const salts = Array.from({ length: 3000 }, randomSalt);
  expect(new Set(salts).size).toBe(3000);
  for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{32}$/);
});
