/** Where undelivered messages survive a crash of the browser: IndexedDB, which also exists over plain HTTP. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry } from './outbox-state.ts';

export interface Leftover {
  readonly clientId: string;
  /** the last lease this page load held */
  readonly epoch: number;
  readonly entries: readonly Entry[];
}

export interface OutboxStore {
  readonly save: (attemptId: string, clientId: string, entry: Entry) => Promise<void>;
  readonly forget: (attemptId: string, clientId: string, clientSeq: number) => Promise<void>;
  readonly noteLease: (attemptId: string, clientId: string, epoch: number) => Promise<void>;
  /** what other page loads of this attempt left undelivered */
  readonly leftovers: (attemptId: string, clientId: string) => Promise<Leftover[]>;
  readonly forgetClient: (attemptId: string, clientId: string) => Promise<void>;
  /** wipes everything, except one attempt if given */
  readonly wipe: (except?: string) => Promise<void>;
}

interface Shape extends DBSchema {
  entries: {
    key: [string, string, number];
    value: { attemptId: string; clientId: string; clientSeq: number; entry: Entry };
  };
  leases: { key: [string, string]; value: { attemptId: string; clientId: string; epoch: number } };
}

const everyClient = (attemptId: string) => IDBKeyRange.bound([attemptId], [attemptId, []]);
const everyEntry = (attemptId: string, clientId: string) =>
  IDBKeyRange.bound([attemptId, clientId], [attemptId, clientId, []]);

async function openShape(): Promise<IDBPDatabase<Shape>> {
  return openDB<Shape>('adil-outbox', 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: ['attemptId', 'clientId', 'clientSeq'] });
      db.createObjectStore('leases', { keyPath: ['attemptId', 'clientId'] });
    },
  });
}

/** Where the browser gives no IndexedDB the outbox lives in memory: the answers still go out, only a crash loses what was not sent. */
const nowhere: OutboxStore = {
  save: () => Promise.resolve(),
  forget: () => Promise.resolve(),
  noteLease: () => Promise.resolve(),
  leftovers: () => Promise.resolve([]),
  forgetClient: () => Promise.resolve(),
  wipe: () => Promise.resolve(),
};

export async function openOutboxStore(): Promise<OutboxStore> {
  let db: IDBPDatabase<Shape>;
  try {
    db = await openShape();
  } catch {
    return nowhere;
  }
  return {
    save: async (attemptId, clientId, entry) => {
      await db.put('entries', { attemptId, clientId, clientSeq: entry.clientSeq, entry });
    },
    forget: (attemptId, clientId, clientSeq) => db.delete('entries', [attemptId, clientId, clientSeq]),
    noteLease: async (attemptId, clientId, epoch) => {
      await db.put('leases', { attemptId, clientId, epoch });
    },
    leftovers: async (attemptId, clientId) => {
      const rows = await db.getAll('entries', everyClient(attemptId));
      const leases = await db.getAll('leases', everyClient(attemptId));
      const epochs = new Map(leases.map((lease) => [lease.clientId, lease.epoch]));
      const byClient = new Map<string, Entry[]>();
      for (const row of rows) {
        if (row.clientId === clientId) continue;
        byClient.set(row.clientId, [...(byClient.get(row.clientId) ?? []), row.entry]);
      }
      return [...byClient]
        .map(([id, entries]) => ({ clientId: id, epoch: epochs.get(id) ?? 0, entries }))
        .sort((a, b) => a.epoch - b.epoch);
    },
    forgetClient: async (attemptId, clientId) => {
      await db.delete('entries', everyEntry(attemptId, clientId));
      await db.delete('leases', [attemptId, clientId]);
    },
    wipe: async (except) => {
      const trx = db.transaction(['entries', 'leases'], 'readwrite');
      for (const name of ['entries', 'leases'] as const) {
        const store = trx.objectStore(name);
        for (const key of await store.getAllKeys()) if (key[0] !== except) await store.delete(key);
      }
      await trx.done;
    },
  };
}
