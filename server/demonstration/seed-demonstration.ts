import type { ChainEntry } from '../audit/chain.ts';
import { createProgrammeRegister } from '../banks/programme-register.ts';
import { findPublication } from '../store/find-publication.ts';
import type { InsertEntries } from '../delivery/journal.ts';
import { randomId } from '../random-id.ts';
import { composeDelivery, type ComposeInput } from '../compose-delivery.ts';
import { issueAttempt } from '../delivery/acts/issue-attempt.ts';
import type { PersonRecord } from '../store/build-models.ts';
import { demonstrationPeople, personAboutToBeTested } from './demonstration-people.ts';
import { playAttempt, type PlayClock } from './play-attempt.ts';

const dayMs = 24 * 3600_000;

function playClock(at: number): PlayClock {
  let t = at;
  return { now: () => t, forward: (ms) => (t += ms) };
}

/**
 * Entries of a played attempt go to the store in a few large batches at its end: nobody waits for an acknowledgement here, and a
 * demonstration that was not filled to the end is emptied and filled anew.
 */
function writeLater(): {
  readonly insertEntries: (insert: InsertEntries) => InsertEntries;
  readonly flush: () => Promise<void>;
} {
  const waiting: ChainEntry[] = [];
  let write: InsertEntries | null = null;
  return {
    insertEntries: (insert) => {
      write = insert;
      return async (entries) => {
        waiting.push(...entries);
        return new Set();
      };
    },
    flush: async () => {
      await write?.(waiting.splice(0));
    },
  };
}

/**
 * Fills a newborn demonstration store: twelve people tested in the last days, each through the real acts, and one who is about to be.
 * @param operator random id of the operator's account
 */
export async function seedDemonstration(
  x: Omit<ComposeInput, 'clock' | 'demonstration' | 'register' | 'insertEntries'>,
  now: number,
  operator: string,
): Promise<void> {
  const programme = { id: 'attestation-demo', version: '1.0.0' };
  const noon = now - (now % dayMs) + 4 * 3600_000;
  const register = createProgrammeRegister({ find: (kind, ref) => findPublication(x.store, kind, ref) });
  await x.store.people.create(personRecord({ ...personAboutToBeTested, extraTimePercent: 0 }, now));
  await Promise.all(
    demonstrationPeople.map(async (person) => {
      const clock = playClock(noon - person.daysAgo * dayMs + person.minute * 60_000);
      const later = writeLater();
      const { delivery, issueInput } = composeDelivery({
        ...x,
        clock,
        demonstration: true,
        register,
        insertEntries: later.insertEntries,
      });
      const record = personRecord(person, clock.now());
      await x.store.people.create(record);
      const { attemptId } = await issueAttempt(
        delivery,
        x.codes,
        await issueInput(record._id, programme, operator),
      );
      clock.forward(15 * 60_000);
      await playAttempt({ delivery, clock, codes: x.codes, attemptId, person, operator });
      await later.flush();
    }),
  );
}

function personRecord(
  p: { name: string; personnelNumber: string; extraTimePercent: number },
  createdAt: number,
): PersonRecord {
  return {
    _id: randomId(),
    name: p.name,
    personnelNumber: p.personnelNumber,
    extraTimePercent: p.extraTimePercent,
    largeText: false,
    highContrast: false,
    createdAt,
  };
}
