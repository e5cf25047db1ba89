import type { AnswerValue, Bank, Item, LikertItem, SingleChoiceItem } from '../../question-banks/schema.ts';
import { InconsistentInput } from '../inconsistent-input.ts';
import { markLikert, type Responses } from './likert.ts';
import { markSingleChoice } from './single-choice.ts';

/** An item of the form with the answer it got and the mark that follows. */
export type MarkedItem = MarkedKeyed | MarkedStatement;

export interface MarkedKeyed {
  readonly how: 'keyed';
  readonly item: SingleChoiceItem;
  readonly answer: AnswerValue;
  readonly mark: 0 | 1;
}

export interface MarkedStatement {
  readonly how: 'statement';
  readonly item: LikertItem;
  readonly answer: AnswerValue;
  /** the value chosen, before reversal */
  readonly mark: number | null;
  readonly responses: Responses;
}

function responsesOf(item: LikertItem, bank: Bank): Responses {
  const scale = bank.responseScales.find((one) => one.id === item.responses);
  if (scale === undefined)
    throw new InconsistentInput(`item ${item.id}`, `bank ${bank.id} has no response scale ${item.responses}`);
  const values = scale.responses.map((response) => response.value);
  return { values, min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Marks one item; the compiler asks for a case when a kind is added.
 * @throws InvalidAnswer @throws InconsistentInput
 */
export function markItem(item: Item, bank: Bank, answer: AnswerValue): MarkedItem {
  switch (item.kind) {
    case 'single-choice':
      return { how: 'keyed', item, answer, mark: markSingleChoice(item, answer) };
    case 'likert': {
      const responses = responsesOf(item, bank);
      return { how: 'statement', item, answer, mark: markLikert(item, responses, answer), responses };
    }
  }
}
