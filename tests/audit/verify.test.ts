import { describe, expect, test } from '@jest/globals';
import type { AttemptRecord } from '../../server/audit/attempt-record.ts';
import { asJson } from '../../server/audit/as-json.ts';
import { canonical, sha256Hex, type Json } from '../../server/audit/chain.ts';
import { buildAuditFile, buildOpenDossier } from '../../server/audit/dossier.ts';
import { verifyFile } from '../../server/audit/verify.ts';
import { linesOf, reseal, textOf } from './edit-file.ts';
import { checkpointOver, registerOf, sealedAt, serverKey, testKey } from './make-chain.ts';
import { recordOf, sampleActs } from './sample-record.ts';

const record = recordOf();
const open = buildOpenDossier(record, serverKey, sealedAt);
const audit = buildAuditFile(record, serverKey, sealedAt);
const trustedKeys = registerOf(serverKey);
const files = [
  ['open dossier', open],
  ['audit file', audit],
] as const;

const reading = (bytes: Uint8Array) => verifyFile(bytes).problems.map(({ line, what }) => `${line}: ${what}`);

describe.each(files)('an untouched %s', (_, bytes) => {
  test('is trusted with the register and consistent without', () => {
    expect(verifyFile(bytes, { trustedKeys })).toMatchObject({ ok: true, signer: 'trusted', problems: [] });
    expect(verifyFile(bytes)).toMatchObject({ ok: true, signer: 'not-verified', problems: [] });
  });
  test('is consistent only, when the register knows another key or the key was not in force', () => {
    expect(verifyFile(bytes, { trustedKeys: registerOf(testKey('8')) })).toMatchObject({
      ok: true,
      signer: 'not-verified',
    });
    const [row] = trustedKeys.keys;
    if (row === undefined) throw new Error('no key');
    for (const keys of [[{ ...row, untilAt: sealedAt - 1 }], [{ ...row, fromAt: sealedAt + 1 }]]) {
      expect(verifyFile(bytes, { trustedKeys: { format: 'adil-key-register-1', keys } })).toMatchObject({
        ok: true,
        signer: 'not-verified',
      });
    }
    expect(
      verifyFile(bytes, {
        trustedKeys: { format: 'adil-key-register-1', keys: [{ ...row, fromAt: 0, untilAt: sealedAt }] },
      }).signer,
    ).toBe('trusted');
  });
  test('is canonical JSON, line by line, and the same for the same record', () => {
    for (const line of linesOf(bytes)) expect(canonical(JSON.parse(line))).toBe(line);
    const again =
      bytes === open
        ? buildOpenDossier(recordOf(), serverKey, sealedAt)
        : buildAuditFile(recordOf(), serverKey, sealedAt);
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(again))).toBe(0);
  });
  test('agrees with a checkpoint from outside', () => {
    const outside = checkpointOver(record.entries, sealedAt);
    const verdict = verifyFile(bytes, { trustedKeys, checkpoints: [outside] });
    expect(verdict).toMatchObject({ ok: true, signer: 'trusted' });
    expect(verdict.summary?.notes).toContainEqual(
      expect.stringMatching(
        /^outside checkpoint of 2026-11-02T05:00:00.000Z: agrees with entries 1 to (\d+) of \1$/,
      ),
    );
  });
});

test('only the audit file is computed again', () => {
  expect(verifyFile(open).summary).toMatchObject({ format: 'adil-open-dossier-1', recomputed: false });
  expect(verifyFile(audit).summary).toMatchObject({ format: 'adil-audit-file-1', recomputed: true });
  expect(verifyFile(audit).summary?.bodies).toBe(record.entries.length);
});

describe('a file that was changed and sealed anew with the server’s own key', () => {
  const only =
    (part: string, change: (line: Record<string, Json>) => Json | undefined) =>
    (line: Record<string, Json>) => (line['part'] === part ? change(line) : line);
  const entry = (n: number, change: (line: Record<string, Json>) => Json | undefined) =>
    only('journal-entry', (line) => (line['n'] === n ? change(line) : line));
  const nOf = (kind: string): number => record.entries.find((e) => e.kind === kind)?.n ?? 0;
  const lineOf = (bytes: Uint8Array, part: string): number =>
    linesOf(bytes).findIndex((line) => JSON.parse(line).part === part) + 1;

  test('sealing it anew without a change is accepted: the helper works', () => {
    expect(
      verifyFile(
        reseal(open, (line) => line),
        { trustedKeys },
      ),
    ).toMatchObject({ ok: true, signer: 'trusted' });
  });
  test('with another key it is not trusted', () => {
    expect(
      verifyFile(
        reseal(open, (line) => line, testKey('8')),
        { trustedKeys },
      ),
    ).toMatchObject({ ok: true, signer: 'not-verified' });
  });
  test('a body that is not the one committed to', () => {
    const changed = reseal(
      open,
      entry(nOf('accepted'), (line) => ({ ...line, body: { language: 'kk', noticeVersion: '1.0.0' } })),
    );
    expect(reading(changed)).toEqual([
      expect.stringMatching(
        /^\d+: journal: entry 4 \(accepted\): what the entry says is not what was committed to$/,
      ),
    ]);
  });
  test('an answer of the audit file', () => {
    const n = nOf('answered');
    const changed = reseal(
      audit,
      entry(n, (line) => ({ ...line, body: { itemId: 'canary-a1', value: 'canary-wrong-a1' } })),
    );
    expect(reading(changed)[0]).toMatch(
      `journal: entry ${n} (answered): what the entry says is not what was committed to`,
    );
  });
  test('an entry left out', () => {
    expect(
      reading(
        reseal(
          open,
          entry(7, () => undefined),
        ),
      )[0],
    ).toMatch('journal: entry 8 (answered): entry 7 is missing');
  });
  test('a time', () => {
    expect(
      reading(
        reseal(
          open,
          entry(7, (line) => ({ ...line, at: Number(line['at']) + 1 })),
        ),
      )[0],
    ).toMatch('journal: entry 7 (viewed): the hash is not that of the entry');
  });
  test('a kind that would mislead the hash', () => {
    expect(
      reading(
        reseal(
          open,
          entry(7, (line) => ({ ...line, kind: 'viewed","n":7' })),
        ),
      )[0],
    ).toMatch('journal-entry: /kind must match pattern');
  });
  test('a missing body where the file names no purge', () => {
    expect(
      reading(
        reseal(
          audit,
          entry(nOf('answered'), (line) => ({ ...line, salt: null, body: null })),
        ),
      )[0],
    ).toMatch('the body is missing, and the file names no purge');
  });
  test('an answer shown in an open dossier', () => {
    const shown = record.entries[nOf('answered') - 1];
    const changed = reseal(
      open,
      entry(shown?.n ?? 0, (line) => ({ ...line, salt: shown?.salt ?? null, body: shown?.body ?? null })),
    );
    expect(reading(changed)[0]).toMatch('the body does not belong into an open dossier');
  });
  test('a score of the open dossier: met no longer follows', () => {
    const changed = textOf(open).replace('"met":false,"threshold":2}', '"met":true,"threshold":2}');
    expect(changed).not.toBe(textOf(open));
    const [problem] = reading(
      reseal(
        Buffer.from(changed),
        only('score-sheet', (line) => ({ ...line, sha256: sha256Hex(canonical(line['value'] ?? null)) })),
      ),
    );
    expect(problem).toBe(
      `${lineOf(open, 'score-sheet')}: score-sheet: section logic: met does not follow from score and threshold`,
    );
  });
  test('a score of the audit file: the first difference is named', () => {
    const changed = reseal(
      audit,
      only('score-sheet', (line) => {
        const value = JSON.parse(
          canonical(line['value'] ?? null).replace(
            '"answered":4,"how":"keyed","items":4',
            '"answered":3,"how":"keyed","items":4',
          ),
        );
        return { ...line, value, sha256: sha256Hex(canonical(value)) };
      }),
    );
    expect(reading(changed)).toEqual([
      `${lineOf(audit, 'score-sheet')}: score-sheet: is not what the answers give: first difference at /sections/0/answered: expected 4, found 3`,
    ]);
  });
  test('a withheld score, with its commitment made anew', () => {
    const withheld = asJson(
      JSON.parse(canonical(asJson(record.withheld)).replace('"percentOfMaximum":', '"percentOfMaximum":1')),
    );
    const lying: AttemptRecord = { ...record, withheld: JSON.parse(canonical(withheld)) };
    expect(reading(buildAuditFile(lying, serverKey, sealedAt))).toEqual([
      expect.stringMatching(
        /withheld-scores: are not what the answers give: first difference at \/scales\/0\/scales\/0\/percentOfMaximum: expected \S+, found 1\S+$/,
      ),
    ]);
    expect(
      reading(
        reseal(
          audit,
          only('withheld-scores', (line) => ({ ...line, value: withheld })),
        ),
      )[0],
    ).toMatch('withheld-scores: are not what the commitment says');
  });
  test('a key of a bank', () => {
    const change = (line: Record<string, Json>) =>
      JSON.parse(canonical(line).replace('"key":"canary-right-a2"', '"key":"canary-wrong-a2"'));
    expect(reading(reseal(audit, only('bank', change)))[0]).toMatch(
      'bank: legislation@1.0.0: the sha256 is not that of its text',
    );
    const withSha = (line: Record<string, Json>) => {
      const changed = change(line);
      return { ...changed, sha256: sha256Hex(canonical(changed.value)) };
    };
    expect(reading(reseal(audit, only('bank', withSha)))[0]).toMatch(
      'header: the banks are not those of the file',
    );
  });
  test('the use label, the person’s form, the issue, the end', () => {
    expect(
      reading(
        reseal(
          audit,
          only('header', (line) => ({ ...line, use: 'operational' })),
        ),
      )[0],
    ).toBe('1: header: the use label is not that of the programme');
    expect(
      reading(
        reseal(
          open,
          only('header', (line) => ({ ...line, form: { id: 'other', sha256: sha256Hex('other') } })),
        ),
      )[0],
    ).toMatch('header: is not what was issued: /form');
    expect(
      reading(
        reseal(
          open,
          only('header', (line) => ({ ...line, status: 'timed-out' })),
        ),
      )[0],
    ).toMatch('header: the end is not that of the journal: /status: expected "handed-in", found "timed-out"');
  });
  test('procedure and incidents are what the journal says', () => {
    expect(
      reading(
        reseal(
          open,
          only('procedure', (line) => JSON.parse(canonical(line).replace('"addedMs":600000', '"addedMs":0'))),
        ),
      )[0],
    ).toMatch('procedure: is not what the journal says: /0/addedMs: expected 600000, found 0');
    expect(
      reading(
        reseal(open, (line) =>
          line['part'] === 'incident' && line['kind'] === 'transferred' ? undefined : line,
        ),
      )[0],
    ).toMatch('incident: is not what the journal says');
  });
  test('a receipt of something else', () => {
    const other = recordOf(sampleActs, serverKey, 'other salt').receipt;
    expect(
      reading(
        reseal(
          open,
          only('receipt', (line) => ({ ...line, value: asJson(other) })),
        ),
      )[0],
    ).toMatch('receipt: belongs to another attempt or another journal');
    expect(
      reading(
        reseal(
          open,
          only('receipt', (line) =>
            JSON.parse(canonical(line).replace('"answersStored":12', '"answersStored":11')),
          ),
        ),
      )[0],
    ).toMatch('receipt: the hash is not that of its content');
  });
  test('the number of late answers', () => {
    expect(
      reading(
        reseal(
          audit,
          only('late-answer', () => undefined),
        ),
      )[0],
    ).toMatch('late-answers: the count is not that of the file');
  });
  test('parts that do not belong, are missing or out of order', () => {
    expect(reading(reseal(open, (line) => (line['part'] === 'procedure' ? undefined : line)))[0]).toMatch(
      'procedure: is missing',
    );
    const bank = linesOf(audit).find((line) => line.startsWith('{"id":"logic"')) ?? '';
    const smuggled = Buffer.from(
      linesOf(open)
        .map((line) => (line.includes('"part":"procedure"') ? `${line}\n${bank}\n` : `${line}\n`))
        .join(''),
    );
    const what = reading(reseal(smuggled, (line) => line));
    expect(what).toContainEqual(expect.stringMatching('bank: does not belong into this kind of file'));
    expect(what).toContainEqual(expect.stringMatching('bank: is out of order'));
  });
  test('an unknown member of a line', () => {
    expect(
      reading(
        reseal(
          open,
          only('report', (line) => ({ ...line, extra: 1 })),
        ),
      )[0],
    ).toMatch('report: it must NOT have additional properties');
  });
});

describe('a lawful purge', () => {
  const purgedEntries = record.entries.map((e) =>
    e.kind === 'answered' || e.kind === 'fault' ? { ...e, salt: null, body: null } : e,
  );
  const purged: AttemptRecord = {
    ...record,
    entries: purgedEntries,
    purged: { at: sealedAt, rule: 'retention plan, point 4' },
  };

  test('leaves a file that verifies, and says that nothing was computed again', () => {
    const verdict = verifyFile(buildAuditFile(purged, serverKey, sealedAt), { trustedKeys });
    expect(verdict).toMatchObject({
      ok: true,
      signer: 'trusted',
      summary: { recomputed: false, purged: { rule: 'retention plan, point 4' } },
    });
  });
  test('that the file does not name is a fault', () => {
    expect(verifyFile(buildAuditFile({ ...purged, purged: null }, serverKey, sealedAt)).ok).toBe(false);
  });
});

test('files are not written from a record that contradicts itself', () => {
  const [bank, ...banks] = record.banks;
  if (bank === undefined) throw new Error('no bank');
  expect(() =>
    buildAuditFile(
      {
        ...record,
        banks: [
          { ...bank, canonical: bank.canonical.replace('canary-right-a1', 'canary-wrong-a1') },
          ...banks,
        ],
      },
      serverKey,
      sealedAt,
    ),
  ).toThrow(RangeError);
  expect(() => buildAuditFile({ ...record, formSha256: sha256Hex('other') }, serverKey, sealedAt)).toThrow(
    'the form is not the one that was issued',
  );
  expect(() => buildOpenDossier({ ...record, attemptId: 'other' }, serverKey, sealedAt)).toThrow(
    'belongs to another chain',
  );
});

describe('secrets', () => {
  const withheldMarks = [/canary/i, /-9[34567]/];
  test('the audit file holds all of them: the marks work', () => {
    for (const mark of withheldMarks) expect(textOf(audit)).toMatch(mark);
  });
  test('the open dossier holds no key, answer, item, scale or withheld score', () => {
    for (const mark of withheldMarks) expect(textOf(open)).not.toMatch(mark);
    for (const part of ['bank', 'programme', 'form', 'withheld-scores', 'late-answer'])
      expect(textOf(open)).not.toContain(`"part":"${part}"`);
    const salts = record.entries
      .filter((e) => ['answered', 'viewed', 'flagged', 'fault', 'language'].includes(e.kind))
      .map((e) => e.salt ?? '');
    for (const salt of [...salts, record.withheldSalt]) expect(textOf(open)).not.toContain(salt);
  });
  test('the name is in the header only, and may be left out', () => {
    expect(textOf(open).split('Ерлан Сәтбаев')).toHaveLength(2);
    const { personName: _, ...nameless } = record;
    const bytes = buildOpenDossier(nameless, serverKey, sealedAt);
    expect(textOf(bytes)).not.toContain('Ерлан');
    expect(verifyFile(bytes).ok).toBe(true);
  });
});
