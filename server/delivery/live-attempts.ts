/**
 * The attempts that are in memory: each is the fold of its journal plus what only this process knows (its connection). Acts on one
 * attempt run one after another; a failed write drops the attempt from memory, and the next act reads it anew from the store.
 */
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { commit, linkHash, randomSalt, type ChainEntry, type Json } from '../audit/chain.ts';
import type { ServerToClient } from '../wire/contract.ts';
import { findItemsOnForm, packForm, type AttemptFacts, type ProgrammeSet } from './attempt-facts.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { EntryKind, Bodies } from './bodies.ts';
import type { Journal } from './journal.ts';
import { isEnded } from './state.ts';
import { applyEntry, emptyState, type AttemptState, type FoldEntry } from './state.ts';
import type { AttemptRecord } from '../store/build-models.ts';

/** A terminal's connection as delivery sees it. */
export interface Link {
  send<E extends keyof ServerToClient>(event: E, message: Parameters<ServerToClient[E]>[0]): void;
  /** ends the connection, after what was sent */
  drop(): void;
}

export interface Live {
  readonly facts: AttemptFacts;
  readonly state: AttemptState;
  link: Link | null;
  /** set while a section is open and no terminal is connected */
  disconnectedAt: number | null;
  /** the clock stands since then: the server was away and the terminal has not come back yet */
  suspendedFrom: number | null;
  leaseBy: Bodies['leased']['by'];
}

export interface LiveDeps {
  readonly clock: Clock;
  readonly store: AttemptStore;
  readonly journal: Journal;
  programmeSet(ref: { id: string; version: string }): Promise<ProgrammeSet>;
  /** told after every change, for the monitor */
  changed(attemptId: string): void;
}

interface Slot {
  live: Live | null;
  tail: Promise<void> | null;
}

export interface Draft<K extends EntryKind> {
  readonly kind: K;
  readonly body: Bodies[K];
  readonly at: number;
  readonly epoch?: number;
  readonly clientId?: string;
  readonly clientSeq?: number;
}

export function factsOf(record: AttemptRecord, set: ProgrammeSet): AttemptFacts {
  return {
    attemptId: record._id,
    personName: record.personName,
    personnelNumber: record.personnelNumber,
    set,
    packedForm: packForm(record.form),
    itemsOnForm: findItemsOnForm(record.form, set),
    formSha256: record.formSha256,
    extraTimePercent: record.extraTimePercent,
    largeText: record.largeText,
    highContrast: record.highContrast,
  };
}

/** The next entry of a chain that stands at state; its time never runs before the entry ahead of it. */
export function nextEntry<K extends EntryKind>(
  state: Pick<AttemptState, 'attemptId' | 'n' | 'hash' | 'epoch' | 'lastAt'>,
  d: Draft<K>,
): ChainEntry {
  const salt = randomSalt();
  const body: Json = d.body;
  const link = {
    chain: 'attempt',
    of: state.attemptId,
    n: state.n + 1,
    kind: d.kind,
    epoch: d.epoch ?? state.epoch,
    clientId: d.clientId ?? '',
    clientSeq: d.clientSeq ?? 0,
    at: Math.max(d.at, state.lastAt),
    commitment: commit(salt, body),
    prevHash: state.hash,
  } as const;
  return { ...link, hash: linkHash(link), salt, body };
}

export interface LiveAttempts {
  /** @throws Refusal NOT_FOUND */
  inTurn<T>(attemptId: string, act: (live: Live) => Promise<T>): Promise<T>;
  /** appends durably, then folds. @throws Refusal SUPERSEDED or STORAGE; the attempt is then read anew by the next act */
  write<K extends EntryKind>(live: Live, draft: Draft<K>): Promise<ChainEntry>;
  /** the same for an entry that goes in together with something else, by an act that commits all of it or nothing */
  commitWith(live: Live, entry: ChainEntry, act: () => Promise<void>): Promise<void>;
  /** forgets what is in memory; the journal is untouched */
  forget(attemptId: string): void;
  /** attempts whose last write failed and which nobody has asked for since: their clocks run, so they must be read again */
  doubtful(): readonly string[];
  loaded(): IterableIterator<Live>;
  peek(attemptId: string): Live | null;
  readonly deps: LiveDeps;
}

export function createLiveAttempts(deps: LiveDeps): LiveAttempts {
  const slots = new Map<string, Slot>();
  /** as they were before the write that failed; their connections still stand */
  const doubts = new Map<string, Live>();

  async function load(attemptId: string): Promise<Live> {
    const found = await deps.store.load(attemptId);
    if (!found) throw new Refusal('NOT_FOUND');
    const facts = factsOf(found.record, await deps.programmeSet(found.record.programme));
    const state = emptyState(facts);
    for (const e of found.entries) applyEntry(state, asFoldEntry(e));
    const before = doubts.get(attemptId);
    doubts.delete(attemptId);
    return {
      facts,
      state,
      link: before?.link ?? null,
      disconnectedAt: before?.disconnectedAt ?? null,
      suspendedFrom: before?.suspendedFrom ?? null,
      leaseBy: before?.leaseBy ?? 'cookie',
    };
  }

  function inTurn<T>(attemptId: string, act: (live: Live) => Promise<T>): Promise<T> {
    let slot = slots.get(attemptId);
    if (!slot) slots.set(attemptId, (slot = { live: null, tail: null }));
    const mine = slot;
    const run = async (): Promise<T> => {
      mine.live ??= await load(attemptId);
      return act(mine.live);
    };
    const result = mine.tail === null ? run() : mine.tail.then(run);
    const settle = (): void => {
      if (mine.tail !== tail) return;
      mine.tail = null;
      if (mine.live === null || (isEnded(mine.live.state) && mine.live.link === null))
        slots.delete(attemptId);
    };
    const tail: Promise<void> = result.then(settle, settle);
    mine.tail = tail;
    return result;
  }

  function forget(attemptId: string): void {
    doubts.delete(attemptId);
    const slot = slots.get(attemptId);
    if (!slot) return;
    slot.live?.link?.drop();
    slot.live = null;
    if (slot.tail === null) slots.delete(attemptId);
  }

  async function write<K extends EntryKind>(live: Live, draft: Draft<K>): Promise<ChainEntry> {
    const entry = nextEntry(live.state, draft);
    await commitWith(live, entry, () => deps.journal.append(entry));
    return entry;
  }

  async function commitWith(live: Live, entry: ChainEntry, act: () => Promise<void>): Promise<void> {
    const { attemptId } = live.facts;
    try {
      await act();
    } catch (e) {
      const slot = slots.get(attemptId);
      if (slot?.live === live) slot.live = null;
      doubts.set(attemptId, live);
      if (e instanceof Refusal && e.code === 'SUPERSEDED') live.link?.drop();
      throw e;
    }
    applyEntry(live.state, asFoldEntry(entry));
    deps.changed(attemptId);
  }

  function* loaded(): IterableIterator<Live> {
    for (const slot of slots.values()) if (slot.live) yield slot.live;
  }

  return {
    inTurn,
    write,
    commitWith,
    forget,
    doubtful: () => [...doubts.keys()],
    loaded,
    peek: (id) => slots.get(id)?.live ?? doubts.get(id) ?? null,
    deps,
  };
}

/** Journal bodies were written by this program under a closed shape; the kind decides which. */
export function asFoldEntry(e: ChainEntry): FoldEntry {
  return e as ChainEntry & FoldEntry;
}
