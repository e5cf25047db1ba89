import type { Composed } from '../compose-delivery.ts';
import { issueAttempt } from '../delivery/acts/issue-attempt.ts';
import { transferAttempt } from '../delivery/acts/transfer-attempt.ts';
import type { CodeMaker } from '../delivery/code-maker.ts';
import type { Store } from '../store/open-store.ts';
import { personAboutToBeTested } from './demonstration-people.ts';

const tour = { id: 'attestation-tour', version: '1.0.0' };

/**
 * Makes the function that the start page of a demonstration asks for a code. The same code is shown until somebody has used it, so that
 * opening the page twice takes nothing from anyone.
 */
export function createReadyCode(
  store: Store,
  composed: Composed,
  codes: CodeMaker,
): () => Promise<string | null> {
  let shown: { readonly attemptId: string; readonly code: string } | null = null;
  let asked: Promise<string | null> = Promise.resolve(null);

  async function find(): Promise<string | null> {
    const { personnelNumber } = personAboutToBeTested;
    const person = await store.people.findOne({ personnelNumber }, { _id: 1 }).lean();
    if (!person) return null;
    const waiting = await store.attempts
      .findOne({ personId: person._id, status: 'invited', codeHash: { $exists: true } })
      .lean();
    if (waiting && waiting._id === shown?.attemptId && waiting.codeHash === codes.hashOf(shown.code))
      return shown.code;
    shown = waiting
      ? {
          attemptId: waiting._id,
          code: (await transferAttempt(composed.delivery, codes, waiting._id, 'server')).code,
        }
      : await issueAttempt(composed.delivery, codes, await composed.issueInput(person._id, tour, 'server'));
    return shown.code;
  }

  return () => (asked = asked.then(find, find));
}
