/** The monitor's moving part: the live list of the room and the operator's acts. */
import type {
  In,
  LanguageCode,
  LocalText,
  MonitorRow,
  Out,
  Reply,
  RequestName,
} from '../../server/wire/contract.ts';
import type { RefusalCode } from '../shared/refusal-code.ts';
import type { Ask } from '../shared/ask.ts';
import { keepLanguage } from '../shared/keep-language.ts';
import { makeStore, type Store } from '../shared/make-store.ts';
import { openLink, type LinkState } from '../shared/open-link.ts';

const timeoutMs = 8_000;

export interface SeenRow {
  readonly row: MonitorRow;
  /** performance.now() when it arrived: its remaining time counts from then */
  readonly seenAt: number;
}

export interface Slip {
  readonly name: string;
  readonly programme: LocalText;
  readonly code: string;
  readonly validUntilAt: number;
}

export interface MonitorState {
  readonly phase: 'starting' | 'open' | 'signed-out';
  readonly language: LanguageCode;
  readonly link: LinkState;
  readonly rows: ReadonlyMap<string, SeenRow>;
  /** server clock and page clock at the last message */
  readonly serverAt: number;
  readonly heardAt: number;
  readonly problem: { readonly code: RefusalCode | 'NO_REPLY'; readonly errorId?: string } | null;
  /** what was last done, in short; read aloud */
  readonly done: { readonly admitted: string } | null;
  readonly lists: Out<'people:list'> | null;
  readonly slip: Slip | null;
  readonly busy: boolean;
}

export interface Monitor {
  readonly store: Store<MonitorState>;
  readonly start: () => void;
  readonly chooseLanguage: (language: LanguageCode) => void;
  readonly admit: (row: MonitorRow) => Promise<void>;
  readonly transfer: (row: MonitorRow) => Promise<void>;
  readonly loadLists: () => Promise<void>;
  readonly issue: (
    personId: string,
    name: string,
    programme: Out<'people:list'>['programmes'][number],
  ) => Promise<void>;
  readonly hideSlip: () => void;
}

export function openMonitor(language: LanguageCode, now: () => number, random: () => number): Monitor {
  const store = makeStore<MonitorState>({
    phase: 'starting',
    language,
    link: 'stopped',
    rows: new Map(),
    serverAt: 0,
    heardAt: 0,
    problem: null,
    done: null,
    lists: null,
    slip: null,
    busy: false,
  });

  const link = openLink({
    as: 'staff',
    hello: watch,
    random,
    pollMs: 2_000,
    pollWhile: () => true,
    changed: (state) => store.set({ link: state }),
    pushes: { 'room:changed': ({ rows, serverAt }) => takeRows(new Map(store.get().rows), rows, serverAt) },
  });

  function takeRows(into: Map<string, SeenRow>, rows: readonly MonitorRow[], serverAt: number): void {
    for (const row of rows) into.set(row.attemptId, { row, seenAt: now() });
    store.set({ rows: into, serverAt, heardAt: now() });
  }

  async function watch(ask: Ask): Promise<'ready' | 'again' | 'stop'> {
    const reply = await ask('room:watch', {}, timeoutMs);
    if (reply === null) return 'again';
    if (!reply.ok) {
      if (reply.code !== 'NOT_SIGNED_IN' && reply.code !== 'FORBIDDEN') return 'again';
      store.set({ phase: 'signed-out', problem: { code: reply.code }, slip: null });
      return 'stop';
    }
    takeRows(new Map(), reply.data.rows, reply.data.serverAt);
    store.set({ phase: 'open' });
    return 'ready';
  }

  /** Sends one act; a refusal or a missing reply becomes the problem on screen. */
  async function act<K extends RequestName>(name: K, message: In<K>): Promise<Out<K> | null> {
    if (store.get().busy) return null;
    store.set({ busy: true, problem: null, done: null });
    const reply: Reply<K> | null = await link.ask(name, message, timeoutMs);
    store.set({ busy: false });
    if (reply === null) store.set({ problem: { code: 'NO_REPLY' } });
    else if (reply.ok) return reply.data;
    else if (reply.code === 'NOT_SIGNED_IN')
      store.set({ phase: 'signed-out', problem: { code: reply.code }, slip: null });
    else
      store.set({
        problem: { code: reply.code, ...(reply.errorId === undefined ? {} : { errorId: reply.errorId }) },
      });
    return null;
  }

  return {
    store,
    start: link.restart,
    chooseLanguage: (chosen) => {
      keepLanguage(chosen);
      store.set({ language: chosen });
    },
    admit: async ({ attemptId, name }) => {
      if ((await act('attempt:admit', { attemptId })) !== null) store.set({ done: { admitted: name } });
    },
    transfer: async ({ attemptId, name, programme }) => {
      const given = await act('attempt:transfer', { attemptId });
      if (given !== null)
        store.set({ slip: { name, programme, code: given.code, validUntilAt: given.validUntilAt } });
    },
    loadLists: async () => {
      const lists = await act('people:list', {});
      if (lists !== null) store.set({ lists });
    },
    issue: async (personId, name, programme) => {
      const given = await act('attempt:issue', {
        personId,
        programme: { id: programme.id, version: programme.version },
      });
      if (given !== null)
        store.set({
          slip: { name, programme: programme.title, code: given.code, validUntilAt: given.validUntilAt },
        });
    },
    hideSlip: () => store.set({ slip: null }),
  };
}
