import { describe, expect, test } from '@jest/globals';
import { checkBankFiles } from '../../server/cli/check-banks.ts';
import { bytesOf, validBank, validProgramme, validQuestionnaire } from './valid-bank.ts';

const check = async (files: Readonly<Record<string, Uint8Array>>, names = Object.keys(files)) => {
  const lines: string[] = [];
  const exitCode = await checkBankFiles(
    names,
    (file) => Promise.resolve(Object.hasOwn(files, file) ? files[file] : undefined),
    (line) => lines.push(line),
  );
  return { exitCode, lines };
};
const spoilt = () => {
  const bank = validBank();
  for (const item of bank.items.slice(0, 1)) {
    delete item.stem.kk;
    item.topic = 'weather';
  }
  return bytesOf(bank);
};

describe('adil bank check', () => {
  test('says ok and nothing else when everything is', async () => {
    expect(await check({ 'bank.json': bytesOf(validBank()) })).toEqual({ exitCode: 0, lines: ['ok'] });
    const all = {
      'a.json': bytesOf(validProgramme()),
      'b.json': bytesOf(validBank()),
      'c.json': bytesOf(validQuestionnaire()),
    };
    expect(await check(all)).toEqual({ exitCode: 0, lines: ['ok'] });
  });

  test('prints every problem of one file as path: rule: message', async () => {
    const { exitCode, lines } = await check({ 'bank.json': spoilt() });
    expect(exitCode).toBe(1);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\/items\/0\/topic: topics-known: there is no topic "weather"/);
    expect(lines[1]).toMatch(/^\/items\/0\/stem: languages-complete: "kk" is missing/);
  });

  test('puts the file before it when there are several', async () => {
    const { exitCode, lines } = await check({
      'good.json': bytesOf(validBank()),
      'bad.json': spoilt(),
      'worse.json': new TextEncoder().encode('{'),
    });
    expect(exitCode).toBe(1);
    expect(lines.slice(0, 2).every((line) => line.startsWith('bad.json: /items/0/'))).toBe(true);
    expect(lines[2]).toBe(
      'worse.json: (file): json-syntax: line 1:2: expected text in double quotes, found the end of the file',
    );
    expect(lines).toHaveLength(3);
  });

  test('finds the banks of a programme in the folder of the register', async () => {
    const files = {
      'qb/programmes/training/1.0.0.json': bytesOf(validProgramme()),
      'qb/banks/training-rules/1.0.0.json': bytesOf(validBank()),
      'qb/banks/work-style/1.0.0.json': bytesOf(validQuestionnaire()),
    };
    expect(await check(files, ['qb/programmes/training/1.0.0.json'])).toEqual({ exitCode: 0, lines: ['ok'] });
  });

  test('a programme does not pass with a bank that is missing, unsound or another one under its name', async () => {
    const programme = { 'qb/programmes/training/1.0.0.json': bytesOf(validProgramme()) };
    const style = { 'qb/banks/work-style/1.0.0.json': bytesOf(validQuestionnaire()) };
    const name = ['qb/programmes/training/1.0.0.json'];
    for (const bank of [undefined, spoilt(), bytesOf({ ...validBank(), version: '2.0.0' })]) {
      const { exitCode, lines } = await check(
        { ...programme, ...style, ...(bank && { 'qb/banks/training-rules/1.0.0.json': bank }) },
        name,
      );
      expect(exitCode).toBe(1);
      expect(lines).toEqual([expect.stringMatching(/^\/sections\/0\/bank: bank-known: /)]);
    }
  });

  test('a file that is not there, and no file at all', async () => {
    expect(await check({}, ['gone.json'])).toMatchObject({
      exitCode: 1,
      lines: [expect.stringMatching(/^\(file\): file-readable: /)],
    });
    expect(await check({})).toMatchObject({ exitCode: 1 });
  });

  test('no word of a file can steer the terminal', async () => {
    const { lines } = await check({ 'bank.json': bytesOf({ ...validBank(), 'x\n\u001b[2J\u202e': 1 }) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
