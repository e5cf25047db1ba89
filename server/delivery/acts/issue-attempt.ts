import { canonical, sha256Hex } from '../../audit/chain.ts';
import { Refusal } from '../../errors.ts';
import type { PersonRecord } from '../../store/build-models.ts';
import type { CodeMaker } from '../code-maker.ts';
import type { Delivery } from '../delivery.ts';
import { nextEntry } from '../live-attempts.ts';
import { genesisHash } from '../../audit/chain.ts';
import type { ProgrammeSet } from '../attempt-facts.ts';
import type { Form } from '../../../question-banks/schema.ts';

export interface IssueInput {
  readonly person: PersonRecord | null;
  readonly set: ProgrammeSet | null;
  /** random id of the operator's account */
  readonly by: string;
  readonly attemptId: string;
  /** draws the form of this attempt */
  assemble(set: ProgrammeSet, formId: string): Form;
}

/** Freezes the form and what the person is entitled to, writes the first entry and gives the one-time code. */
export async function issueAttempt(
  d: Delivery,
  codes: CodeMaker,
  x: IssueInput,
): Promise<{ attemptId: string; code: string; validUntilAt: number }> {
  const { person, set, attemptId } = x;
  if (!person || !set) throw new Refusal('NOT_FOUND');
  const now = d.clock.now();
  const made = codes.make();
  const validUntilAt = now + codes.validForMs;
  const form = x.assemble(set, attemptId);
  const formSha256 = sha256Hex(canonical(form));
  const programme = {
    id: set.programme.content.id,
    version: set.programme.content.version,
    sha256: set.programme.sha256,
  };
  const banks = [...set.banks.values()].map((b) => ({
    id: b.content.id,
    version: b.content.version,
    sha256: b.sha256,
  }));
  const first = nextEntry(
    { attemptId, n: 0, hash: genesisHash('attempt', attemptId), epoch: 0, lastAt: 0 },
    {
      kind: 'issued',
      body: { formSha256, programme, banks, extraTimePercent: person.extraTimePercent, personVariables: {} },
      at: now,
    },
  );
  await d.store.issue(
    {
      _id: attemptId,
      personId: person._id,
      personName: person.name,
      personnelNumber: person.personnelNumber,
      programme,
      banks,
      form,
      formSha256,
      extraTimePercent: person.extraTimePercent,
      largeText: person.largeText,
      highContrast: person.highContrast,
      status: 'invited',
      issuedAt: now,
      issuedBy: x.by,
      startedAt: null,
      endedAt: null,
      codeHash: made.hash,
      codeValidUntilAt: validUntilAt,
      codeIsTransfer: false,
    },
    first,
  );
  d.lives.deps.changed(attemptId);
  return { attemptId, code: made.code, validUntilAt };
}
