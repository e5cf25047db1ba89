import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildAuditFile, buildOpenDossier } from '../../server/audit/dossier.ts';
import { verifyFile } from '../../server/audit/verify.ts';
import { linesOf, textOf } from './edit-file.ts';
import { sealedAt, serverKey } from './make-chain.ts';
import { recordOf } from './sample-record.ts';

const open = buildOpenDossier(recordOf(), serverKey, sealedAt);
const files = [
  ['open dossier', open],
  ['audit file', buildAuditFile(recordOf(), serverKey, sealedAt)],
] as const;

test.each(files)('the untouched %s is consistent', (_, bytes) =>
  expect(verifyFile(bytes).problems).toEqual([]),
);

describe('every change of a single byte is caught', () => {
  const flip = (bytes: Uint8Array, at: number, to: (byte: number) => number): Uint8Array => {
    const changed = Uint8Array.from(bytes);
    changed[at] = to(changed[at] ?? 0) & 255;
    return changed;
  };

  test.each(files)('%s: any bit anywhere', (_, bytes) => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        expect(verifyFile(flip(bytes, at, (byte) => byte ^ (1 << bit))).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
  test.each(files)('%s: any other byte anywhere', (_, bytes) => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        expect(verifyFile(flip(bytes, at, (byte) => byte + by)).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
  test.each(files)('%s: any byte left out or doubled', (_, bytes) => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.boolean(), (at, twice) => {
        const changed = Buffer.concat([
          bytes.subarray(0, at),
          ...(twice ? [bytes.subarray(at, at + 1)] : []),
          bytes.subarray(twice ? at : at + 1),
        ]);
        expect(verifyFile(changed).ok).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
  test('every single byte of the seal, by one and by case', () => {
    const start = open.length - (linesOf(open).at(-1)?.length ?? 0) - 1;
    for (let at = start; at < open.length; at += 1) {
      for (const to of [(byte: number) => byte ^ 1, (byte: number) => byte ^ 32]) {
        const changed = flip(open, at, to);
        expect([at, verifyFile(changed).ok]).toEqual([at, false]);
      }
    }
  });
});

describe('other spellings of the same content', () => {
  const text = textOf(open);
  test.each([
    ['a byte order mark', `\ufeff${text}`],
    ['a space at the end of a line', text.replace('\n', ' \n')],
    ['a blank line', text.replace('\n', '\n\n')],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['no line feed at the end', text.slice(0, -1)],
    ['something after the seal', `${text}{}\n`],
    ['the seal twice', `${text}${linesOf(open).at(-1) ?? ''}\n`],
    [
      'a line twice',
      linesOf(open)
        .map((line, i) => (i === 1 ? `${line}\n${line}` : line))
        .join('\n'),
    ],
    ['an escaped letter', text.replace('handed-in', 'handed\\u002din')],
    ['another order of members', text.replace(/^\{"attemptId":"([^"]*)",(.*)\}$/m, '{$2,"attemptId":"$1"}')],
    ['a number with a point', text.replace('"issuedAt":', '"issuedAt":0.0e0')],
    ['nothing', ''],
    ['only a line feed', '\n'],
    ['no JSON', 'hello\n'],
    ['another JSON', '{"part":"header"}\n'],
    ['a file of prototypes', '{"__proto__":{"part":"header"}}\n'],
    ['very deep JSON', `${'['.repeat(200_000)}${']'.repeat(200_000)}\n`],
  ])('%s', (_, changed) => {
    expect(changed).not.toBe(text);
    const verdict = verifyFile(Buffer.from(changed));
    expect(verdict.ok).toBe(false);
    expect(verdict.problems.length).toBeGreaterThan(0);
  });
  test('bytes that are not UTF-8', () => {
    expect(verifyFile(Buffer.concat([open, Buffer.from([0xff])])).problems).toEqual([
      { line: 0, what: 'the file is not UTF-8 text' },
    ]);
  });
});
