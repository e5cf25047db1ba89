import { Refusal } from '../errors.ts';
import type { ChainEntry } from '../audit/chain.ts';
import { readBody } from '../audit/journal-bodies.ts';
import type { SealedReceipt } from '../audit/receipt.ts';
import type { ProgrammeSet } from '../delivery/attempt-facts.ts';
import type { ProgrammeRegister } from '../banks/programme-register.ts';
import { createAttemptStore } from '../store/attempt-store.ts';
import type { AttemptRecord, LateAnswerRecord, ScoreSheetRecord } from '../store/build-models.ts';
import type { Store } from '../store/open-store.ts';
import type { ScoreSheet, WithheldScores } from '../../scoring/score-sheet.ts';

/** Everything the store knows of an attempt that has ended and was scored. */
export interface EndedAttempt {
  readonly record: AttemptRecord;
  readonly entries: readonly ChainEntry[];
  readonly set: ProgrammeSet;
  readonly scored: ScoreSheetRecord;
  readonly sheet: ScoreSheet;
  readonly withheld: WithheldScores;
  readonly receipt: SealedReceipt;
  readonly late: readonly LateAnswerRecord[];
  /** display name of the operator who admitted the employee, or null */
  readonly operator: string | null;
}

/** @throws Refusal NOT_FOUND while the attempt goes on, when it was declined, and when there is none */
export async function readEndedAttempt(
  store: Store,
  register: ProgrammeRegister,
  attemptId: string,
): Promise<EndedAttempt> {
  const [loaded, scored] = await Promise.all([
    createAttemptStore(store).load(attemptId),
    store.scoreSheets.findById(attemptId).lean(),
  ]);
  if (!loaded || !scored) throw new Refusal('NOT_FOUND');
  const admitted = loaded.entries.find((e) => e.kind === 'admitted');
  const by = admitted ? readBody('admitted', admitted).by : null;
  const [set, late, operator] = await Promise.all([
    register.set(loaded.record.programme),
    store.lateAnswers.find({ attemptId, code: 'LATE' }).lean(),
    by === null ? null : store.accounts.findById(by, { displayName: 1 }).lean(),
  ]);
  const sheet: ScoreSheet = JSON.parse(scored.sheet);
  const withheld: WithheldScores = JSON.parse(scored.withheld);
  const receipt: SealedReceipt = JSON.parse(scored.receipt);
  return { ...loaded, set, scored, sheet, withheld, receipt, late, operator: operator?.displayName ?? null };
}
