/**
 * Where staff sessions are kept: a collection of the store, through the connection of the models. (connect-mongo would bring a second
 * MongoDB driver into the process, 8 MB and about 100 ms at every start, and would write at every request.)
 */
import { createHash } from 'node:crypto';
import session from 'express-session';
import type { SessionData } from 'express-session';
import type { Store } from '../store/open-store.ts';

/** From the sign-in; use does not prolong it. */
export const sessionLifeMs = 12 * 3600_000;

interface SessionRecord {
  /** SHA-256 of the id in the cookie: who reads the store cannot sign in with what it holds */
  _id: string;
  accountId: string | null;
  /** JSON of the session */
  session: string;
  /** for the index that removes old records */
  expires: Date;
}

export interface SessionStore {
  readonly store: session.Store;
  /** ends every session of the account; the number ended */
  removeOf(accountId: string): Promise<number>;
}

const storedId = (id: string): string => createHash('sha256').update(id).digest('hex');

type Done = (e?: unknown) => void;

function answer(work: Promise<unknown>, done: Done | undefined): void {
  work.then(
    () => done?.(),
    (e: unknown) => done?.(e),
  );
}

/** Without "touch": a session that is only read writes nothing. */
class CollectionSessionStore extends session.Store {
  readonly #sessions: ReturnType<typeof collectionOf>;

  constructor(sessions: ReturnType<typeof collectionOf>) {
    super();
    this.#sessions = sessions;
  }

  override get(id: string, done: (e: unknown, found?: SessionData | null) => void): void {
    this.#sessions.findOne({ _id: storedId(id), expires: { $gt: new Date() } }).then(
      (row) => done(null, row ? JSON.parse(row.session) : null),
      (e: unknown) => done(e),
    );
  }

  override set(id: string, data: SessionData, done?: Done): void {
    const expires = data.cookie.expires ?? new Date(Date.now() + sessionLifeMs);
    const record = { accountId: data.accountId ?? null, session: JSON.stringify(data), expires };
    answer(this.#sessions.updateOne({ _id: storedId(id) }, { $set: record }, { upsert: true }), done);
  }

  override destroy(id: string, done?: Done): void {
    answer(this.#sessions.deleteOne({ _id: storedId(id) }), done);
  }
}

function collectionOf(connection: Store['connection']) {
  return connection.collection<SessionRecord>('sessions');
}

/** Opens the collection and its indexes. */
export async function openSessionStore(connection: Store['connection']): Promise<SessionStore> {
  const sessions = collectionOf(connection);
  await sessions.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
  await sessions.createIndex({ accountId: 1 });
  return {
    store: new CollectionSessionStore(sessions),
    removeOf: async (accountId) => (await sessions.deleteMany({ accountId })).deletedCount,
  };
}
