import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  canonical,
  commit,
  genesisHash,
  linkHash,
  sha256Hex,
  verifyChain,
  type ChainLink,
} from '../../server/audit/chain.ts';
import { attemptId, chainOf } from './make-chain.ts';
import { sampleActs } from './sample-record.ts';

const hash = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789abcdef')),
  minLength: 64,
  maxLength: 64,
});
const link: fc.Arbitrary<ChainLink> = fc.record({
  chain: fc.constantFrom('attempt', 'account', 'publication', 'audit', 'case', 'sitting'),
  of: fc.string({ unit: 'grapheme', maxLength: 30 }),
  n: fc.integer({ min: 1 }),
  kind: fc.constantFrom('answered', 'issued', 'server-outage'),
  epoch: fc.nat(),
  clientId: fc.string({ unit: 'grapheme', maxLength: 30 }),
  clientSeq: fc.nat(),
  at: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  commitment: hash,
  prevHash: hash,
});

test('linkHash is the SHA-256 of the canonical link, whatever the ids', () => {
  fc.assert(fc.property(link, (l) => expect(linkHash(l)).toBe(sha256Hex(canonical({ ...l, v: 1 })))));
});

test('the format is final: these hashes can never change', () => {
  expect(genesisHash('attempt', 'a')).toBe(
    '46704f5e7f93ecfdb0856a04e05c094287f56db799f56956efe905b6eeec8b5c',
  );
  expect(commit('00'.repeat(16), { itemId: 'i1', value: null })).toBe(
    '044541d91626a515a0a146782466d1fb04e7719518b699c3a2a2d3aed0ae94ce',
  );
  expect(
    linkHash({
      chain: 'attempt',
      of: 'a',
      n: 1,
      kind: 'issued',
      epoch: 0,
      clientId: '',
      clientSeq: 0,
      at: 1,
      commitment: '1'.repeat(64),
      prevHash: '2'.repeat(64),
    }),
  ).toBe('d68d5d88d4ca8d999eb3886ff61540fac558f4aa3ce19988bc8e68118be8d79a');
});

test('a chain is whole, and each sort of break is found where it is', () => {
  const entries = chainOf(sampleActs);
  const broken = (n: number, change: object) =>
    verifyChain(
      'attempt',
      attemptId,
      entries.map((e) => (e.n === n ? { ...e, ...change } : e)),
    );
  expect(verifyChain('attempt', attemptId, entries)).toBeNull();
  expect(broken(5, { n: 6 })).toEqual({ n: 5, what: 'gap' });
  expect(broken(5, { of: 'other' })).toEqual({ n: 5, what: 'owner' });
  expect(broken(5, { prevHash: '0'.repeat(64) })).toEqual({ n: 5, what: 'prevHash' });
  expect(broken(5, { body: { by: 'someone else' } })).toEqual({ n: 5, what: 'commitment' });
  expect(broken(5, { at: 1 })).toEqual({ n: 5, what: 'hash' });
  expect(broken(5, { salt: null, body: null })).toBeNull();
});
