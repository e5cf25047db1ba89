/** Fills the store of a stopped operational server through the acts of the product: people, short programmes, attempts with codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSeedFiles } from '../../server/banks/read-seed-files.ts';
import { readSeeds, seedPublications } from '../../server/banks/seed-publications.ts';
import { openKeys } from '../../server/access/keys.ts';
import { continueClock } from '../../server/clock.ts';
import { composeDelivery } from '../../server/compose-delivery.ts';
import { issueAttempt } from '../../server/delivery/acts/issue-attempt.ts';
import { createCodeMaker } from '../../server/delivery/code-maker.ts';
import { lastHeartbeat, machineTime } from '../../server/heart.ts';
import { randomId } from '../../server/random-id.ts';
import { findPublication } from '../../server/store/find-publication.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Programme } from '../../question-banks/schema.ts';
import { root } from './start-child.ts';

export interface Wish {
  readonly name: string;
  readonly programme: string;
}

export interface Given {
  readonly name: string;
  readonly attemptId: string;
  readonly code: string;
}

/** A programme like the tour, of the first sections only; the first one is over soon, and no time is given back. */
function shortened(tour: Programme, id: string, sections: number, limitMs: number): Programme {
  return {
    ...tour,
    id,
    graceMs: 500,
    giveBack: { disconnectTotalMs: 0 },
    announceAtMs: [2000],
    sections: tour.sections.slice(0, sections).map((s, i) => (i === 0 ? { ...s, limitMs } : s)),
  };
}

const questionBanks = join(root, 'question-banks');

/**
 * Publishes `short-one` (one section) and `short-two` (two) beside the programmes of the repository and issues one attempt for each wish.
 * @param limitMs time of their first section
 */
export async function prepareRoom(
  dataFolder: string,
  limitMs: number,
  wishes: readonly Wish[],
): Promise<Given[]> {
  const store = await openStore({
    mongodbUri: null,
    folder: join(dataFolder, 'store'),
    embeddedEntry: join(root, 'dist', 'server', 'store', 'embedded', 'worker.js'),
  });
  try {
    const { clock } = continueClock(await lastHeartbeat(store), machineTime());
    const tour: Programme = JSON.parse(
      readFileSync(join(questionBanks, 'programmes', 'attestation-tour', '1.0.0.json'), 'utf8'),
    );
    const extra = [shortened(tour, 'short-one', 1, limitMs), shortened(tour, 'short-two', 2, limitMs)].map(
      (p) => ({ name: p.id, bytes: Buffer.from(JSON.stringify(p)) }),
    );
    await seedPublications(
      {
        find: (kind, ref) => findPublication(store, kind, ref),
        insert: async (record) => {
          await store.publications.create(record);
        },
      },
      readSeeds([...readSeedFiles(questionBanks), ...extra], clock.now()),
    );
    const codes = createCodeMaker((await openKeys(dataFolder)).code, 3600_000);
    const composed = composeDelivery({
      store,
      clock,
      demonstration: false,
      codes,
      sealingKey: () => {
        throw new Error('nothing is sealed while a room is prepared');
      },
      fault: (e) => {
        throw e;
      },
    });
    const given: Given[] = [];
    for (const [n, { name, programme }] of wishes.entries()) {
      const personId = randomId();
      await store.people.create({
        _id: personId,
        name,
        personnelNumber: `T-${n + 1}`,
        extraTimePercent: 0,
        largeText: false,
        highContrast: false,
        createdAt: clock.now(),
      });
      const input = await composed.issueInput(personId, { id: programme, version: '1.0.0' }, randomId());
      const { attemptId, code } = await issueAttempt(composed.delivery, codes, input);
      given.push({ name, attemptId, code });
    }
    return given;
  } finally {
    await store.close();
  }
}
