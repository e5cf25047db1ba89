import type { AnswerValue, SingleChoiceItem } from '../../question-banks/schema.ts';
import { InvalidAnswer } from '../invalid-answer.ts';

/**
 * One mark for the right option, none for another one or for no answer; no penalty for guessing.
 * @throws InvalidAnswer when the value is no option of the item
 */
export function markSingleChoice(item: SingleChoiceItem, answer: AnswerValue): 0 | 1 {
  if (answer === null) return 0;
  if (!item.options.some((option) => option.id === answer)) throw new InvalidAnswer(item.id, 'not-an-option');
  return answer === item.key ? 1 : 0;
}
