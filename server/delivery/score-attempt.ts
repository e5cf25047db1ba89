import { asJson } from '../audit/as-json.ts';
import { canonical, commit, sha256Hex, type ChainEntry } from '../audit/chain.ts';
import { score } from '../../scoring/score.ts';
import type { ScoreSheet } from '../../scoring/score-sheet.ts';
import type { ScoreSheetRecord } from '../store/build-models.ts';
import { formOf, type AttemptFacts } from './attempt-facts.ts';
import type { AttemptState } from './state.ts';

/** Makes the sealed receipt's text from what it must say; given by the edge, which holds the key. */
export type SealReceipt = (facts: {
  readonly attemptId: string;
  readonly programme: { readonly id: string; readonly version: string; readonly sha256: string };
  readonly endedAt: number;
  readonly answersStored: number;
  readonly items: number;
  readonly head: { readonly n: number; readonly hash: string };
}) => string;

/**
 * The score sheet of an attempt whose last entry is given. Only answers count that the fold of the journal holds; a withdrawn answer is
 * no answer.
 * @param salt 32 hexadecimal digits, random: commits the open sheet to the withheld part
 */
export function scoreAttempt(
  facts: AttemptFacts,
  state: AttemptState,
  last: ChainEntry,
  salt: string,
  sealReceipt: SealReceipt,
): ScoreSheetRecord {
  const answers = new Map([...state.answers].map(([item, slot]) => [item, slot.value]));
  const { sheet, withheld } = score({
    attempt: facts.attemptId,
    form: formOf(facts),
    formSha256: facts.formSha256,
    programme: facts.set.programme.content,
    banks: new Map([...facts.set.banks].map(([key, b]) => [key, b.content])),
    answers,
  });
  const sheetText = canonical(asJson(sheet));
  const withheldJson = asJson(withheld);
  const keyed = sheet.sections.filter((s) => s.how === 'keyed');
  const results = keyed.map((s) => s.met).filter((m) => m !== null);
  return {
    _id: facts.attemptId,
    sheet: sheetText,
    sha256: sha256Hex(sheetText),
    withheld: canonical(withheldJson),
    withheldSalt: salt,
    withheldCommitment: commit(salt, withheldJson),
    receipt: sealReceipt({
      attemptId: facts.attemptId,
      programme: sheet.programme,
      endedAt: last.at,
      answersStored: [...answers.values()].filter((v) => v !== null).length,
      items: facts.itemsOnForm.reduce((n, items) => n + items.length, 0),
      head: { n: last.n, hash: last.hash },
    }),
    scoredAt: last.at,
    met: results.length === 0 ? null : results.every((m) => m),
    close: keyed.some((s) => s.result?.close === true || s.topics.some((t) => t.result?.close === true)),
  };
}

/** The stored texts were written by scoreAttempt and are covered by hashes; reading them back gives their types. */
export function readSheet(record: ScoreSheetRecord): ScoreSheet {
  const sheet: ScoreSheet = JSON.parse(record.sheet);
  return sheet;
}
