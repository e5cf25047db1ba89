/** One simulated employee at one terminal: signs in by code, works through the first section, keeps a ledger of what was acknowledged. */
import type { AttemptView, Out, Value } from '../../wire/contract.ts';
import { visitCookie } from '../../access/cookies.ts';
import type { Draws } from './draws.ts';
import { beginSection, nextAct, type EmployeeMind } from './employee.ts';
import type { Ledger, Sent, Stored } from './ledger.ts';
import { openLink, type Heard, type Link } from './link.ts';
import { createOutbox, type Settled } from './outbox.ts';

export interface TerminalOptions {
  readonly origin: string;
  readonly attemptId: string;
  readonly code: string;
  readonly draws: Draws;
  /** pause between two acts, both bounds in ms */
  readonly think: { readonly leastMs: number; readonly mostMs: number };
  /** monotonic milliseconds */
  now(): number;
}

export interface Terminal {
  /** exchanges the code for the terminal's cookie. @throws Error when the server refuses */
  signIn(): Promise<void>;
  connect(): void;
  isWorking(): boolean;
  work(): void;
  rest(): void;
  serverKilled(at: number): void;
  /** breaks the connection and returns at once */
  reconnect(): void;
  waiting(): number;
  handIn(): Promise<void>;
  close(): void;
  ledger(): Ledger;
}

/** Refusals that mean "not now": the message stays in the outbox. */
const retried: ReadonlySet<string> = new Set(['STORAGE', 'BUSY', 'INTERNAL']);
/** Of a hundred messages, how many are sent twice in one breath, as after an acknowledgement that was lost. */
const doubledPercent = 3;
/** Shorter losses of the connection that no kill caused give nobody time back. */
const leastGapMs = 1000;

export function createTerminal(o: TerminalOptions): Terminal {
  const { draws } = o;
  const clientId = Array.from({ length: 20 }, () => draws.below(36).toString(36)).join('');
  /** a terminal has been opened before: without a visit all terminals would share one count of tries */
  const visit = Array.from({ length: 32 }, () => draws.below(16).toString(16)).join('');
  const sent = new Map<number, Sent>();
  const acked = new Map<number, Stored>();
  const latenciesMs: number[] = [];
  const refusals: string[] = [];
  let unequalRepeats = 0;
  let outageMs = 0;
  let shown: Map<string, Value> | null = null;
  let handedIn: string | null = null;

  let link: Link | null = null;
  let cookie = '';
  let epoch = 1;
  let section = '';
  let mind: EmployeeMind | null = null;
  let working = false;
  let linked = false;
  let lostAt: number | null = null;
  let killed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const outbox = createOutbox({
    draws,
    send: async (message) => {
      sent.set(message.clientSeq, message);
      const doubled = draws.below(100) < doubledPercent;
      const [first, second] = await Promise.all([sendOnce(message), doubled ? sendOnce(message) : null]);
      if (first && second && 'stored' in first && 'stored' in second && !isSame(first.stored, second.stored))
        unequalRepeats += 1;
      return first;
    },
    settled: (message, how) => {
      if ('refused' in how) refusals.push(`${message.name} ${how.refused}`);
    },
  });

  async function sendOnce(message: Sent): Promise<Settled> {
    if (link === null) return null;
    const at = o.now();
    const connection = link.connection();
    const heard = await ask(link, message, epoch);
    if (heard === null) return null;
    if ('refused' in heard) return retried.has(heard.refused) ? null : heard;
    const before = acked.get(message.clientSeq);
    if (before && !isSame(before, heard.data)) unequalRepeats += 1;
    if (!before) {
      acked.set(message.clientSeq, heard.data);
      if (link.connection() === connection) latenciesMs.push(o.now() - at);
    }
    return { stored: heard.data };
  }

  /** From the first word to the open section, from wherever the attempt stands. */
  async function greet(): Promise<boolean> {
    if (link === null) return false;
    let view = viewOf(await link.ask('attempt:attach', { clientId }));
    if (view === null) return false;
    epoch = view.epoch;
    settleOutage(view);
    if (view.status === 'checked-in') {
      view = viewOf(await link.ask('identity:confirm', { epoch }));
      if (view === null) return false;
      view = viewOf(
        await link.ask('notice:accept', {
          epoch,
          version: view.programme.notice.version,
          language: view.programme.languages[0] ?? 'kk',
        }),
      );
      if (view === null) return false;
    }
    const next = view.sections.find((s) => s.status === 'ahead');
    if (view.open === null && mind === null && next)
      view = viewOf(
        await link.ask('section:start', { epoch, section: next.id, language: view.language ?? 'kk' }),
      );
    if (view === null) return false;
    takeView(view);
    linked = true;
    outbox.linked();
    return true;
  }

  function viewOf(heard: Heard<'attempt:attach'>): AttemptView | null {
    if (heard === null) return null;
    if ('data' in heard) return heard.data;
    if (!retried.has(heard.refused)) refusals.push(`on the way to the section ${heard.refused}`);
    return null;
  }

  function takeView(view: AttemptView): void {
    if (view.open === null) return;
    section = view.open.section;
    mind ??= beginSection(view.open.items);
    shown = new Map(view.open.answers.map((a) => [a.itemId, a.value]));
  }

  function settleOutage(view: AttemptView): void {
    if (lostAt !== null && view.open !== null) {
      const lostMs = o.now() - lostAt;
      if (killed || lostMs >= leastGapMs) outageMs += lostMs;
    }
    lostAt = null;
    killed = false;
  }

  function thinkOn(): void {
    timer = setTimeout(
      () => {
        if (!working) return;
        if (mind !== null) for (const message of nextAct(mind, draws)) outbox.put(message);
        thinkOn();
      },
      draws.ms(o.think.leastMs, o.think.mostMs),
    );
  }

  return {
    signIn: async () => {
      const reply = await fetch(`${o.origin}/terminal/sign-in`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-adil': '1',
          origin: o.origin,
          cookie: `${visitCookie}=${visit}`,
        },
        body: JSON.stringify({ code: o.code }),
      });
      const text = await reply.text();
      if (!reply.ok) throw new Error(`the server refused a good code: ${reply.status} ${text.slice(0, 200)}`);
      cookie = reply.headers
        .getSetCookie()
        .map((c) => c.split(';', 1)[0] ?? '')
        .join('; ');
    },
    connect: () => {
      link = openLink({
        origin: o.origin,
        cookie,
        draws,
        greet,
        lost: () => {
          linked = false;
          lostAt ??= o.now();
          outbox.unlinked();
        },
      });
      link.open();
    },
    isWorking: () => linked && mind !== null,
    work: () => {
      working = true;
      thinkOn();
    },
    rest: () => {
      working = false;
      clearTimeout(timer);
    },
    serverKilled: (at) => {
      lostAt ??= at;
      killed = true;
    },
    reconnect: () => link?.reopen(),
    waiting: () => outbox.waiting(),
    handIn: async () => {
      const heard = await link?.ask('section:hand-in', { epoch, section });
      if (heard && 'data' in heard) handedIn = section;
      else refusals.push(`section:hand-in ${heard ? heard.refused : 'without reply'}`);
    },
    close: () => {
      clearTimeout(timer);
      link?.close();
    },
    ledger: () => ({
      attemptId: o.attemptId,
      clientId,
      sent,
      acked,
      unequalRepeats,
      latenciesMs,
      outageMs,
      shown,
      handedIn,
      refusals,
    }),
  };
}

function ask(link: Link, m: Sent, epoch: number): Promise<Heard<'answer:submit'>> {
  const { clientSeq, itemId } = m;
  if (m.name === 'answer:submit') return link.ask(m.name, { epoch, clientSeq, itemId, value: m.value });
  if (m.name === 'item:flag') return link.ask(m.name, { epoch, clientSeq, itemId, flagged: m.flagged });
  return link.ask(m.name, { epoch, clientSeq, itemId });
}

function isSame(a: Out<'answer:submit'>, b: Out<'answer:submit'>): boolean {
  return a.n === b.n && a.hash === b.hash && a.storedAt === b.storedAt;
}
