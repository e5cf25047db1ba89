/** The audit log: who looked, signed in, exported. One chain per node and UTC day, in the order in which things happened. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { AuditRecord } from '../store/build-models.ts';
import { chainKey, chainRange, entryOf } from '../store/chain-record.ts';
import type { Store } from '../store/open-store.ts';
import type { AuditBodies, AuditKind } from './audit-bodies.ts';
import type { ChainEntry, Json } from './chain.ts';
import { makeEntry } from './make-entry.ts';

export interface AuditLog {
  /** Resolves when the entry is durable: what must be on record before it happens awaits this. @throws Error when the store cannot save */
  append<K extends AuditKind>(kind: K, body: AuditBodies[K]): Promise<void>;
}

export interface AuditLogDeps {
  readonly store: Pick<Store, 'auditLog' | 'connection'>;
  readonly clock: Clock;
  /** random id of this node: letters and digits */
  readonly nodeId: string;
}

interface Waiting {
  readonly kind: AuditKind;
  readonly body: Json;
  readonly at: number;
  done(): void;
  failed(e: unknown): void;
}

/** Ids, codes, hashes and names of acts, which may hold a space after the method. A person's name or a sentence does not pass. */
const plain = /^(?:(?:GET|POST) )?[a-z0-9:/._-]{1,160}$/i;

function assertPlain(body: Json): void {
  if (typeof body === 'string' && !plain.test(body))
    throw new TypeError('the audit log takes ids and codes only');
  if (typeof body === 'object' && body !== null) for (const value of Object.values(body)) assertPlain(value);
}

/** The chain that an entry of this moment belongs to: `<node>-<yyyy-mm-dd>`, UTC. */
export function auditChainOf(nodeId: string, at: number): string {
  return `${nodeId}-${new Date(at).toISOString().slice(0, 10)}`;
}

/** Goes on with the chain of the day where the store has one. Entries that wait together are written together. */
export function createAuditLog(d: AuditLogDeps): AuditLog {
  /** null: not known, to be read from the store */
  let head: ChainEntry | null = null;
  let waiting: Waiting[] = [];
  let writing = false;
  // through the driver itself, as the journal is
  const collection = d.store.connection.collection<AuditRecord>(d.store.auditLog.collection.collectionName);

  const newestWhere = async (key: { $gt: string; $lt: string }): Promise<ChainEntry | null> => {
    const row = await d.store.auditLog.findOne({ _id: key }).sort({ _id: -1 }).lean();
    return row ? entryOf(row) : null;
  };

  function next(before: ChainEntry | null, kind: AuditKind, body: Json, at: number): ChainEntry[] {
    const of = auditChainOf(d.nodeId, Math.max(at, before?.at ?? 0));
    const salt = () => randomBytes(16).toString('hex');
    if (before?.of === of) return [makeEntry('audit', of, before, { kind, body, at, salt: salt() })];
    const opened: AuditBodies['day-opened'] = {
      previousOf: before?.of ?? null,
      previousN: before?.n ?? 0,
      previousHash: before?.hash ?? null,
    };
    const first = makeEntry('audit', of, null, {
      kind: 'day-opened',
      body: opened,
      at: Math.max(at, before?.at ?? 0),
      salt: salt(),
    });
    return [first, makeEntry('audit', of, first, { kind, body, at, salt: salt() })];
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    // All days of a node sort together: "-" + digits lie between "-" and ".".
    head ??= await newestWhere({ $gt: `${d.nodeId}-`, $lt: `${d.nodeId}.` });
    const entries: ChainEntry[] = [];
    for (const w of group) entries.push(...next(entries.at(-1) ?? head, w.kind, w.body, w.at));
    await collection.insertMany(
      entries.map((e) => ({ _id: chainKey(e.of, e.n), ...e })),
      { ordered: true },
    );
    head = entries.at(-1) ?? head;
  }

  async function drain(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await writeGroup(group);
        for (const w of group) w.done();
      } catch (e) {
        // Part of the group may be in the store: what stands there is read again before the next entry.
        head = null;
        for (const w of group) w.failed(e);
      }
    }
    writing = false;
  }

  return {
    append: (kind, body) =>
      new Promise<void>((done, failed) => {
        assertPlain(body);
        waiting.push({ kind, body, at: d.clock.now(), done, failed });
        if (!writing) void drain();
      }),
  };
}

/** The entries of one day, in order, for the auditor's page and for verification. */
export async function readAuditDay(store: Pick<Store, 'auditLog'>, of: string): Promise<ChainEntry[]> {
  const rows = await store.auditLog
    .find({ _id: chainRange(of) })
    .sort({ _id: 1 })
    .lean();
  return rows.map(entryOf);
}
