import type { OpenSection, Value } from '../../wire/contract.ts';
import type { Draws } from './draws.ts';
import type { Message } from './ledger.ts';

/** What an employee remembers of the section while working on it. */
export interface EmployeeMind {
  readonly items: OpenSection['items'];
  /** place of the item that is looked at */
  place: number;
  readonly flagged: Set<string>;
}

export function beginSection(items: OpenSection['items']): EmployeeMind {
  return { items, place: 0, flagged: new Set() };
}

/**
 * What the employee does next: mostly answers the item that is looked at and goes on; sometimes goes back and changes an answer, sets or
 * takes back a flag, withdraws an answer, or only looks. Starts again from the first item after the last.
 */
export function nextAct(mind: EmployeeMind, draws: Draws): Message[] {
  const what = draws.below(100);
  const back = what < 70 ? 0 : draws.below(Math.min(8, mind.items.length));
  const item = mind.items[(mind.place + mind.items.length - back) % mind.items.length];
  if (!item) return [];
  const value: Value = draws.oneOf(item.options)?.value ?? null;
  if (what < 70) {
    mind.place = (mind.place + 1) % mind.items.length;
    return [
      { name: 'item:view', itemId: item.id },
      { name: 'answer:submit', itemId: item.id, value },
    ];
  }
  if (what < 88) return [{ name: 'answer:submit', itemId: item.id, value }];
  if (what < 90) return [{ name: 'answer:submit', itemId: item.id, value: null }];
  if (what < 97) {
    const flagged = !mind.flagged.has(item.id);
    if (flagged) mind.flagged.add(item.id);
    else mind.flagged.delete(item.id);
    return [{ name: 'item:flag', itemId: item.id, flagged }];
  }
  return [{ name: 'item:view', itemId: item.id }];
}
