import type { ScoreSheet } from '../../scoring/score-sheet.ts';
import type { Receipt } from '../wire/contract.ts';
import type { Delivery } from './delivery.ts';

/** Score sheet and receipt of an ended attempt; null when it ended without one (declined). */
export async function outcomeOf(d: Delivery, attemptId: string): Promise<{ sheet: ScoreSheet; receipt: Receipt } | null> {
  const record = await d.store.scoreSheet(attemptId);
  return record === null ? null : d.readOutcome(record);
}
