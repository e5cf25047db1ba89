import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { groupCode } from '../../client/shared/group-code.ts';
import { readDigitKey } from '../../client/shared/read-digit-key.ts';
import { checkCode, luhnDigit } from '../../client/terminal/check-code.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

describe('check digit', () => {
  test('is that of the standard’s example', () => {
    // ISO/IEC 7812-1 example number 7992739871, check digit 3.
    expect(luhnDigit('7992739871')).toBe(3);
  });

  test('a code with its digit is good, however it is grouped', () => {
    fc.assert(
      fc.property(digits(13), (first) => {
        const code = `${first}${luhnDigit(first)}`;
        expect(checkCode(code)).toBe('good');
        expect(checkCode(groupCode(code))).toBe('good');
      }),
    );
  });

  test('every single wrong digit is noticed', () => {
    fc.assert(
      fc.property(digits(13), fc.nat(13), fc.integer({ min: 1, max: 9 }), (first, at, by) => {
        const code = `${first}${luhnDigit(first)}`;
        const wrong = code.slice(0, at) + String((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(checkCode(wrong)).toBe('mistyped');
      }),
    );
  });

  test('an unfinished code is not called mistyped; a longer one is', () => {
    expect(checkCode('')).toBe('unfinished');
    expect(checkCode('12345 67890 123')).toBe('unfinished');
    expect(checkCode('12345 67890 12378')).toBe('mistyped');
  });

  test('groups 5 5 4', () => {
    expect(groupCode('12345678901237')).toBe('12345 67890 1237');
    expect(groupCode('123456')).toBe('12345 6');
    expect(groupCode('')).toBe('');
  });
});

describe('digit keys', () => {
  const key = (code: string, over = {}) => ({ code, ctrlKey: false, altKey: false, metaKey: false, ...over });
  test('are read from the place on the keyboard', () => {
    expect(readDigitKey(key('Digit2'))).toBe(2);
    expect(readDigitKey(key('Numpad9'))).toBe(9);
    expect(readDigitKey(key('KeyA'))).toBeNull();
    expect(readDigitKey(key('NumpadEnter'))).toBeNull();
  });
  test('leave shortcuts to the browser', () => {
    expect(readDigitKey(key('Digit1', { ctrlKey: true }))).toBeNull();
    expect(readDigitKey(key('Digit1', { altKey: true }))).toBeNull();
  });
});
