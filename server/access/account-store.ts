/** Accounts of staff in the store. Every change of an account is written together with the entry of its chain that says so. */
import type { ChainEntry } from '../audit/chain.ts';
import { Refusal } from '../errors.ts';
import type { AccountRecord, JournalRecord } from '../store/build-models.ts';
import { chainKey, chainRange, entryOf } from '../store/chain-record.ts';
import type { Store } from '../store/open-store.ts';
import type { Role } from './roles.ts';

export interface AccountStore {
  /** @param name lower case */
  findByName(name: string): Promise<AccountRecord | null>;
  findById(accountId: string): Promise<AccountRecord | null>;
  /** by name */
  list(): Promise<AccountRecord[]>;
  /** the last entry of the account's chain */
  lastEntry(accountId: string): Promise<ChainEntry | null>;
  /** @throws Refusal NAME_TAKEN */
  create(record: AccountRecord, entry: ChainEntry): Promise<void>;
  /** uses the link up and creates the first account, or neither. @throws Refusal LINK_SPENT */
  createFirst(linkId: string, at: number, record: AccountRecord, entry: ChainEntry): Promise<void>;
  change(
    accountId: string,
    set: { roles: Role[] } | { disabledAt: number },
    entry: ChainEntry,
  ): Promise<void>;
  /** replaces every link there was */
  saveLink(linkId: string, validUntilAt: number): Promise<void>;
  linkValid(linkId: string, at: number): Promise<boolean>;
}

type Session = Parameters<Parameters<Store['connection']['transaction']>[0]>[0];

function isDuplicate(e: unknown): boolean {
  return e instanceof Error && 'code' in e && e.code === 11000;
}

function journalRecord(e: ChainEntry): JournalRecord {
  return { _id: chainKey(e.of, e.n), ...e };
}

export function createAccountStore(store: Store): AccountStore {
  const journal = store.connection.collection<JournalRecord>(store.journal.collection.collectionName);
  const insert = async (record: AccountRecord, entry: ChainEntry, session: Session): Promise<void> => {
    try {
      await store.accounts.create([record], { session });
    } catch (e) {
      throw isDuplicate(e) ? new Refusal('NAME_TAKEN') : e;
    }
    await journal.insertOne(journalRecord(entry), { session });
  };

  return {
    findByName: (name) => store.accounts.findOne({ name }).lean(),
    findById: (accountId) => store.accounts.findById(accountId).lean(),
    list: () => store.accounts.find().sort({ name: 1 }).lean(),

    lastEntry: async (accountId) => {
      const row = await store.journal
        .findOne({ _id: chainRange(accountId) })
        .sort({ _id: -1 })
        .lean();
      return row ? entryOf(row) : null;
    },

    create: async (record, entry) => {
      await store.connection.transaction((session) => insert(record, entry, session));
    },

    createFirst: async (linkId, at, record, entry) => {
      await store.connection.transaction(async (session) => {
        const link = await store.setupLinks
          .findOneAndDelete({ _id: linkId, validUntilAt: { $gt: at } }, { session })
          .lean();
        const someone = await store.accounts.findOne({}, { _id: 1 }, { session }).lean();
        if (!link || someone) throw new Refusal('LINK_SPENT');
        await insert(record, entry, session);
      });
    },

    change: async (accountId, set, entry) => {
      await store.connection.transaction(async (session) => {
        await journal.insertOne(journalRecord(entry), { session });
        const done = await store.accounts.updateOne({ _id: accountId }, { $set: set }, { session });
        if (done.matchedCount !== 1) throw new Refusal('NOT_FOUND');
      });
    },

    saveLink: async (linkId, validUntilAt) => {
      await store.setupLinks.deleteMany({});
      await store.setupLinks.create({ _id: linkId, validUntilAt });
    },

    linkValid: async (linkId, at) => {
      const link = await store.setupLinks.findOne({ _id: linkId, validUntilAt: { $gt: at } }).lean();
      return link !== null && (await store.accounts.findOne({}, { _id: 1 }).lean()) === null;
    },
  };
}
