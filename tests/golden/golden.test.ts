import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (...folders: readonly string[]): { code: number | null; lines: string[] } => {
  const done = spawnSync(process.execPath, ['tests/golden/run.mjs', ...folders], { encoding: 'utf8' });
  return { code: done.status, lines: `${done.stdout}${done.stderr}`.trimEnd().split('\n') };
};

const inFolder = async (
  files: Readonly<Record<string, string>>,
  act: (folder: string) => void,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'golden-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    act(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const reliability = (checks: readonly unknown[]): Readonly<Record<string, string>> => ({
  'ctt-small.json': JSON.stringify({ id: 'ctt-small', csv: { x: 'ctt-small.x.csv' }, checks }),
  // of three complete rows: variances 1/3 each, covariance 1/3 … alpha 2/1 (1 - (2/3)/(4/3)) = 1
  'ctt-small.x.csv': 'a,b\n1,1\n0,0\n1,1\n,1\n',
});

const given = join('..', 'shared', 'golden');

describe('golden cases', () => {
  test('those that ship with the project pass', () => {
    const { code, lines } = run(join('tests', 'golden', 'cases'));
    expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed, 0 skipped$/);
    expect(Number(lines.at(-1)?.split(' ')[0])).toBeGreaterThanOrEqual(45);
    expect(code).toBe(0);
  });
});

const here = existsSync(given);
const besideCheckout = here ? describe : describe.skip;

besideCheckout(
  `golden cases beside the checkout${here ? '' : ' (SKIPPED: there is no ../shared/golden)'}`,
  () => {
    test('pass, at most 3 % out of scope', () => {
      const { code, lines } = run(given);
      const [passed = 0, failed, skipped = 0] = (lines.at(-1)?.match(/\d+/g) ?? []).map(Number);
      expect({ failed, code, lines: lines.filter((line) => line.includes('expected')) }).toEqual({
        failed: 0,
        code: 0,
        lines: [],
      });
      expect(skipped).toBeLessThanOrEqual(0.03 * (passed + skipped));
    }, 60000);
  },
);

describe('the runner', () => {
  test('computes a case it has never seen, leaving out incomplete rows', () =>
    inFolder(
      reliability([
        { name: 'n', value: 3, tol: 0, how: '' },
        { name: 'alpha', value: [1], tol: 1e-12, how: '' },
        { name: 'itemMean', value: [2 / 3, 2 / 3], tol: 1e-12, how: '' },
      ]),
      (folder) => {
        const { code, lines } = run(folder);
        expect(lines).toEqual(['3 passed, 0 failed, 0 skipped']);
        expect(code).toBe(0);
      },
    ));

  test('prints a miss with place, both values and tolerance, and exits 1', () =>
    inFolder(reliability([{ name: 'itemMean', value: [2 / 3, 0.5], tol: 0.01, how: '' }]), (folder) => {
      const { code, lines } = run(folder);
      expect(lines).toEqual([
        'ctt-small itemMean[1]: expected 0.5, got 0.6666666666666666, tolerance 0.01',
        '0 passed, 1 failed, 0 skipped',
      ]);
      expect(code).toBe(1);
    }));

  test('a check that nobody computes has failed', () =>
    inFolder(reliability([{ name: 'beautyOfItems', value: 1, tol: 0, how: '' }]), (folder) => {
      const { code, lines } = run(folder);
      expect(lines).toEqual([
        'ctt-small beautyOfItems: no mapping to the engine',
        '0 passed, 1 failed, 0 skipped',
      ]);
      expect(code).toBe(1);
    }));

  test('an undefined value is not a number, and a list is as long as it is', () =>
    inFolder(
      reliability([
        { name: 'alpha', value: null, tol: 1, how: '' },
        { name: 'itemMean', value: [2 / 3], tol: 1, how: '' },
      ]),
      (folder) => expect(run(folder).lines.at(-1)).toBe('0 passed, 2 failed, 0 skipped'),
    ));

  test('a broken case has failed, and so has a folder without cases', async () => {
    await inFolder({ 'x.json': '{"id": "ctt-x", "checks": [' }, (folder) => expect(run(folder).code).toBe(1));
    await inFolder({ 'index.json': '[]' }, (folder) => {
      expect(run(folder)).toEqual({ code: 1, lines: ['0 passed, 0 failed, 0 skipped'] });
    });
    expect(run(join('tests', 'golden', 'nowhere')).code).toBe(1);
    expect(run().code).toBe(2);
  });
});
