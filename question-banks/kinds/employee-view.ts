import type { Text } from '../schema.ts';

/**
 * All that a terminal gets to know of an item: no key, source, difficulty, topic, and no order but the one on the form. Texts keep
 * all their languages, so that switching the language asks nothing of the server. In every kind `options` stand in the order on
 * screen and `value` is what is sent as the answer: the option's id, or a number of the response scale whose text is then the id.
 */
export type EmployeeItem =
  | { id: string; kind: 'single-choice'; stem: Text; options: { id: string; value: string; text: Text }[] }
  | { id: string; kind: 'likert'; stem: Text; options: { id: string; value: number; text: Text }[] };
