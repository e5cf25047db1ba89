/** Passwords of staff: argon2id (RFC 9106) with the parameters of the OWASP password storage cheat sheet: 19 MiB, 2 passes, 1 lane. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../errors.ts';

/** The costly work itself, so that tests can count it. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(stored: string, password: string): Promise<boolean>;
}

export const argon2id: PasswordHasher = {
  hash: (password) => hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
  verify: (stored, password) => verify(stored, password),
};

export interface Passwords {
  /** @throws Refusal BUSY when too many are waiting */
  hash(password: string): Promise<string>;
  /** With stored = null the same work is done and the answer is no. @throws Refusal BUSY when too many are waiting */
  matches(stored: string | null, password: string): Promise<boolean>;
}

/** Two at a time: each takes 19 MiB and a thread that file access needs too. */
const atOnce = 2;
const mayWait = 60;

/** The same letter typed on two keyboards can come as one code point or two; NFKC makes them one. */
const normal = (password: string): string => password.normalize('NFKC');

export async function createPasswords(hasher: PasswordHasher): Promise<Passwords> {
  const nobody = await hasher.hash(randomBytes(24).toString('base64url'));
  let running = 0;
  const line: (() => void)[] = [];

  async function inLine<T>(work: () => Promise<T>): Promise<T> {
    if (line.length >= mayWait) throw new Refusal('BUSY', 'passwords');
    if (running >= atOnce) await new Promise<void>((go) => line.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      // the place is handed over, so running changes only when nobody waits
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => inLine(() => hasher.hash(normal(password))),
    matches: (stored, password) =>
      inLine(async () => {
        const same = await hasher.verify(stored ?? nobody, normal(password));
        return same && stored !== null;
      }),
  };
}

/** Code points, so that a letter outside the basic plane counts once. */
const letters = (text: string): number => Array.from(text).length;

/**
 * @param name the account's name, lower case
 * @throws Refusal WEAK_PASSWORD: under 12 characters, or little is left when the name is taken out
 */
export function checkPassword(password: string, name: string): void {
  const typed = normal(password);
  const rest = typed.toLowerCase().replaceAll(name, '');
  if (letters(typed) < 12 || letters(rest) < 8) throw new Refusal('WEAK_PASSWORD');
}
