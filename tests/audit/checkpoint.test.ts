import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical, sha256Hex, type ChainEntry } from '../../server/audit/chain.ts';
import {
  buildCheckpoint,
  checkpointHash,
  compareWithCheckpoint,
  extractHead,
  faultOfCheckpoint,
  faultOfExtract,
  firstCheckpointHash,
  readCheckpoint,
} from '../../server/audit/checkpoint.ts';
import { inclusionProof, merkleRoot, rootFromProof } from '../../server/audit/merkle.ts';
import { attemptId, chainOf, checkpointOver, serverKey, startAt, testKey, type Act } from './make-chain.ts';
import { sampleActs } from './sample-record.ts';

const entries = chainOf(sampleActs);
const other = chainOf(sampleActs.slice(0, 6), 'another-attempt');
const headOf = (chain: readonly ChainEntry[]) => {
  const last = chain.at(-1);
  if (last === undefined) throw new Error('empty');
  return { chain: last.chain, of: last.of, n: last.n, hash: last.hash };
};
const checkpoint = buildCheckpoint(startAt, [headOf(entries), headOf(other)], firstCheckpointHash, serverKey);
const now =
  (...chains: (readonly ChainEntry[])[]) =>
  (chain: string, of: string, n: number) =>
    chains.flat().find((e) => e.chain === chain && e.of === of && e.n === n)?.hash ?? null;

describe('merkle tree', () => {
  test('values of RFC 6962: empty, one, two, three leaves', () => {
    const leaf = (text: string) => sha256Hex(Buffer.concat([Buffer.from([0]), Buffer.from(text)]));
    const node = (l: string, r: string) =>
      sha256Hex(Buffer.concat([Buffer.from([1]), Buffer.from(l, 'hex'), Buffer.from(r, 'hex')]));
    expect(merkleRoot([])).toBe(sha256Hex(''));
    expect(merkleRoot(['a'])).toBe(leaf('a'));
    expect(merkleRoot(['a', 'b', 'c'])).toBe(node(node(leaf('a'), leaf('b')), leaf('c')));
  });
  test('every leaf is proved, by its own proof only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), (size, pick, second) => {
        const leaves = Array.from({ length: size }, (_, i) => `leaf ${i}`);
        const index = pick % size;
        const proof = inclusionProof(leaves, index);
        expect(rootFromProof(`leaf ${index}`, index, size, proof)).toBe(merkleRoot(leaves));
        expect(rootFromProof('leaf x', index, size, proof)).not.toBe(merkleRoot(leaves));
        expect(rootFromProof(`leaf ${index}`, index, size, [...proof, '0'.repeat(64)])).toBeNull();
        const wrong = second % size;
        expect(
          wrong === index || rootFromProof(`leaf ${index}`, wrong, size, proof) !== merkleRoot(leaves),
        ).toBe(true);
      }),
    );
  });
});

test('heads are sorted, the order given moves nothing, a chain is named once', () => {
  expect(checkpoint.heads.map((head) => head.of)).toEqual(['another-attempt', attemptId]);
  expect(buildCheckpoint(startAt, [headOf(other), headOf(entries)], firstCheckpointHash, serverKey)).toEqual(
    checkpoint,
  );
  expect(() =>
    buildCheckpoint(startAt, [headOf(other), headOf(other)], firstCheckpointHash, serverKey),
  ).toThrow(RangeError);
  expect(faultOfCheckpoint(buildCheckpoint(startAt, [], firstCheckpointHash, serverKey))).toBeNull();
});

test('checkpoints are chained to each other', () => {
  const next = buildCheckpoint(startAt + 1, checkpoint.heads, checkpointHash(checkpoint), serverKey);
  expect(next.prevCheckpointHash).toBe(checkpointHash(checkpoint));
  expect(checkpointHash(next)).not.toBe(checkpointHash(checkpoint));
});

describe('chains against a checkpoint', () => {
  test('untouched and grown chains agree', () => {
    expect(compareWithCheckpoint(checkpoint, now(entries, other))).toEqual([]);
    const grown = chainOf([...sampleActs.slice(0, 6), ...sampleActs.slice(6, 9)], 'another-attempt');
    expect(compareWithCheckpoint(checkpoint, now(entries, grown))).toEqual([]);
  });
  test('a rewritten and re-chained one, a shorter one and a missing one are named', () => {
    const acts = sampleActs.map((act): Act =>
      act.kind === 'admitted' ? { ...act, body: { by: 'someone else' } } : act,
    );
    expect(compareWithCheckpoint(checkpoint, now(chainOf(acts), other))).toEqual([
      { chain: 'attempt', of: attemptId, n: entries.length, what: 'rewritten' },
    ]);
    expect(compareWithCheckpoint(checkpoint, now(entries, other.slice(0, 5)))).toEqual([
      { chain: 'attempt', of: 'another-attempt', n: 6, what: 'truncated' },
    ]);
    expect(compareWithCheckpoint(checkpoint, now(other))).toEqual([
      { chain: 'attempt', of: attemptId, n: entries.length, what: 'truncated' },
    ]);
  });
});

describe('a checkpoint that was changed', () => {
  const [first, second] = checkpoint.heads;
  if (first === undefined || second === undefined) throw new Error('no heads');
  test.each([
    ['a head', { heads: [{ ...first, n: 7 }, second] }],
    ['the order of heads', { heads: [second, first] }],
    ['a head left out', { heads: [first] }],
    ['a head left out and counted', { heads: [first], count: 1 }],
    ['the time', { at: startAt + 1 }],
    ['the one before', { prevCheckpointHash: '0'.repeat(64) }],
    [
      'the key',
      { seal: { ...checkpoint.seal, publicKey: testKey('8').publicKey, keyId: testKey('8').keyId } },
    ],
  ])('%s', (_, change) => expect(faultOfCheckpoint({ ...checkpoint, ...change })).not.toBeNull());
  test('untouched it is whole', () => expect(faultOfCheckpoint(checkpoint)).toBeNull());
});

test('an extract proves one head and shows no other', () => {
  const all = checkpointOver(entries, startAt);
  const extract = extractHead(all, 'attempt', attemptId);
  if (extract === null) throw new Error('unknown chain');
  expect(faultOfExtract(extract)).toBeNull();
  expect(faultOfExtract({ ...extract, head: { ...extract.head, n: 1 } })).not.toBeNull();
  expect(faultOfExtract({ ...extract, index: extract.index + 1 })).not.toBeNull();
  expect(faultOfExtract({ ...extract, statement: { ...extract.statement, at: 1 } })).not.toBeNull();
  expect(canonical(extract)).not.toContain('zzzz');
  expect(extractHead(all, 'attempt', 'unknown')).toBeNull();
});

describe('reading a checkpoint file', () => {
  const text = canonical(checkpoint);
  test('canonical JSON, with or without the last line feed', () => {
    expect(readCheckpoint(Buffer.from(text))).toEqual(checkpoint);
    expect(readCheckpoint(Buffer.from(`${text}\n`))).toEqual(checkpoint);
  });
  test.each([
    ['another spelling', ` ${text}`, /not canonical/],
    ['a changed head', text.replace('"n":6', '"n":5'), /not those that were sealed/],
    ['another shape', '{"format":"adil-checkpoint-1"}', /wrong shape/],
    ['no JSON', 'x', /JSON/],
  ])('refuses %s', (_, changed, message) =>
    expect(() => readCheckpoint(Buffer.from(changed))).toThrow(message),
  );
});
