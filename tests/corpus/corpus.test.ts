import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { verifyFiles } from '../../server/cli/verify.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => /\.(jsonl|json)$/.test(name));

/** First 16 digits of the SHA-256 of every file that was ever put here. Rows are added, never changed. */
const kept: Readonly<Record<string, string>> = {
  'rules-1-checkpoint.json': '3795a49cbe9017eb',
  'rules-1-every-kind.audit.jsonl': 'f7f6d895d466a40d',
  'rules-1-every-kind.open.jsonl': '1e6f0b0ac3dc393c',
  'rules-1-full.audit.jsonl': 'fe14edb073530bd4',
  'rules-1-keys.json': '25671b48ecfe088b',
};

test('no file was changed, lost or put here without a row', () => {
  const found = Object.fromEntries(files.map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex').slice(0, 16)]));
  expect(found).toEqual(kept);
});

describe.each(files.filter((name) => name.endsWith('.jsonl')))('%s', (name) => {
  const rules = /^rules-\d+-/.exec(name)?.[0] ?? '';
  const run = async (paths: string[]) => {
    const said: string[] = [];
    const code = await verifyFiles(paths, { trust: `${rules}keys.json` }, async (path) => readFileSync(join(folder, path)), (line) => said.push(line));
    return { code, said: said.join('\n') };
  };

  test('verifies, signer trusted, scores computed again', async () => {
    const { code, said } = await run([name]);
    expect(said).toContain(`${name}: consistent, signer VERIFIED`);
    expect(said).toContain(name.endsWith('.audit.jsonl') ? 'computed again from the answers, every byte the same' : 'cannot be computed again from an open dossier');
    expect(code).toBe(0);
  });
});

test('the checkpoint agrees with the file that it covers', async () => {
  const said: string[] = [];
  const paths = ['rules-1-every-kind.audit.jsonl', 'rules-1-checkpoint.json'];
  expect(await verifyFiles(paths, { trust: 'rules-1-keys.json' }, async (path) => readFileSync(join(folder, path)), (line) => said.push(line))).toBe(0);
  expect(said).toContainEqual(expect.stringMatching(/agrees with entries 1 to (\d+) of \1/));
});
