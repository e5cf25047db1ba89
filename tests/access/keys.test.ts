import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeys } from '../../server/access/keys.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adil-keys-'));
  file = join(folder, 'server-keys.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('keys are made once, 32 bytes each and all different, in a file for its owner only', async () => {
  const keys = await openKeys(folder);
  const all = Object.values(keys).map((k: Buffer) => k.toString('hex'));
  expect(all.map((k) => k.length)).toEqual([64, 64, 64, 64]);
  expect(new Set(all).size).toBe(4);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['server-keys.json']);
  expect(await openKeys(folder)).toEqual(keys);
});

test('two starts at the same moment agree', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys(folder)));
  for (const keys of opened) expect(keys).toEqual(opened[0]);
});

test('a file that others can read is refused with what to do', async () => {
  await openKeys(folder);
  await chmod(file, 0o640);
  await expect(openKeys(folder)).rejects.toThrow(/chmod 600/);
});

test('a damaged file is refused, never replaced', async () => {
  await openKeys(folder);
  const text = await readFile(file, 'utf8');
  for (const damaged of [text.slice(0, 40), text.replace('"seat"', '"seal"'), '{}', 'null']) {
    await writeFile(file, damaged);
    await expect(openKeys(folder)).rejects.toThrow(/missing or damaged|JSON/);
    expect(await readFile(file, 'utf8')).toBe(damaged);
  }
});
