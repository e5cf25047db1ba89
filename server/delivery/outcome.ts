import type { ScoreSheet } from '../../scoring/score-sheet.ts';
import type { Receipt } from '../wire/contract.ts';
import type { Delivery } from './delivery.ts';
import type { Live } from './live-attempts.ts';
import { readSheet } from './score-attempt.ts';
import { shownReceipt } from './seal-receipt.ts';
import { isEnded } from './state.ts';

export interface Outcome {
  readonly sheet: ScoreSheet;
  readonly receipt: Receipt;
}

/** Score sheet and receipt of an attempt; null while it goes on, and when it ended without them (declined). */
export async function outcomeOf(d: Delivery, live: Live): Promise<Outcome | null> {
  if (!isEnded(live.state)) return null;
  const record = await d.store.scoreSheet(live.facts.attemptId);
  return record === null
    ? null
    : {
        sheet: readSheet(record),
        receipt: shownReceipt(record.receipt, live.facts.set.programme.content.title),
      };
}
