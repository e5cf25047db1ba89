import type { AnswerValue } from '../../question-banks/schema.ts';
import type { ChainEntry } from './chain.ts';
import { readBody } from './journal-bodies.ts';

/** The parts of a journal entry that say what was answered. */
export type AnsweringEntry = Pick<ChainEntry, 'n' | 'kind' | 'clientId' | 'clientSeq' | 'salt' | 'body'>;

/**
 * The answers that count: of each item the last entry, where an entry that overtook an older one of the same sign-in on the way is not set
 * back by it (its clientSeq is higher). A withdrawn answer (null) is no answer and is left out.
 * @param entries in the order of n; kinds other than `answered` are passed over
 * @throws BadBody when an answer was purged or is not in the file
 */
export function foldAnswers(entries: readonly AnsweringEntry[]): Map<string, AnswerValue> {
  const last = new Map<
    string,
    { readonly value: AnswerValue; readonly clientId: string; readonly clientSeq: number }
  >();
  for (const entry of entries) {
    if (entry.kind !== 'answered') continue;
    const { itemId, value } = readBody('answered', entry);
    const before = last.get(itemId);
    if (before !== undefined && before.clientId === entry.clientId && before.clientSeq > entry.clientSeq)
      continue;
    last.set(itemId, { value, clientId: entry.clientId, clientSeq: entry.clientSeq });
  }
  const answers = new Map<string, AnswerValue>();
  for (const [item, { value }] of last) if (value !== null) answers.set(item, value);
  return answers;
}
