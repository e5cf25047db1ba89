/** Makes the record that the store would give for a journal: scored, with a receipt and a checkpoint of the whole journal. */
import type { Bank, Form, Programme } from '../../question-banks/schema.ts';
import { score, type ScoringInput } from '../../scoring/score.ts';
import { asJson } from '../../server/audit/as-json.ts';
import type { AttemptRecord, PublishedText } from '../../server/audit/attempt-record.ts';
import { canonical, sha256Hex } from '../../server/audit/chain.ts';
import { extractHead } from '../../server/audit/checkpoint.ts';
import { foldAnswers } from '../../server/audit/fold-answers.ts';
import { buildReceipt } from '../../server/audit/receipt.ts';
import type { SealingKey } from '../../server/audit/seal.ts';
import { inputOf, type SectionPlan } from '../scoring/make-input.ts';
import { attemptId, chainOf, checkpointOver, serverKey, testSalt, type Act } from './make-chain.ts';

const publish = (value: Bank | Programme): PublishedText => {
  const text = canonical(asJson(value));
  return { id: value.id, version: value.version, sha256: sha256Hex(text), canonical: text };
};
export const refOf = ({ id, version, sha256 }: PublishedText) => ({ id, version, sha256 });

/** What is frozen when an attempt is issued. */
export interface Issue {
  readonly programme: PublishedText;
  readonly banks: readonly PublishedText[];
  readonly form: Form;
  readonly formSha256: string;
  readonly input: Omit<ScoringInput, 'answers'>;
}

export function issue(plans: SectionPlan[]): Issue {
  const { programme, banks, form } = inputOf(plans, []);
  const programmeText = publish(programme);
  const bankTexts = plans.map(({ bank }) => publish(bank));
  const own: Form = {
    ...form,
    id: attemptId,
    seed: sha256Hex('seed of the sample'),
    programme: refOf(programmeText),
    banks: bankTexts.map(refOf),
  };
  const formSha256 = sha256Hex(canonical(own));
  return {
    programme: programmeText,
    banks: bankTexts,
    form: own,
    formSha256,
    input: { attempt: attemptId, form: own, formSha256, programme, banks },
  };
}

export const issuedAct = ({ programme, banks, formSha256 }: Issue, extraTimePercent: number): Act => ({
  kind: 'issued',
  minute: -60,
  body: {
    formSha256,
    programme: refOf(programme),
    banks: banks.map(refOf),
    extraTimePercent,
    personVariables: {},
  },
});

/** @param saltLabel another label: the same acts under other salts, as a rewritten journal would have them */
export function makeRecord(
  given: Issue,
  acts: readonly Act[],
  key: SealingKey = serverKey,
  saltLabel = 'salt',
): AttemptRecord {
  const entries = chainOf(acts, attemptId, saltLabel);
  const last = entries.at(-1);
  if (last === undefined) throw new Error('no acts');
  const answers = foldAnswers(entries);
  const { sheet, withheld } = score({ ...given.input, answers });
  const items = given.form.sections.reduce((sum, section) => sum + section.items.length, 0);
  return {
    attemptId,
    personRandomId: 'p0000000000000000001',
    personName: 'Ерлан Сәтбаев',
    issuedAt: entries[0]?.at ?? 0,
    status: 'handed-in',
    endedAt: last.at,
    demonstration: true,
    use: 'demonstration',
    entries,
    form: given.form,
    formSha256: given.formSha256,
    programme: given.programme,
    banks: given.banks,
    sheet,
    withheld,
    withheldSalt: testSalt('withheld'),
    lateAnswers: [],
    receipt: buildReceipt(
      {
        attemptId,
        programme: refOf(given.programme),
        endedAt: last.at,
        answersStored: answers.size,
        items,
        head: { n: last.n, hash: last.hash },
      },
      key,
      last.at,
    ),
    reports: [{ language: 'kk', sha256: sha256Hex('report') }],
    checkpoint: extractHead(checkpointOver(entries, last.at + 5000, key), 'attempt', attemptId),
    purged: null,
  };
}
