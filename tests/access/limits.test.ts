import { describe, expect, test } from '@jest/globals';
import { createTryLimits, type TryRules } from '../../server/access/limit-tries.ts';
import { TooManyTries } from '../../server/access/too-many-tries.ts';
import { argon2id, checkPassword, createPasswords } from '../../server/access/passwords.ts';

const rules: TryRules = {
  of: 'test',
  perKey: 6,
  free: 2,
  together: 10,
  windowS: 60,
  gatePerS: 1,
  gateLine: 1,
};

async function refusals(tries: Promise<void>[]): Promise<number> {
  const settled = await Promise.allSettled(tries);
  return settled.filter((s) => s.status === 'rejected' && s.reason instanceof TooManyTries).length;
}

describe('limits of guessing', () => {
  test('a key gets slower, then is refused with the seconds to wait', async () => {
    const slept: number[] = [];
    const limits = createTryLimits(rules, async (ms) => slept.push(ms));
    for (let i = 0; i < 6; i++) await limits.begin('a');
    expect(slept).toEqual([250, 500, 1000, 2000]);
    const refused: unknown = await limits.begin('a').catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(TooManyTries);
    expect(refused).toMatchObject({ code: 'TOO_MANY_TRIES', retryAfterS: 60 });
  });

  test('tries at the same moment count too', async () => {
    const limits = createTryLimits(rules, async () => undefined);
    expect(await refusals(Array.from({ length: 50 }, () => limits.begin('a')))).toBe(44);
  });

  test('a key that is at its end does not take the places of others', async () => {
    // at the narrow gate of this test nobody may wait: a second try would be refused
    const limits = createTryLimits({ ...rules, gateLine: 0 }, async () => undefined);
    for (let i = 0; i < 100; i++) await limits.begin('a').then(limits.failed, () => undefined);
    expect(await refusals(['b', 'c', 'd'].map((key) => limits.begin(key)))).toBe(0);
  });

  test('many wrong tries together narrow the gate: slower, and only a full line is refused', async () => {
    const limits = createTryLimits(rules, async () => undefined);
    for (let i = 0; i < 10; i++) await limits.begin(`key ${i}`).then(limits.failed);
    // one passes now, one waits its second, two find the line full
    const started = performance.now();
    expect(await refusals(['w', 'x', null, null].map((k) => limits.begin(k)))).toBe(2);
    expect(performance.now() - started).toBeGreaterThan(500);
  });

  test('right tries narrow nothing, however many come at once, and start their key afresh', async () => {
    const limits = createTryLimits({ ...rules, gateLine: 0 }, async () => undefined);
    const right = async (key: string | null) => {
      await limits.begin(key);
      await limits.succeeded(key);
    };
    expect(await refusals(Array.from({ length: 500 }, (_, i) => right(`terminal ${i}`)))).toBe(0);
    expect(await refusals(Array.from({ length: 500 }, () => right(null)))).toBe(0);
    for (let i = 0; i < 60; i++) await right('a');
  });
});

test('at most two passwords are checked at once, and a long line is refused', async () => {
  let running = 0;
  let most = 0;
  let go: (() => void)[] = [];
  const passwords = await createPasswords({
    hash: async () => 'h',
    verify: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((done) => go.push(done));
      running -= 1;
      return true;
    },
  });
  const tries = Array.from({ length: 70 }, () => passwords.matches('h', 'p'));
  const settled = Promise.allSettled(tries);
  let finished = false;
  void settled.then(() => (finished = true));
  while (!finished) {
    const now = go;
    go = [];
    for (const done of now) done();
    await new Promise((next) => setImmediate(next));
  }
  expect(most).toBe(2);
  const refused = (await settled).filter((s) => s.status === 'rejected');
  expect(refused.length).toBe(8);
  expect(refused.every((s) => s.reason.code === 'BUSY')).toBe(true);
});

describe('passwords', () => {
  test('are kept as argon2id with 19 MiB, 2 passes, 1 lane', async () => {
    const stored = await argon2id.hash('a-Password-of-staff');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2id.verify(stored, 'a-Password-of-staff')).toBe(true);
    expect(await argon2id.verify(stored, 'a-Password-of-stafF')).toBe(false);
  });

  test('the same letters typed as one or two code points are the same password', async () => {
    const passwords = await createPasswords(argon2id);
    const stored = await passwords.hash('Мой-пароль-йййй'.normalize('NFD'));
    expect(await passwords.matches(stored, 'Мой-пароль-йййй'.normalize('NFC'))).toBe(true);
  });

  test('long Cyrillic passwords are compared to their end', async () => {
    const passwords = await createPasswords(argon2id);
    const long = 'қ'.repeat(200);
    expect(await passwords.matches(await passwords.hash(long), `${long}х`)).toBe(false);
  });

  test.each([
    ['elevenchars', 'aidar', true],
    ['twelve-chars', 'aidar', false],
    ['он-двенадцать', 'aidar', false],
    ['aidar-aidar-aidar', 'aidar', true],
    ['AIDAR-Aidar-12', 'aidar', true],
    ['aidar-walks-home', 'aidar', false],
    ['😀😀😀😀😀😀', 'aidar', true],
  ])('%s for %s: weak %s', (password, name, weak) => {
    const check = () => checkPassword(password, name);
    const refused = (() => {
      try {
        check();
        return false;
      } catch {
        return true;
      }
    })();
    expect(refused).toBe(weak);
  });
});
