import type { Bank, LikertItem, ResponseScale } from '../schema.ts';
import type { KindRules } from './kind-rules.ts';

const responsesOf = (item: LikertItem, bank: Bank): ResponseScale['responses'] => {
  const scale = bank.responseScales.find((one) => one.id === item.responses);
  if (scale === undefined) throw new RangeError(`bank ${bank.id} has no response scale ${item.responses}`);
  return scale.responses;
};

/** A statement answered on a response scale: the mark is the value chosen (before any reversal, which belongs to the scale). */
export const likert: KindRules<LikertItem> = {
  keyed: false,
  attainableRange: (item, bank) => {
    const values = responsesOf(item, bank).map((response) => response.value);
    return { min: Math.min(...values), max: Math.max(...values) };
  },
  isAnswer: (item, bank, value) =>
    value === null || responsesOf(item, bank).some((response) => response.value === value),
  employeeView: (item, bank) => ({
    id: item.id,
    kind: 'likert',
    stem: item.stem,
    options: responsesOf(item, bank).map(({ value, text }) => ({ id: String(value), value, text })),
  }),
};
