import { describe, expect, test } from '@jest/globals';
import {
  buildCheckpoint,
  checkpointHash,
  extractHead,
  firstCheckpointHash,
  type Checkpoint,
} from '../../server/audit/checkpoint.ts';
import { buildAuditFile, buildOpenDossier } from '../../server/audit/dossier.ts';
import { verifyFile } from '../../server/audit/verify.ts';
import { checkpointOver, registerOf, sealedAt, serverKey, type Act } from './make-chain.ts';
import { recordOf, sampleActs } from './sample-record.ts';

const record = recordOf();
const open = buildOpenDossier(record, serverKey, sealedAt);
const trustedKeys = registerOf(serverKey);
const reading = (bytes: Uint8Array) => verifyFile(bytes).problems.map(({ line, what }) => `${line}: ${what}`);

describe('a journal rewritten from the start, chained and sealed anew with the server’s own key', () => {
  const better = sampleActs.map((act): Act =>
    act.kind === 'answered' && act.body.itemId === 'canary-b1'
      ? { ...act, body: { itemId: 'canary-b1', value: 'canary-right-b1' } }
      : act,
  );
  const forged = recordOf(better);
  const outside = checkpointOver(record.entries, sealedAt - 1000);

  test('is consistent in itself: nothing inside gives it away', () => {
    expect(forged.sheet).not.toEqual(record.sheet);
    expect(verifyFile(buildAuditFile(forged, serverKey, sealedAt), { trustedKeys })).toMatchObject({
      ok: true,
      signer: 'trusted',
    });
  });
  test.each([
    ['open dossier', buildOpenDossier(forged, serverKey, sealedAt)],
    ['audit file', buildAuditFile(forged, serverKey, sealedAt)],
  ])('%s: is caught by the checkpoint outside', (_, bytes) => {
    const verdict = verifyFile(bytes, { trustedKeys, checkpoints: [outside] });
    expect(verdict).toMatchObject({ ok: false, signer: 'not-verified' });
    expect(verdict.problems.map((one) => one.what)).toEqual([
      expect.stringMatching(/^outside checkpoint of .*: the journal was rewritten$/),
    ]);
  });
  test('is caught by the old checkpoint inside', () => {
    const kept = extractHead(outside, 'attempt', record.attemptId);
    expect(reading(buildOpenDossier({ ...forged, checkpoint: kept }, serverKey, sealedAt))).toEqual([
      expect.stringMatching('the journal was cut or rewritten'),
    ]);
  });
  test('a journal that was cut is caught', () => {
    const short = {
      ...record,
      entries: record.entries.slice(0, -1),
      endedAt: null,
      status: 'running' as const,
      receipt: null,
      checkpoint: null,
    };
    const bytes = buildOpenDossier(short, serverKey, sealedAt);
    expect(verifyFile(bytes).ok).toBe(true);
    const what = verifyFile(bytes, { checkpoints: [outside] }).problems.map((one) => one.what);
    expect(what).toEqual([
      expect.stringMatching(
        `the journal had ${record.entries.length} entries then and has ${record.entries.length - 1} now: it was cut`,
      ),
    ]);
  });
  test('an entry added later under an older time is caught by a checkpoint that knows the attempt', () => {
    const earlier = checkpointOver(record.entries.slice(0, -1), sealedAt);
    expect(verifyFile(open, { checkpoints: [earlier] }).problems.map((one) => one.what)).toEqual([
      expect.stringMatching(`does not know entry ${record.entries.length}, which claims to be older`),
    ]);
  });
  test('a whole attempt put in later is caught by the gapless series of checkpoints, not by one alone', () => {
    const one = checkpointOver([], sealedAt - 120_000);
    const two = buildCheckpoint(sealedAt, one.heads, checkpointHash(one), serverKey);
    const what = (...checkpoints: Checkpoint[]) =>
      verifyFile(open, { checkpoints }).problems.map((problem) => problem.what);
    expect(what(two)).toEqual([]);
    expect(what(two, one)).toEqual([
      expect.stringMatching('do not know entry 1, which claims to be older: it was put in later'),
    ]);
    const [first] = record.entries;
    if (first === undefined) throw new Error('no entries');
    const knowing = buildCheckpoint(
      sealedAt - 120_000,
      record.entries.slice(-1).map(({ chain, of, n, hash }) => ({ chain, of, n, hash })),
      firstCheckpointHash,
      serverKey,
    );
    expect(what(knowing, buildCheckpoint(sealedAt, one.heads, checkpointHash(knowing), serverKey))).toEqual(
      [],
    );
    expect(what(checkpointOver([], first.at - 1))).toEqual([]);
  });
  test('a broken checkpoint is not believed', () => {
    const broken = { ...outside, heads: outside.heads.map((head) => ({ ...head, n: head.n + 1 })) };
    expect(verifyFile(open, { checkpoints: [broken] }).problems.map((one) => one.what)).toEqual([
      expect.stringMatching('the heads are not those that were sealed'),
    ]);
  });
});
