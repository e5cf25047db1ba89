import { expect, test } from '@jest/globals';
import { canonical } from '../../server/audit/chain.ts';
import { buildAuditFile, buildOpenDossier } from '../../server/audit/dossier.ts';
import { verifyFiles } from '../../server/cli/verify.ts';
import { checkpointOver, registerOf, sealedAt, serverKey, testKey } from './make-chain.ts';
import { recordOf, sampleActs } from './sample-record.ts';

const record = recordOf();
const open = buildOpenDossier(record, serverKey, sealedAt);
const audit = buildAuditFile(record, serverKey, sealedAt);
const disk = new Map<string, Uint8Array>([
  ['open.jsonl', open],
  ['audit.jsonl', audit],
  ['broken.jsonl', Buffer.from(Buffer.from(open).toString().replace('fire drill', 'fire brill'))],
  ['forged.jsonl', buildOpenDossier(recordOf(sampleActs, serverKey, 'forged'), serverKey, sealedAt)],
  ['rude.jsonl', buildOpenDossier({ ...record, personName: 'Х\u001b[2J\u202eУ' }, serverKey, sealedAt)],
  ['keys.json', Buffer.from(JSON.stringify(registerOf(serverKey)))],
  ['other-keys.json', Buffer.from(JSON.stringify(registerOf(testKey('8'))))],
  ['bad-keys.json', Buffer.from('{}')],
  ['checkpoint.json', Buffer.from(`${canonical(checkpointOver(record.entries, sealedAt))}\n`)],
  [
    'bad-checkpoint.json',
    Buffer.from(canonical(checkpointOver(record.entries, sealedAt)).replace('"n":3', '"n":4')),
  ],
]);

async function run(files: string[], trust?: string): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await verifyFiles(
    files,
    trust === undefined ? {} : { trust },
    async (file) => disk.get(file),
    (line) => lines.push(line),
  );
  return { code, said: lines.join('\n') };
}

test('trusted and consistent: 0, with the outcome in words', async () => {
  const { code, said } = await run(['open.jsonl', 'audit.jsonl', 'checkpoint.json'], 'keys.json');
  expect(code).toBe(0);
  expect(said).toContain('checkpoint.json: checkpoint, used for the other files');
  expect(said).toContain('open.jsonl: consistent, signer VERIFIED');
  expect(said).toContain('audit.jsonl: consistent, signer VERIFIED');
  expect(said).toContain(
    'legislation: 3 of 4 (standard error 1), threshold 3, met, close to the threshold; service 1/2, data 2/2',
  );
  expect(said).toContain(
    'logic: 1 of 3 (standard error 1), threshold 2, not met, close to the threshold; series 1/3',
  );
  expect(said).toContain('traits: questionnaire, 5 of 5 answered');
  expect(said).toContain('scores: computed again from the answers, every byte the same');
  expect(said).toContain('DEMONSTRATION STORE');
});

test('consistent without a trusted key: 2, and it says so', async () => {
  expect(await run(['audit.jsonl'])).toEqual({
    code: 2,
    said: expect.stringContaining('audit.jsonl: consistent, signer NOT verified'),
  });
  expect(await run(['open.jsonl'], 'other-keys.json')).toEqual({
    code: 2,
    said: expect.stringContaining('the key is not in the register'),
  });
});

test('broken: 1, first difference named, whatever stands beside it', async () => {
  const { code, said } = await run(['broken.jsonl', 'open.jsonl'], 'keys.json');
  expect(code).toBe(1);
  expect(said).toMatch(
    /broken\.jsonl: BROKEN: 2 problems\n {2}line \d+: journal: entry \d+ \(paused\): what the entry says is not what was committed to\n {2}line \d+: seal: /,
  );
  expect(said).toContain('open.jsonl: consistent, signer VERIFIED');
  expect(said.indexOf('service 1/2')).toBeGreaterThan(said.indexOf('open.jsonl:'));
});

test('a checkpoint among the files catches a rewritten journal', async () => {
  expect((await run(['forged.jsonl'], 'keys.json')).code).toBe(0);
  expect(await run(['forged.jsonl', 'checkpoint.json'], 'keys.json')).toEqual({
    code: 1,
    said: expect.stringContaining('the journal was rewritten'),
  });
});

test.each([
  ['a file that is not there', ['missing.jsonl'], 'keys.json', 'missing.jsonl: cannot be read'],
  ['a missing register', ['open.jsonl'], 'missing.json', 'missing.json: it cannot be read'],
  [
    'a register that is none',
    ['open.jsonl'],
    'bad-keys.json',
    'bad-keys.json: the key register has the wrong shape',
  ],
  [
    'a broken checkpoint',
    ['open.jsonl', 'bad-checkpoint.json'],
    'keys.json',
    'the heads are not those that were sealed',
  ],
  ['nothing', [], 'keys.json', 'nothing to verify'],
  ['a register as a dossier', ['keys.json'], 'keys.json', 'not an open dossier and not an audit file'],
])('%s: 1', async (_, files, trust, words) => {
  expect(await run(files, trust)).toEqual({ code: 1, said: expect.stringContaining(words) });
});

test('a file’s own words cannot play with the terminal', async () => {
  const { said } = await run(['rude.jsonl']);
  expect(said).toContain('Х\\u001b[2J\\u202eУ');
  expect(said).not.toContain('\u001b');
});
