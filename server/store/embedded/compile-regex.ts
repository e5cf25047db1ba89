/** Regular expressions of queries, limited to patterns that cannot run away. */
import { CommandError } from './command-error.ts';

const maxLength = 256;
const maxOpenQuantifiers = 4;

/**
 * @param options any of i, m, s
 * @throws CommandError BadValue for a pattern outside the subset: longer than 256 characters, look-around, back-references,
 *   a repeated group, more than four open-ended quantifiers, or the option x
 */
export function compileRegex(pattern: string, options: string): RegExp {
  if (!/^[ims]*$/.test(options))
    throw new CommandError(2, `the embedded store supports the regex options i, m and s, not '${options}'`);
  if (pattern.length > maxLength)
    throw new CommandError(2, `Regular expression is too long: at most ${maxLength} characters`);
  // Escapes that PCRE and JavaScript read differently would change the meaning silently.
  const foreignEscape = /\\[^dDwWsSbBnrtfv\W_]/.test(pattern.replaceAll('\\\\', ''));
  // Groups, classes and escapes are set aside so that only bare quantifiers remain to be counted.
  const bare = pattern.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  const runsAway =
    foreignEscape ||
    /\(\?[^:]/.test(bare) ||
    /\)[*+{]/.test(bare) ||
    (bare.match(/[*+]|\{\d+,/g) ?? []).length > maxOpenQuantifiers;
  if (runsAway)
    throw new CommandError(2, 'this regular expression is outside the subset of the embedded store');
  try {
    return new RegExp(pattern, [...new Set(options)].join(''));
  } catch {
    throw new CommandError(51091, 'Regular expression is invalid');
  }
}
