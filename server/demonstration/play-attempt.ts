/** Plays one past attempt through the same acts that a terminal calls, on a clock of its own, so that every record is a real one. */
import { createHash } from 'node:crypto';
import type { Form, Item } from '../../question-banks/schema.ts';
import { acceptNotice } from '../delivery/acts/accept-notice.ts';
import { admitAttempt } from '../delivery/acts/admit-attempt.ts';
import { attachTerminal } from '../delivery/acts/attach-terminal.ts';
import { confirmIdentity } from '../delivery/acts/confirm-identity.ts';
import { handInSection } from '../delivery/acts/hand-in-section.ts';
import { recordAtTerminal } from '../delivery/acts/record-at-terminal.ts';
import { startSection } from '../delivery/acts/start-section.ts';
import { detachTerminal } from '../delivery/acts/detach-terminal.ts';
import { transferAttempt } from '../delivery/acts/transfer-attempt.ts';
import { closeOverdue } from '../delivery/acts/close-overdue.ts';
import type { CodeMaker } from '../delivery/code-maker.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Link } from '../delivery/live-attempts.ts';
import { publicationKey } from '../../question-banks/publication-key.ts';
import { formOf } from '../delivery/attempt-facts.ts';
import type { DemonstrationPerson } from './demonstration-people.ts';

/** A clock that the play moves. */
export interface PlayClock {
  now(): number;
  forward(ms: number): void;
}

export interface Play {
  readonly delivery: Delivery;
  readonly clock: PlayClock;
  readonly codes: CodeMaker;
  readonly attemptId: string;
  readonly person: DemonstrationPerson;
  /** random id of the operator's account */
  readonly operator: string;
}

/** A number from 0 to 1 that depends on the words alone. */
function chance(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join('|')).digest().readUInt32BE(0) / 0x1_0000_0000;
}

function clientId(p: Play, n: number): string {
  return createHash('sha256').update(`${p.attemptId}|client|${n}`).digest('hex').slice(0, 24);
}

const silentLink: Link = { send: () => undefined, drop: () => undefined };

/** Plays to the end: signs in, reads, answers every section, hands in. */
export async function playAttempt(p: Play): Promise<void> {
  const { delivery: d, clock, attemptId, person } = p;
  let epoch = (await attachTerminal(d, attemptId, clientId(p, 1), silentLink)).epoch;
  clock.forward(20_000);
  await confirmIdentity(d, attemptId, epoch);
  clock.forward(90_000);
  const facts = await d.lives.inTurn(attemptId, async (live) => live.facts);
  const programme = facts.set.programme.content;
  await acceptNotice(d, attemptId, { epoch, version: programme.notice.version, language: person.language });
  clock.forward(60_000);
  await admitAttempt(d, attemptId, p.operator);
  let seq = 0;
  for (const [index, section] of programme.sections.entries()) {
    clock.forward(45_000);
    await startSection(d, attemptId, { epoch, section: section.id, language: person.language });
    const items = facts.set.items.get(publicationKey(section.bank)) ?? new Map<string, Item>();
    const answers = chooseAnswers(p, formOf(facts), index, items);
    const pace = Math.min(38_000, (section.limitMs * 0.7) / answers.length);
    for (const [i, a] of answers.entries()) {
      clock.forward(Math.round(pace * (0.5 + chance(attemptId, section.id, i))));
      seq += 1;
      await recordAtTerminal(
        d,
        attemptId,
        { kind: 'viewed', body: { itemId: a.itemId }, epoch, clientSeq: seq },
        clock.now(),
      );
      if (a.value === null) continue;
      clock.forward(2_000);
      seq += 1;
      await recordAtTerminal(d, attemptId, { kind: 'answered', body: a, epoch, clientSeq: seq }, clock.now());
      if (index === 0 && i === 20) {
        const after = await playEvent(p, epoch, seq, a.itemId);
        seq = after.seq;
        epoch = after.epoch;
      }
    }
    if (person.timedOut && index === programme.sections.length - 1) {
      clock.forward(section.limitMs);
      await closeOverdue(d);
    } else {
      clock.forward(30_000);
      await handInSection(d, attemptId, { epoch, section: section.id });
    }
  }
  detachTerminal(d, attemptId, silentLink, 0);
}

interface ChosenAnswer {
  readonly itemId: string;
  readonly value: string | number | null;
}

/** So many right answers in each topic as the person's row says; statements by a lean of the person. */
function chooseAnswers(p: Play, form: Form, index: number, items: ReadonlyMap<string, Item>): ChosenAnswer[] {
  const { person, attemptId } = p;
  const right = new Map<string, number>();
  const topics: string[] = [];
  const wanted = index === 0 ? person.legislation : person.logic;
  const shown = form.sections[index]?.items ?? [];
  for (const f of shown) {
    const topic = items.get(f.item)?.topic;
    if (topic !== undefined && !topics.includes(topic)) topics.push(topic);
  }
  topics.sort((a, b) => firstOf(items, a) - firstOf(items, b));
  for (const [i, topic] of topics.entries()) right.set(topic, wanted[i] ?? 0);
  let blank = person.blank;
  return shown.map((f): ChosenAnswer => {
    const item = items.get(f.item);
    if (!item) throw new Error(`item ${f.item} is not in its bank`);
    if (item.kind === 'likert') {
      const lean = 2 + 2 * chance(attemptId, 'lean') + 2.4 * (chance(attemptId, item.id) - 0.5);
      return { itemId: item.id, value: Math.max(1, Math.min(5, Math.round(lean + 0.4))) };
    }
    const left = right.get(item.topic ?? '') ?? 0;
    if (left > 0) {
      right.set(item.topic ?? '', left - 1);
      return { itemId: item.id, value: item.key };
    }
    if (blank > 0) {
      blank -= 1;
      return { itemId: item.id, value: null };
    }
    const wrong = item.options.filter((o) => o.id !== item.key);
    return {
      itemId: item.id,
      value: wrong[Math.floor(chance(attemptId, item.id) * wrong.length)]?.id ?? null,
    };
  });
}

/** Where a topic stands in the bank: the order of the rows in demonstration-people.ts. */
function firstOf(items: ReadonlyMap<string, Item>, topic: string): number {
  return [...items.values()].findIndex((i) => i.topic === topic);
}

async function playEvent(
  p: Play,
  epoch: number,
  seq: number,
  itemId: string,
): Promise<{ epoch: number; seq: number }> {
  const { delivery: d, clock, attemptId } = p;
  switch (p.person.event) {
    case null:
      return { epoch, seq };
    case 'fault-reported':
      await recordAtTerminal(
        d,
        attemptId,
        {
          kind: 'fault',
          body: { itemId, text: 'Екі жауап та дұрыс сияқты көрінеді.' },
          epoch,
          clientSeq: seq + 1,
        },
        clock.now(),
      );
      return { epoch, seq: seq + 1 };
    case 'connection-lost': {
      detachTerminal(d, attemptId, silentLink, 0);
      clock.forward(64_000);
      const view = await attachTerminal(d, attemptId, clientId(p, 1), silentLink);
      return { epoch: view.epoch, seq };
    }
    case 'transfer': {
      await transferAttempt(d, p.codes, attemptId, p.operator);
      detachTerminal(d, attemptId, silentLink, 0);
      clock.forward(95_000);
      await d.lives.inTurn(attemptId, async (live) => {
        live.leaseBy = 'transfer';
      });
      const view = await attachTerminal(d, attemptId, clientId(p, 2), silentLink);
      return { epoch: view.epoch, seq: 0 };
    }
    case 'server-outage': {
      const fromAt = clock.now();
      clock.forward(41_000);
      await d.lives.inTurn(attemptId, async (live) => {
        const now = clock.now();
        const lostMs = now - fromAt;
        await d.lives.write(live, {
          kind: 'incident',
          body: {
            cause: 'server-outage',
            fromAt,
            toAt: now,
            lostMs,
            creditMs: lostMs,
            uncertaintyMs: 250,
            method: 'hrtime',
          },
          at: now,
        });
        live.suspendedFrom = now;
      });
      clock.forward(3_000);
      const view = await attachTerminal(d, attemptId, clientId(p, 1), silentLink);
      return { epoch: view.epoch, seq };
    }
  }
}
