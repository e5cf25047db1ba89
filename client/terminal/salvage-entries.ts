/** What to do with messages that an earlier page load of the same attempt could not deliver. */
import type { AttemptView } from '../../server/wire/contract.ts';
import type { Entry, Message } from './outbox-state.ts';

export interface Salvage {
  /** to be sent again as new messages, in the old order */
  readonly again: readonly Message[];
  /** items whose undelivered answer was left out, because another terminal has stored an answer since */
  readonly outlived: readonly string[];
}

/**
 * Answers and flags that the server does not have are sent again, of each item the last; faults always (twice is better than never);
 * views never. When another terminal held the attempt since, its stored answers are newer and stay.
 * @param entries never acknowledged, in the order of the person's acts
 * @param heldElsewhere whether another terminal or window held the attempt since these entries were written
 */
export function salvageEntries(
  entries: readonly Entry[],
  view: AttemptView,
  heldElsewhere: boolean,
): Salvage {
  const open = view.open;
  if (open === null) return { again: [], outlived: [] };
  const items = new Set(open.items.map((item) => item.id));
  const stored = new Map(open.answers.map((answer) => [answer.itemId, answer.value]));
  const flagged = new Set(open.flagged);
  const last = new Map<string, Entry>();
  for (const entry of entries)
    if (items.has(entry.body.itemId)) last.set(`${entry.name} ${entry.body.itemId}`, entry);

  const again: Message[] = [];
  const outlived: string[] = [];
  for (const entry of entries) {
    const { itemId } = entry.body;
    if (!items.has(itemId)) continue;
    if (entry.name !== 'fault:report' && last.get(`${entry.name} ${itemId}`) !== entry) continue;
    switch (entry.name) {
      case 'answer:submit':
        if ((stored.get(itemId) ?? null) === entry.body.value) break;
        if (heldElsewhere && stored.has(itemId)) outlived.push(itemId);
        else again.push({ name: entry.name, body: entry.body });
        break;
      case 'item:flag':
        if (!heldElsewhere && flagged.has(itemId) !== entry.body.flagged)
          again.push({ name: entry.name, body: entry.body });
        break;
      case 'fault:report':
        again.push({ name: entry.name, body: entry.body });
        break;
      case 'item:view':
        break;
    }
  }
  return { again, outlived };
}
