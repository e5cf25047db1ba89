import type { MarkedStatement } from './kinds/mark-item.ts';
import type { ProtocolFlag } from './score-sheet.ts';
import { round } from './numeric/round.ts';

/** Below so many answers a run of equal ones, or a small spread, is ordinary: the two pattern checks are not made. */
const fewestAnswers = 20;
const missingPercent = 10;
const longestUsualRun = 15;
const smallSpreadPercent = 12.5;

const sources = {
  missing:
    'Share of unanswered items, in percent; flagged above 10. House rule: the index is usual, its cutoff is a convention.',
  'long-string':
    'Longest run of one and the same answer to consecutive items. Index: Johnson (2005), J. Res. Pers. 39, 103–129; Meade & Craig (2012), Psychol. Methods 17, 437–455. ' +
    'No cutoff is agreed on; house rule: half of the items of the section, and never more than 15.',
  'low-variability':
    'Standard deviation of the answers before reversal, in percent of the response range. Index: Dunn et al. (2018), J. Bus. Psychol. 33, 105–121 (intra-individual response variability). ' +
    'Published cutoffs are relative to a sample; house rule: below 12.5 (half a step of a five-point scale).',
} as const;

function longestRun(items: readonly MarkedStatement[]): number {
  let longest = 0;
  let run = 0;
  let last: number | null = null;
  for (const { mark } of items) {
    run = mark === null ? 0 : mark === last ? run + 1 : 1;
    last = mark;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Standard deviation (n - 1) of the answers as shares of their response range, in percent. */
function spreadPercent(answered: readonly number[]): number {
  const mean = answered.reduce((sum, one) => sum + one, 0) / answered.length;
  const squares = answered.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return 100 * Math.sqrt(squares / (answered.length - 1));
}

/**
 * Patterns of answering that call for a conversation with the person before the scales are read. For the psychologist only; they change no
 * score and say nothing of honesty. Only raised flags are listed, each with its value, cutoff and source; comparisons use the
 * reported values.
 * @param items of one questionnaire section, in the order in which they were shown
 */
export function flagProtocol(items: readonly MarkedStatement[]): ProtocolFlag[] {
  const flags: ProtocolFlag[] = [];
  const answered = items.flatMap(({ mark, responses: { min, max } }) =>
    mark === null ? [] : [(mark - min) / (max - min)],
  );

  const missing = items.length === 0 ? 0 : round((100 * (items.length - answered.length)) / items.length, 1);
  if (missing > missingPercent)
    flags.push({ flag: 'missing', value: missing, cutoff: missingPercent, source: sources.missing });
  if (answered.length < fewestAnswers) return flags;

  const run = longestRun(items);
  const cutoff = Math.min(longestUsualRun, Math.ceil(items.length / 2));
  if (run >= cutoff) flags.push({ flag: 'long-string', value: run, cutoff, source: sources['long-string'] });

  const spread = round(spreadPercent(answered), 1);
  if (spread < smallSpreadPercent)
    flags.push({
      flag: 'low-variability',
      value: spread,
      cutoff: smallSpreadPercent,
      source: sources['low-variability'],
    });
  return flags;
}
