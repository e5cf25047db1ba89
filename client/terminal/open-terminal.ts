/** The terminal's one piece of moving machinery: link, outbox and clock around the server's view. */
import type { AttemptView, In, LanguageCode, Reply, Value } from '../../server/wire/contract.ts';
import type { Ask } from '../shared/ask.ts';
import { keepLanguage } from '../shared/keep-language.ts';
import { makeStore, type Store } from '../shared/make-store.ts';
import { openLink } from '../shared/open-link.ts';
import { randomId } from '../shared/random-id.ts';
import { learnClock } from './clock.ts';
import { learnStored, noFacts } from './grid-state.ts';
import { emptyOutbox, type Entry, type Message } from './outbox-state.ts';
import type { OutboxStore } from './outbox-store.ts';
import { runOutbox, type Outbox } from './run-outbox.ts';
import { salvageEntries } from './salvage-entries.ts';
import { forgetScreen, isScreenLeft, leaveScreen } from './screen-left.ts';
import { signIn } from './sign-in.ts';
import {
  endedStatuses,
  firstState,
  type ClosedSection,
  type Problem,
  type TerminalState,
} from './terminal-state.ts';

const attachTimeoutMs = 8_000;
const actTimeoutMs = 8_000;
/** A pushed view has no request to measure against: taken as at most this old. */
const pushAgeMs = 1_000;

type ViewAct = 'identity:confirm' | 'notice:accept' | 'notice:decline' | 'section:start' | 'section:hand-in';
type ViewReply = Reply<ViewAct>;

export interface Terminal {
  readonly store: Store<TerminalState>;
  readonly start: () => void;
  readonly chooseLanguage: (language: LanguageCode) => void;
  readonly enterCode: (code: string) => Promise<void>;
  readonly confirmIdentity: () => Promise<void>;
  readonly acceptNotice: (version: string, language: LanguageCode) => Promise<void>;
  readonly declineNotice: () => Promise<void>;
  readonly startSection: (section: string, language: LanguageCode) => Promise<void>;
  readonly submitAnswer: (itemId: string, value: Value) => void;
  readonly viewItem: (itemId: string) => void;
  readonly flagItem: (itemId: string, flagged: boolean) => void;
  readonly reportFault: (itemId: string, text: string) => void;
  /** hands in as soon as every answer is stored */
  readonly handIn: (section: string) => void;
  readonly stopHandingIn: () => void;
  /** the last moments of a section: whatever still waits is sent now */
  readonly hurry: () => void;
  /** asks the server how things stand */
  readonly refresh: () => void;
  readonly continueHere: () => void;
  readonly passClosed: () => void;
  /** clears the screen for the next person */
  readonly leave: () => void;
}

export function openTerminal(
  boxes: OutboxStore,
  language: LanguageCode | null,
  now: () => number,
  random: () => number,
): Terminal {
  const store = makeStore(firstState(language));
  let clientId = randomId();
  let outbox: Outbox | null = null;
  /** set when another terminal took the lease while this page was open */
  let heldElsewhere = false;
  let beginning: Promise<void> = Promise.resolve();

  const link = openLink({
    as: 'employee',
    hello: attach,
    random,
    pollMs: 4_000,
    pollWhile: () => {
      const { view } = store.get();
      return (
        view !== null && !endedStatuses.has(view.status) && (view.open === null || view.status === 'paused')
      );
    },
    changed: (state) => {
      store.set({ link: state });
      if (state !== 'live' && state !== 'http') outbox?.unlinked();
      else outbox?.linked(store.get().view?.epoch ?? 1, store.get().view?.nextClientSeq ?? 1);
    },
    pushes: {
      'attempt:superseded': ({ attemptId }) => {
        if (attemptId === store.get().view?.attemptId) superseded();
      },
      'attempt:changed': (view) => takeView(view, now() - pushAgeMs),
    },
  });

  async function attach(ask: Ask): Promise<'ready' | 'again' | 'stop'> {
    const sentAt = now();
    const reply = await ask('attempt:attach', { clientId }, attachTimeoutMs);
    if (reply === null) {
      if (store.get().phase === 'starting') store.set({ problem: { code: 'NO_REPLY' } });
      return 'again';
    }
    if (!reply.ok) {
      if (reply.code === 'BUSY' || reply.code === 'STORAGE' || reply.code === 'INTERNAL') return 'again';
      // On a page that never showed an attempt there is nothing to explain: a code is asked for.
      signedOut(store.get().view === null ? null : reply.code);
      return 'stop';
    }
    if (isScreenLeft(reply.data.attemptId) && endedStatuses.has(reply.data.status)) {
      signedOut(null);
      return 'stop';
    }
    await beginAttempt(reply.data, sentAt);
    return 'ready';
  }

  /** One after another: a link that breaks and returns while leftovers are still being read must not begin a second outbox. */
  function beginAttempt(view: AttemptView, sentAt: number): Promise<void> {
    beginning = beginning.catch(() => undefined).then(() => begin(view, sentAt));
    return beginning;
  }

  /** After each attach: the view is the truth for what is stored; what was left undelivered is looked through. */
  async function begin(view: AttemptView, sentAt: number): Promise<void> {
    const { attemptId } = view;
    if (outbox === null || store.get().view?.attemptId !== attemptId) {
      outbox?.close();
      await boxes.wipe(attemptId).catch(() => undefined);
      const leftovers = await boxes.leftovers(attemptId, clientId).catch(() => []);
      outbox = makeOutbox(attemptId);
      store.set({ outbox: emptyOutbox, refused: new Map(), outlived: [] });
      takeView(view, sentAt);
      for (const leftover of leftovers) {
        const salvage = salvageEntries(leftover.entries, view, view.epoch > leftover.epoch + 1);
        salvage.again.forEach(outbox.put);
        store.set({ outlived: [...store.get().outlived, ...salvage.outlived] });
        await boxes.forgetClient(attemptId, leftover.clientId).catch(() => undefined);
      }
    } else {
      if (heldElsewhere) dropOutlived(outbox, view);
      takeView(view, sentAt);
    }
    heldElsewhere = false;
    if (endedStatuses.has(view.status)) await boxes.wipe().catch(() => undefined);
  }

  function dropOutlived(box: Outbox, view: AttemptView): void {
    const { entries } = box.state();
    const salvage = salvageEntries(entries, view, true);
    box.drop(entries.map((entry) => entry.clientSeq));
    salvage.again.forEach(box.put);
    store.set({ outlived: salvage.outlived });
  }

  function makeOutbox(attemptId: string): Outbox {
    return runOutbox({
      attemptId,
      clientId,
      store: boxes,
      ask: link.ask,
      random,
      now,
      changed: (state) => {
        store.set({ outbox: state });
        if (state.entries.length === 0) void handInNow();
      },
      settled: (entry, data, sentAt) => {
        const { clock, facts } = store.get();
        store.set({
          facts: learnStored(facts, entry),
          clock: learnClock(clock, data.remainingMs, sentAt, now()),
        });
      },
      refused: (entry: Entry, code) => {
        if (entry.name === 'item:view') return;
        if (entry.name === 'answer:submit')
          store.set({ refused: new Map(store.get().refused).set(entry.body.itemId, code) });
        else store.set({ problem: { code } });
      },
      halted: (code) => {
        if (code === 'SUPERSEDED') superseded();
        else {
          link.stop();
          signedOut(code);
        }
      },
      suspect: link.restart,
    });
  }

  function takeView(view: AttemptView, sentAt: number): void {
    const before = store.get();
    const { open } = view;
    const running = open !== null && view.status === 'running';
    const sameSection = before.view?.open?.section === open?.section;
    store.set({
      phase: 'attached',
      view,
      problem: null,
      facts:
        open === null
          ? noFacts
          : {
              answers: new Map(open.answers.map((a) => [a.itemId, a.value])),
              flagged: new Set(open.flagged),
            },
      clock: running ? learnClock(sameSection ? before.clock : null, open.remainingMs, sentAt, now()) : null,
      closed: closedSection(before, view) ?? (open === null ? before.closed : null),
      handingIn: sameSection ? before.handingIn : null,
      // What was refused in one section is told until the next begins.
      ...(open !== null && !sameSection ? { refused: new Map(), outlived: [] } : {}),
      language: open?.language ?? (before.view === null ? view.language : null) ?? before.language,
    });
    document.documentElement.classList.toggle('large-text', view.accommodations.largeText);
    document.documentElement.classList.toggle('high-contrast', view.accommodations.highContrast);
    if (endedStatuses.has(view.status)) void boxes.wipe().catch(() => undefined);
  }

  function closedSection(before: TerminalState, view: AttemptView): ClosedSection | null {
    const open = before.view?.open ?? null;
    if (open === null || before.view?.attemptId !== view.attemptId) return null;
    if (view.sections.find(({ id }) => id === open.section)?.status !== 'closed') return null;
    const stored = [...before.facts.answers.values()].filter((value) => value !== null).length;
    if (view.status === 'stopped') return null;
    const by = before.handingIn === open.section && before.outbox.entries.length === 0 ? 'person' : 'time';
    return { section: open.section, by, stored, items: open.items.length };
  }

  function superseded(): void {
    link.stop();
    heldElsewhere = true;
    outbox?.unlinked();
    store.set({ phase: 'superseded', handingIn: null, busy: false });
  }

  function signedOut(code: Problem['code'] | null): void {
    store.set({
      phase: 'signed-out',
      problem: code === null ? null : { code },
      handingIn: null,
      busy: false,
    });
  }

  /** Sends an act of the person. Without a reply the server is asked how things stand: the act may have been carried out. */
  async function act<K extends ViewAct>(name: K, message: In<K>): Promise<boolean> {
    store.set({ busy: true, problem: null });
    const sentAt = now();
    const reply: ViewReply | null = await link.ask<ViewAct>(name, message, actTimeoutMs);
    if (reply === null) {
      store.set({ busy: false, problem: { code: 'NO_REPLY' } });
      link.restart();
      return false;
    }
    if (reply.ok) {
      takeView(reply.data, sentAt);
      store.set({ busy: false });
      return true;
    }
    store.set({ busy: false });
    if (reply.code === 'SUPERSEDED') superseded();
    else if (reply.code === 'NOT_SIGNED_IN') {
      link.stop();
      signedOut(reply.code);
    } else {
      if (reply.code === 'WRONG_STATE' || reply.code === 'NOT_OPEN') link.restart();
      store.set({
        problem: { code: reply.code, ...(reply.errorId === undefined ? {} : { errorId: reply.errorId }) },
      });
    }
    return false;
  }

  async function handInNow(): Promise<void> {
    const { handingIn, busy, view, outbox: box } = store.get();
    if (handingIn === null || busy || view === null || !box.linked || box.entries.length > 0) return;
    await act('section:hand-in', { epoch: view.epoch, section: handingIn });
    // Also after a "no" the person decides again; a lost reply leaves the wish standing until the view is back.
    if (store.get().problem?.code !== 'NO_REPLY') store.set({ handingIn: null });
  }

  const put = (message: Message) => outbox?.put(message);
  const epoch = () => store.get().view?.epoch ?? 1;

  return {
    store,
    start: link.restart,
    chooseLanguage: (chosen) => {
      keepLanguage(chosen);
      const { view } = store.get();
      if (view === null || view.open === null) return store.set({ language: chosen });
      if (!view.sections.some((s) => s.id === view.open?.section && s.languageSwitch)) return undefined;
      void link.ask('language:set', { epoch: epoch(), language: chosen }, actTimeoutMs).then((reply) => {
        if (reply?.ok === true) store.set({ language: chosen });
        else store.set({ problem: { code: reply === null ? 'NO_REPLY' : reply.code } });
      });
      return undefined;
    },
    enterCode: async (code) => {
      store.set({ busy: true, problem: null });
      const refusal = await signIn(code);
      store.set({ busy: false });
      if (refusal !== null) return store.set({ problem: { code: refusal } });
      forgetScreen();
      outbox?.close();
      outbox = null;
      clientId = randomId();
      store.set({ ...firstState(store.get().language), phase: 'starting' });
      link.restart();
      return undefined;
    },
    confirmIdentity: async () => {
      const done = await act('identity:confirm', { epoch: epoch() });
      if (done || store.get().problem?.code === 'WRONG_STATE') store.set({ confirmed: true, problem: null });
    },
    acceptNotice: async (version, chosen) =>
      void (await act('notice:accept', { epoch: epoch(), version, language: chosen })),
    declineNotice: async () => void (await act('notice:decline', { epoch: epoch() })),
    startSection: async (section, chosen) => {
      store.set({ closed: null });
      await act('section:start', { epoch: epoch(), section, language: chosen });
    },
    submitAnswer: (itemId, value) => {
      const { refused, outlived } = store.get();
      if (refused.has(itemId)) store.set({ refused: new Map([...refused].filter(([id]) => id !== itemId)) });
      if (outlived.includes(itemId)) store.set({ outlived: outlived.filter((id) => id !== itemId) });
      put({ name: 'answer:submit', body: { itemId, value } });
    },
    viewItem: (itemId) => put({ name: 'item:view', body: { itemId } }),
    flagItem: (itemId, flagged) => put({ name: 'item:flag', body: { itemId, flagged } }),
    reportFault: (itemId, text) => put({ name: 'fault:report', body: { itemId, text } }),
    handIn: (section) => {
      store.set({ handingIn: section });
      void handInNow();
    },
    stopHandingIn: () => store.set({ handingIn: null }),
    hurry: () => outbox?.hurry(),
    refresh: link.restart,
    continueHere: () => {
      store.set({ phase: 'starting' });
      link.restart();
    },
    passClosed: () => store.set({ closed: null }),
    leave: () => {
      const { view } = store.get();
      if (view !== null) leaveScreen(view.attemptId);
      link.stop();
      outbox?.close();
      outbox = null;
      keepLanguage(null);
      document.documentElement.classList.remove('large-text', 'high-contrast');
      store.set({ ...firstState(null), phase: 'signed-out' });
    },
  };
}
