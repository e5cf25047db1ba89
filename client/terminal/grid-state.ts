/** What is known of each item of the open section: the value on screen and whether the server has it. */
import type { ShownItem, Value } from '../../server/wire/contract.ts';
import type { OutboxState } from './outbox-state.ts';

/** What the server is known to hold. */
export interface Facts {
  readonly answers: ReadonlyMap<string, Value>;
  readonly flagged: ReadonlySet<string>;
}

export const noFacts: Facts = { answers: new Map(), flagged: new Set() };

/** 'none': nothing was answered; 'storing': on its way; 'unsent': kept here until the link is back or the store works. */
export type SaveState = 'none' | 'storing' | 'stored' | 'unsent';

export interface ItemState {
  readonly itemId: string;
  readonly value: Value;
  readonly answered: boolean;
  readonly flagged: boolean;
  readonly save: SaveState;
}

/** The last word on one item: the newest undelivered act, else what the server holds. */
export function itemState(itemId: string, facts: Facts, outbox: OutboxState): ItemState {
  let value: Value = facts.answers.get(itemId) ?? null;
  let flagged = facts.flagged.has(itemId);
  let waiting = false;
  for (const entry of outbox.entries) {
    if (entry.body.itemId !== itemId) continue;
    if (entry.name === 'answer:submit') {
      value = entry.body.value;
      waiting = true;
    }
    if (entry.name === 'item:flag') flagged = entry.body.flagged;
  }
  const stuck = !outbox.linked || outbox.failures > 0;
  const settled = facts.answers.has(itemId) ? 'stored' : 'none';
  return {
    itemId,
    value,
    answered: value !== null,
    flagged,
    save: waiting ? (stuck ? 'unsent' : 'storing') : settled,
  };
}

export function itemStates(items: readonly ShownItem[], facts: Facts, outbox: OutboxState): ItemState[] {
  return items.map((item) => itemState(item.id, facts, outbox));
}

export interface Tally {
  readonly answered: number;
  readonly unanswered: number;
  readonly flagged: number;
  readonly notStored: number;
}

export function tallyItems(states: readonly ItemState[]): Tally {
  const count = (test: (state: ItemState) => boolean) => states.filter(test).length;
  return {
    answered: count((s) => s.answered),
    unanswered: count((s) => !s.answered),
    flagged: count((s) => s.flagged),
    notStored: count((s) => s.save === 'storing' || s.save === 'unsent'),
  };
}

/** The facts after the server has stored a message. */
export function learnStored(facts: Facts, entry: OutboxState['entries'][number]): Facts {
  const { itemId } = entry.body;
  if (entry.name === 'answer:submit')
    return { ...facts, answers: new Map(facts.answers).set(itemId, entry.body.value) };
  if (entry.name !== 'item:flag') return facts;
  const flagged = new Set(facts.flagged);
  if (entry.body.flagged) flagged.add(itemId);
  else flagged.delete(itemId);
  return { ...facts, flagged };
}
