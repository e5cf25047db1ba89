/** Fills a newborn store for a drill through the acts of the product: published programmes, people, attempts with codes, admitted. */
import { openKeys } from '../../access/keys.ts';
import { readSeedFiles } from '../../banks/read-seed-files.ts';
import { readSeeds, seedPublications } from '../../banks/seed-publications.ts';
import type { Clock } from '../../clock.ts';
import { composeDelivery } from '../../compose-delivery.ts';
import { createCodeMaker } from '../../delivery/code-maker.ts';
import { admitAttempt } from '../../delivery/acts/admit-attempt.ts';
import { issueAttempt } from '../../delivery/acts/issue-attempt.ts';
import { randomId } from '../../random-id.ts';
import { findPublication } from '../../store/find-publication.ts';
import type { Store } from '../../store/open-store.ts';

export interface PreparedAttempt {
  readonly attemptId: string;
  readonly code: string;
}

export interface PrepareOptions {
  readonly store: Store;
  readonly dataFolder: string;
  /** folder of the seeds */
  readonly questionBanks: string;
  readonly programme: { readonly id: string; readonly version: string };
  readonly count: number;
  readonly clock: Clock;
}

const codesValidForMs = 24 * 3600_000;
/** How many people are prepared at the same time, so that their commits are shared. */
const atOnce = 64;

/** @throws Error when the store refuses */
export async function prepareAttempts(o: PrepareOptions): Promise<PreparedAttempt[]> {
  const { store, clock } = o;
  await store.settings.create({ _id: 'store', mode: 'operational', createdAt: clock.now(), filled: true });
  await seedPublications(
    {
      find: (kind, ref) => findPublication(store, kind, ref),
      insert: async (record) => {
        await store.publications.create(record);
      },
    },
    readSeeds(readSeedFiles(o.questionBanks), clock.now()),
  );
  const codes = createCodeMaker((await openKeys(o.dataFolder)).code, codesValidForMs);
  const composed = composeDelivery({
    store,
    clock,
    demonstration: false,
    codes,
    sealingKey: () => {
      throw new Error('nothing is sealed while a drill is prepared');
    },
    fault: (e) => {
      throw e;
    },
  });
  const { delivery } = composed;
  const operator = randomId();

  async function prepareOne(number: number): Promise<PreparedAttempt> {
    const personId = randomId();
    await store.people.create({
      _id: personId,
      name: `Drill ${number}`,
      personnelNumber: String(number),
      extraTimePercent: 0,
      largeText: false,
      highContrast: false,
      createdAt: clock.now(),
    });
    const { attemptId, code } = await issueAttempt(
      delivery,
      codes,
      await composed.issueInput(personId, o.programme, operator),
    );
    await admitAttempt(delivery, attemptId, operator);
    delivery.lives.forget(attemptId);
    return { attemptId, code };
  }

  const prepared: PreparedAttempt[] = [];
  for (let from = 1; from <= o.count; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, o.count - from + 1) }, (_, i) => from + i);
    prepared.push(...(await Promise.all(numbers.map(prepareOne))));
  }
  return prepared;
}
