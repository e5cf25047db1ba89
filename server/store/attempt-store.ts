import type { AttemptStore } from '../delivery/attempt-store.ts';
import type { ChainEntry } from '../audit/chain.ts';
import type { JournalRecord } from './build-models.ts';
import { chainKey, chainRange, entryOf } from './chain-record.ts';
import { inTransaction } from './in-transaction.ts';
import type { Store } from './open-store.ts';

const duplicateKey = 11000;

function journalRecord(e: ChainEntry): JournalRecord {
  return { _id: chainKey(e.of, e.n), ...e };
}

/** Attempts in the collections of the store. Journal entries go through the driver itself: hydrating documents costs more than storing them. */
export function createAttemptStore(store: Store): AttemptStore {
  const entries = store.connection.collection<JournalRecord>(store.journal.collection.collectionName);

  return {
    load: async (attemptId) => {
      const record = await store.attempts.findById(attemptId).lean();
      if (!record) return null;
      const rows = await store.journal
        .find({ _id: chainRange(attemptId) })
        .sort({ _id: 1 })
        .lean();
      return { record, entries: rows.map(entryOf) };
    },

    listBegun: async () =>
      (
        await store.attempts
          .find({ endedAt: null, status: { $in: ['running', 'paused'] } }, { _id: 1 })
          .lean()
      ).map((a) => a._id),

    insertEntries: async (batch) => {
      // One insert command, as insertMany would send it: its bookkeeping for each document costs more than the rest of the way.
      const reply = await store.connection.db?.command({
        insert: entries.collectionName,
        documents: batch.map(journalRecord),
        ordered: false,
        writeConcern: { w: 'majority', j: true },
      });
      if (reply?.['ok'] !== 1 || reply['writeConcernError'] !== undefined)
        throw new Error('the entries were not stored');
      const faults: { index: number; code: number }[] = reply['writeErrors'] ?? [];
      const other = faults.find((f) => f.code !== duplicateKey);
      if (other) throw new Error(`an entry was not stored: code ${other.code}`);
      return new Set(faults.map((f) => f.index));
    },

    findBySeq: async (attemptId, clientId, clientSeq) => {
      const row = await store.journal.findOne({ _id: chainRange(attemptId), clientId, clientSeq }).lean();
      return row ? entryOf(row) : null;
    },

    insertLate: async (record) => {
      await store.lateAnswers.updateOne({ _id: record._id }, { $setOnInsert: record }, { upsert: true });
    },

    issue: (record, first) =>
      inTransaction(store.connection, async (session) => {
        await store.attempts.create([record], { session });
        await entries.insertOne(journalRecord(first), { session });
      }),

    end: (last, sheet, status) =>
      inTransaction(store.connection, async (session) => {
        await entries.insertOne(journalRecord(last), { session });
        if (sheet) await store.scoreSheets.create([sheet], { session });
        await store.attempts.updateOne(
          { _id: last.of },
          { $set: { status, endedAt: last.at }, $unset: { codeHash: 1 } },
          { session },
        );
      }),

    transfer: (attemptId, code, entry) =>
      inTransaction(store.connection, async (session) => {
        await entries.insertOne(journalRecord(entry), { session });
        await store.attempts.updateOne(
          { _id: attemptId },
          {
            $set: {
              codeHash: code.hash,
              codeValidUntilAt: code.validUntilAt,
              codeIsTransfer: code.isTransfer,
            },
          },
          { session },
        );
      }),

    takeCode: async (codeHash, seatHash, at) => {
      const before = await store.attempts
        .findOneAndUpdate(
          { codeHash, codeValidUntilAt: { $gt: at }, endedAt: null },
          { $unset: { codeHash: 1 }, $set: { seatHash, codeValidUntilAt: null } },
          { returnDocument: 'before' },
        )
        .lean();
      return before ? { attemptId: before._id, isTransfer: before.codeIsTransfer } : null;
    },

    findBySeat: async (seatHash) =>
      (await store.attempts.findOne({ seatHash }, { _id: 1 }).lean())?._id ?? null,

    saveStatus: async (attemptId, status, startedAt) => {
      await store.attempts.updateOne(
        { _id: attemptId },
        { $set: startedAt === null ? { status } : { status, startedAt } },
      );
    },

    scoreSheet: (attemptId) => store.scoreSheets.findById(attemptId).lean(),
  };
}
