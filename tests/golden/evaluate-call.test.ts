import { describe, expect, test } from '@jest/globals';
import { readCall } from './evaluate-call.ts';

const names = new Map([
  ['p', [0.1, 0.2, 0.3]],
  ['x', [-2, 0, 4]],
]);
const first = (source: string): readonly number[] | undefined => readCall(source, names).positional[0];

describe('a call written as in R', () => {
  test.each([
    ['f(1)', [1]],
    ['f(.5)', [0.5]],
    ['f(1e-3)', [0.001]],
    ['f(x)', [-2, 0, 4]],
    ['f(3|x|)', [6, 0, 12]],
    ['f(|x|+.1)', [2.1, 0.1, 4.1]],
    ['f(2*abs(x)-1)', [3, -1, 7]],
    ['f(0:3)', [0, 1, 2, 3]],
    ['f(p[3])', [0.3]],
    ['f(c(1,2,x))', [1, 2, -2, 0, 4]],
    ['f((1+2)*3)', [9]],
    ['f(1-x/2)', [2, 1, -1]],
    ['f(-2)', [-2]],
    ['f(2^3)', [8]],
  ])('%s', (source, expected) => {
    expect(first(source)).toEqual(expected);
  });

  test('arguments by place and by name', () => {
    const call = readCall('pchisq(3|x|, 1, lower.tail=FALSE)', names);
    expect(call.name).toBe('pchisq');
    expect(call.positional).toEqual([[6, 0, 12], [1]]);
    expect(call.named.get('lower.tail')).toEqual([0]);
  });

  test.each(['f(', 'f(y)', 'f(1))', '1', 'f(1 2)', 'f(§)'])('%s is refused', (source) => {
    expect(() => readCall(source, names)).toThrow('cannot read');
  });
});
