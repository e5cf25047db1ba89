import type { AnswerValue, LikertItem } from '../../question-banks/schema.ts';
import { InvalidAnswer } from '../invalid-answer.ts';

/** Values a likert item can be answered with, and their ends. */
export interface Responses {
  readonly values: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** r' = min + max - r. Reversing twice gives the answer back. */
export const reverse = (value: number, { min, max }: Pick<Responses, 'min' | 'max'>): number =>
  min + max - value;

/**
 * The value chosen, before any reversal; null for no answer.
 * @throws InvalidAnswer when the value is not on the response scale: it is not clipped
 */
export function markLikert(item: LikertItem, responses: Responses, answer: AnswerValue): number | null {
  if (answer === null) return null;
  if (typeof answer !== 'number' || !responses.values.includes(answer))
    throw new InvalidAnswer(item.id, 'not-a-response');
  return answer;
}
