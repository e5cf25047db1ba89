import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkBank } from '../../question-banks/check-bank.ts';
import { loadBank } from '../../question-banks/load.ts';
import { checkBankFiles } from '../../server/cli/check-banks.ts';
import { bytesOf, validQuestionnaire } from './valid-bank.ts';

const guide = readFileSync(new URL('../../question-banks/README.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block = '']) => block);
const example = blocks[0] ?? '';

const checked = async (text: string): Promise<string[]> => {
  const lines: string[] = [];
  await checkBankFiles(
    ['service-rules.json'],
    () => Promise.resolve(new TextEncoder().encode(text)),
    (line) => lines.push(line),
  );
  return lines;
};

describe('the guide for authors', () => {
  test('its example passes as it stands', async () => {
    expect(await checked(example)).toEqual(['ok']);
  });

  test('its message is the one that is printed', async () => {
    const [line = ''] = await checked(example.replace(/"stem": \{\s*"kk": "[^"]*",/, '"stem": {'));
    expect(line).toContain('languages-complete');
    expect(guide).toContain(`    ${line}\n`);
  });

  test('its piece of a questionnaire is sound', () => {
    const piece: object = JSON.parse(blocks[1] ?? '');
    const loaded = loadBank(bytesOf({ ...validQuestionnaire(), ...piece }));
    expect(loaded).toMatchObject({ ok: true });
    expect(loaded.ok && checkBank(loaded.bank)).toEqual([]);
  });
});
