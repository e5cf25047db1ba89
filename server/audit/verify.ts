import type { Checkpoint } from './checkpoint.ts';
import type { FileFormat, LineOf } from './dossier-lines.ts';
import type { KeyRegister } from './key-register.ts';
import { readDossier, type FileProblem } from './read-dossier.ts';
import { checkJournal } from './verify-journal.ts';
import { checkRecomputation, checkSheet } from './verify-scores.ts';
import { checkWitnesses, judgeSigners } from './verify-witnesses.ts';

/** Enough to see what happened; a file that is broken everywhere need not fill the screen. */
const mostProblems = 100;

export interface VerifyOptions {
  /** the organisation's register, from outside the server */
  readonly trustedKeys?: KeyRegister;
  /** checkpoints that were kept outside the server */
  readonly checkpoints?: readonly Checkpoint[];
}

export interface FileSummary {
  readonly format: FileFormat;
  readonly attemptId: string;
  readonly personRandomId: string;
  readonly personName: string | null;
  readonly demonstration: boolean;
  readonly use: 'demonstration' | 'pilot' | 'operational';
  readonly programme: { readonly id: string; readonly version: string; readonly sha256: string };
  readonly status: string;
  readonly endedAt: number | null;
  readonly sealedAt: number;
  readonly keyId: string;
  readonly sections: LineOf<'score-sheet'>['value']['sections'];
  readonly receiptCode: string | null;
  readonly entries: number;
  /** entries whose body is in the file and agrees with its commitment */
  readonly bodies: number;
  /** the scores were computed again from the answers, with the same bytes */
  readonly recomputed: boolean;
  readonly purged: { readonly at: number; readonly rule: string } | null;
  /** what speaks for the file, and how far; for people */
  readonly notes: readonly string[];
}

export interface Verdict {
  /** nothing contradicts itself */
  readonly ok: boolean;
  /** trusted: every seal is by a key that the given register had in force at that time */
  readonly signer: 'trusted' | 'not-verified';
  /** by line; empty exactly when ok */
  readonly problems: readonly FileProblem[];
  /** null when the file cannot be read so far */
  readonly summary: FileSummary | null;
}

/**
 * Verifies an open dossier or an audit file with nothing but its bytes, and, if given, the register of keys and outside checkpoints.
 * Without a register the best result is "consistent, signer not verified". What this proves and what not: README.md of this folder.
 * @returns never throws on bad input
 */
export function verifyFile(bytes: Uint8Array, options: VerifyOptions = {}): Verdict {
  const outside = options.checkpoints ?? [];
  const { file, problems: unreadable } = readDossier(bytes);
  if (file === null)
    return { ok: false, signer: 'not-verified', problems: unreadable.slice(0, mostProblems), summary: null };

  const journal = checkJournal(file);
  // from a broken journal nothing follows: only the first cause is named
  const recomputation = journal.length === 0 ? checkRecomputation(file) : { problems: [], recomputed: false };
  const witnesses = checkWitnesses(file, outside);
  const signers = judgeSigners(file, outside, options.trustedKeys);
  const problems = [
    ...unreadable,
    ...journal,
    ...checkSheet(file),
    ...recomputation.problems,
    ...witnesses.problems,
  ]
    .sort((a, b) => a.line - b.line)
    .slice(0, mostProblems);
  const ok = problems.length === 0;
  const { header, seal, parts, sheet } = file;
  return {
    ok,
    signer: ok && signers.trusted ? 'trusted' : 'not-verified',
    problems,
    summary: {
      format: file.format,
      attemptId: header.attemptId,
      personRandomId: header.person.randomId,
      personName: header.person.name ?? null,
      demonstration: header.demonstration,
      use: header.use,
      programme: header.programme,
      status: header.status,
      endedAt: header.endedAt,
      sealedAt: seal.value.at,
      keyId: seal.value.keyId,
      sections: sheet.value.value.sections,
      receiptCode: parts.receipt[0]?.value.value.code ?? null,
      entries: parts['journal-entry'].length,
      bodies: parts['journal-entry'].filter(({ value }) => value.salt !== null).length,
      recomputed: recomputation.recomputed,
      purged: header.purged,
      notes: [...witnesses.notes, ...signers.notes],
    },
  };
}
