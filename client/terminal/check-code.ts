import { digitsOf } from '../shared/group-code.ts';

/** A one-time code has 14 digits, written 5 5 4; the last is a Luhn check digit over the first 13 (ISO/IEC 7812-1, annex B). */
export const codeLength = 14;

/** The Luhn check digit, 0 to 9, of a string of decimal digits. */
export function luhnDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

/** 'unfinished' below 14 digits, 'mistyped' when there are more or the check digit does not agree; the server is not asked. */
export function checkCode(text: string): 'unfinished' | 'mistyped' | 'good' {
  const digits = digitsOf(text);
  if (digits.length < codeLength) return 'unfinished';
  if (digits.length > codeLength) return 'mistyped';
  return luhnDigit(digits.slice(0, -1)) === Number(digits.slice(-1)) ? 'good' : 'mistyped';
}
