import { commit, canonical, sha256Hex, type ChainEntry, type Json } from './chain.ts';
import { asJson } from './as-json.ts';
import type { AttemptRecord, PublishedText } from './attempt-record.ts';
import { incidentKinds, openKinds, type FileFormat, type Line, type LineOf } from './dossier-lines.ts';
import { foldProcedure } from './fold-procedure.ts';
import { seal, type SealingKey } from './seal.ts';

const refOf = ({ id, version, sha256 }: PublishedText): { id: string; version: string; sha256: string } => ({
  id,
  version,
  sha256,
});

/** @throws RangeError when the text is not the canonical JSON that its sha256 names: a file that cannot verify is not written */
function valueOf(published: PublishedText): Json {
  const value: Json = JSON.parse(published.canonical);
  if (canonical(value) !== published.canonical || sha256Hex(published.canonical) !== published.sha256) {
    throw new RangeError(`${published.id}@${published.version}: the text is not the one that was published`);
  }
  return value;
}

function header(record: AttemptRecord, format: FileFormat): LineOf<'header'> {
  return {
    part: 'header',
    format,
    attemptId: record.attemptId,
    person: {
      randomId: record.personRandomId,
      ...(record.personName === undefined ? {} : { name: record.personName }),
    },
    issuedAt: record.issuedAt,
    status: record.status,
    endedAt: record.endedAt,
    demonstration: record.demonstration,
    use: record.use,
    form: { id: record.form.id, sha256: record.formSha256 },
    programme: refOf(record.programme),
    banks: record.banks.map(refOf),
    purged: record.purged === null ? null : { at: record.purged.at, rule: record.purged.rule },
  };
}

function journalLine(e: ChainEntry, attemptId: string, open: boolean): LineOf<'journal-entry'> {
  if (e.chain !== 'attempt' || e.of !== attemptId)
    throw new RangeError(`entry ${e.n} belongs to another chain`);
  const shown = !open || openKinds.has(e.kind);
  return {
    part: 'journal-entry',
    chain: 'attempt',
    of: e.of,
    n: e.n,
    kind: e.kind,
    epoch: e.epoch,
    clientId: e.clientId,
    clientSeq: e.clientSeq,
    at: e.at,
    commitment: e.commitment,
    prevHash: e.prevHash,
    hash: e.hash,
    salt: shown ? e.salt : null,
    body: shown ? e.body : null,
  };
}

function sealed(lines: readonly (Line | Json)[], key: SealingKey, at: number): Uint8Array {
  const text = lines.map((line) => `${canonical(asJson(line))}\n`).join('');
  const last: LineOf<'seal'> = { part: 'seal', sha256: sha256Hex(text), ...seal(text, key, at) };
  return Buffer.from(`${text}${canonical(last)}\n`);
}

/** What both files hold after the score sheet. */
function course(record: AttemptRecord, open: boolean): Line[] {
  const { lateAnswers, receipt, checkpoint } = record;
  return [
    { part: 'procedure', sections: foldProcedure(record.entries).map((section) => ({ ...section })) },
    ...record.entries.map((e) => journalLine(e, record.attemptId, open)),
    ...record.entries
      .filter((e) => incidentKinds.has(e.kind))
      .map(({ n, kind, at, body }): Line => ({ part: 'incident', n, kind, at, body })),
    ...(lateAnswers.length === 0 ? [] : [{ part: 'late-answers' as const, count: lateAnswers.length }]),
    ...(open
      ? []
      : lateAnswers.map(({ itemId, value, at }): Line => ({ part: 'late-answer', itemId, value, at }))),
    ...(receipt === null ? [] : [{ part: 'receipt' as const, value: receipt }]),
    ...record.reports.map(({ language, sha256 }): Line => ({ part: 'report', language, sha256 })),
    ...(checkpoint === null ? [] : [{ part: 'checkpoint' as const, value: checkpoint }]),
  ];
}

/** The score sheet goes in as plain JSON: its shape is checked by whoever reads the file. */
const sheetLine = (record: AttemptRecord): Json => ({
  part: 'score-sheet',
  sha256: sha256Hex(canonical(asJson(record.sheet))),
  value: asJson(record.sheet),
});

const commitmentLine = (record: AttemptRecord): LineOf<'commitment'> => ({
  part: 'commitment',
  of: 'withheld-scores',
  commitment: commit(record.withheldSalt, asJson(record.withheld)),
});

/**
 * The open dossier of an attempt, for the commission, the employee and the public check page: score sheet, procedure, the journal as
 * links, commitments to everything withheld. It holds no answer, no key, no item and no scale.
 * @param at when it is made and sealed, milliseconds since the epoch
 * @returns canonical JSON lines, UTF-8 (server/audit/README.md)
 * @throws RangeError when the record contradicts itself; BadBody when the journal does
 */
export function buildOpenDossier(record: AttemptRecord, key: SealingKey, at: number): Uint8Array {
  return sealed(
    [
      header(record, 'adil-open-dossier-1'),
      sheetLine(record),
      commitmentLine(record),
      ...course(record, true),
    ],
    key,
    at,
  );
}

/**
 * The audit file of an attempt, for the auditor and the psychologist: the open dossier's parts, and the form, programme and banks with
 * their keys, every answer and salt, and the withheld scores, so that the whole result can be computed again. Not for anybody else.
 * @throws as buildOpenDossier
 */
export function buildAuditFile(record: AttemptRecord, key: SealingKey, at: number): Uint8Array {
  const formText = canonical(asJson(record.form));
  if (sha256Hex(formText) !== record.formSha256)
    throw new RangeError('the form is not the one that was issued');
  return sealed(
    [
      header(record, 'adil-audit-file-1'),
      { part: 'programme', ...refOf(record.programme), value: valueOf(record.programme) },
      ...record.banks.map((bank): Line => ({ part: 'bank', ...refOf(bank), value: valueOf(bank) })),
      { part: 'form', sha256: record.formSha256, value: record.form },
      sheetLine(record),
      commitmentLine(record),
      { part: 'withheld-scores', salt: record.withheldSalt, value: asJson(record.withheld) },
      ...course(record, false),
    ],
    key,
    at,
  );
}
