import { Refusal } from '../errors.ts';
import type { AttemptStore } from './attempt-store.ts';

const duplicateKey = 11000;

/**
 * What fails below becomes a refusal that a terminal understands: it keeps its message and tries again.
 * @param fault told what failed; entries go unguarded, the journal judges their failures itself
 * @returns a store that throws Refusal SUPERSEDED where another writer was first, Refusal STORAGE for every other failure
 */
export function guardStore(store: AttemptStore, fault: (e: unknown) => void): AttemptStore {
  function refuse(e: unknown): never {
    if (e instanceof Refusal) throw e;
    if (e instanceof Error && 'code' in e && e.code === duplicateKey)
      throw new Refusal('SUPERSEDED', 'taken');
    fault(e);
    throw new Refusal('STORAGE');
  }
  return {
    insertEntries: (entries) => store.insertEntries(entries),
    load: (id) => store.load(id).catch(refuse),
    listBegun: () => store.listBegun().catch(refuse),
    findBySeq: (id, clientId, clientSeq) => store.findBySeq(id, clientId, clientSeq).catch(refuse),
    insertLate: (record) => store.insertLate(record).catch(refuse),
    issue: (record, first) => store.issue(record, first).catch(refuse),
    end: (last, sheet, status) => store.end(last, sheet, status).catch(refuse),
    transfer: (id, code, entry) => store.transfer(id, code, entry).catch(refuse),
    takeCode: (code, seat, at) => store.takeCode(code, seat, at).catch(refuse),
    findBySeat: (seat) => store.findBySeat(seat).catch(refuse),
    saveStatus: (id, status, startedAt) => store.saveStatus(id, status, startedAt).catch(refuse),
    scoreSheet: (id) => store.scoreSheet(id).catch(refuse),
  };
}
