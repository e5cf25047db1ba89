/** The simulated terminal's outbox, with the promises of the real one: in order, one on its way, repeated under its own number. */
import type { Draws } from './draws.ts';
import { backOffMs } from './link.ts';
import type { Message, Sent, Stored } from './ledger.ts';

export type Settled = { readonly stored: Stored } | { readonly refused: string } | null;

export interface OutboxOptions {
  readonly draws: Draws;
  /** null: no reply came, or it must be tried again */
  send(message: Sent): Promise<Settled>;
  settled(message: Sent, how: NonNullable<Settled>): void;
}

export interface Outbox {
  put(message: Message): void;
  linked(): void;
  unlinked(): void;
  waiting(): number;
  /** the number the next message gets */
  nextSeq(): number;
}

export function createOutbox(o: OutboxOptions): Outbox {
  const queue: Sent[] = [];
  let nextSeq = 1;
  let linked = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** grows whenever what is on its way becomes void */
  let round = 0;
  let busy = false;

  const pump = async (): Promise<void> => {
    const first = queue[0];
    if (!linked || busy || first === undefined) return;
    busy = true;
    const mine = round;
    const how = await o.send(first);
    // After a break the same message goes again; a reply to the earlier sending is as good as one to the later.
    if (how !== null && queue[0] === first) {
      queue.shift();
      failures = 0;
      o.settled(first, how);
    }
    if (mine !== round) return;
    busy = false;
    if (how !== null) return pump();
    timer = setTimeout(() => void pump(), backOffMs(failures, o.draws.unit()));
    failures += 1;
  };

  const anew = (isLinked: boolean): void => {
    clearTimeout(timer);
    round += 1;
    busy = false;
    linked = isLinked;
    void pump();
  };

  return {
    put: (message) => {
      queue.push({ ...message, clientSeq: nextSeq });
      nextSeq += 1;
      void pump();
    },
    linked: () => anew(true),
    unlinked: () => anew(false),
    waiting: () => queue.length,
    nextSeq: () => nextSeq,
  };
}
