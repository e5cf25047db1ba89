/** One-time codes of employees: 13 random digits (43 bits) and a check digit, kept only as a keyed hash. */
import { createHmac, randomInt } from 'node:crypto';

export interface CodeMaker {
  /** milliseconds a new code can be used */
  readonly validForMs: number;
  make(): { code: string; hash: string };
  /** the stored form of a code as typed (spaces and hyphens do not matter); null when it cannot be a code */
  hashOf(typed: string): string | null;
}

/** The Luhn check digit of a row of digits: catches every single slip and most swaps while typing. */
export function luhnDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let d = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 0) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return String((10 - (sum % 10)) % 10);
}

/** @param key secret of the server, not kept in the store */
export function createCodeMaker(key: Buffer, validForMs: number): CodeMaker {
  const hash = (digits: string): string => createHmac('sha256', key).update(`code:${digits}`).digest('hex');
  return {
    validForMs,
    make: () => {
      const random =
        String(randomInt(0, 10 ** 7)).padStart(7, '0') + String(randomInt(0, 10 ** 6)).padStart(6, '0');
      const digits = random + luhnDigit(random);
      return { code: `${digits.slice(0, 5)} ${digits.slice(5, 10)} ${digits.slice(10)}`, hash: hash(digits) };
    },
    hashOf: (typed) => {
      const digits = typed.replace(/[\s-]/g, '');
      return /^\d{14}$/.test(digits) ? hash(digits) : null;
    },
  };
}
