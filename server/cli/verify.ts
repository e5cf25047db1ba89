import { readCheckpoint, type Checkpoint } from '../audit/checkpoint.ts';
import { readKeyRegister, type KeyRegister } from '../audit/key-register.ts';
import { verifyFile, type FileSummary, type Verdict } from '../audit/verify.ts';
import type { ReadBytes } from './check-banks.ts';
import { printable } from './printable.ts';

export interface VerifyFilesOptions {
  /** path of the organisation's register of keys */
  readonly trust?: string;
}

const names = { 'adil-open-dossier-1': 'open dossier', 'adil-audit-file-1': 'audit file' } as const;
const isoTime = (at: number): string => new Date(at).toISOString();

/** A checkpoint says so in its first bytes; everything else is taken for a dossier and refused there if it is none. */
const looksLikeCheckpoint = (bytes: Uint8Array): boolean =>
  /^\{"at":\d+,"count":\d+,"format":"adil-checkpoint-1"/.test(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  );

function describeSections({ sections }: FileSummary): string[] {
  return sections.map((section) => {
    if (section.how === 'questionnaire')
      return `  ${section.section}: questionnaire, ${section.answered} of ${section.items} answered`;
    const topics = section.topics
      .map(({ topic, score, maximum }) => `${topic} ${score}/${maximum}`)
      .join(', ');
    const result =
      section.result === null
        ? 'no threshold'
        : `threshold ${section.result.threshold}, ${section.met === true ? 'met' : 'not met'}${section.result.close ? ', close to the threshold' : ''}`;
    return `  ${section.section}: ${section.score} of ${section.maximum} (standard error ${section.precision.sem}), ${result}${topics === '' ? '' : `; ${topics}`}`;
  });
}

function describeFile(summary: FileSummary): string[] {
  const { format, attemptId, personName, programme, use, demonstration, status, endedAt } = summary;
  const computed = summary.recomputed
    ? '  scores: computed again from the answers, every byte the same'
    : format === 'adil-open-dossier-1'
      ? '  scores: cannot be computed again from an open dossier; ask for the audit file'
      : '  scores: NOT computed again';
  return [
    `  ${names[format]} of attempt ${attemptId}${personName === null ? '' : `, ${personName}`}`,
    `  programme ${programme.id}@${programme.version} (${programme.sha256}), use: ${use}${demonstration ? ', DEMONSTRATION STORE' : ''}`,
    `  ended: ${endedAt === null ? 'no' : `${isoTime(endedAt)}, ${status}`}; sealed: ${isoTime(summary.sealedAt)}${summary.receiptCode === null ? '' : `; receipt ${summary.receiptCode}`}`,
    ...describeSections(summary),
    `  journal: ${summary.entries} entries, ${summary.bodies} with what they say, ${summary.entries - summary.bodies} as links only`,
    ...(summary.purged === null
      ? []
      : [`  purged on ${isoTime(summary.purged.at)} by rule: ${summary.purged.rule}`]),
    computed,
    ...summary.notes.map((note) => `  ${note}`),
  ];
}

function conclude({ ok, signer, problems }: Verdict): string {
  if (!ok) return `BROKEN: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`;
  return signer === 'trusted' ? 'consistent, signer VERIFIED' : 'consistent, signer NOT verified';
}

/**
 * `adil verify FILE… [--trust REGISTER]`: open dossiers and audit files, and among them checkpoints that were kept outside the server, which
 * the others are then held against. Needs no store, no key and no network.
 * @param read bytes of a file, undefined when it cannot be read
 * @param print one line
 * @returns exit code: 0 every file consistent and its signers trusted; 2 consistent, signer not verified; 1 broken, unreadable, or nothing to verify
 */
export async function verifyFiles(
  files: readonly string[],
  options: VerifyFilesOptions,
  read: ReadBytes,
  print: (line: string) => void,
): Promise<number> {
  const say = (line: string): void => print(printable(line));
  let trustedKeys: KeyRegister | undefined;
  if (options.trust !== undefined) {
    try {
      const bytes = await read(options.trust);
      if (bytes === undefined) throw new Error('it cannot be read');
      trustedKeys = readKeyRegister(bytes);
    } catch (e) {
      say(`${options.trust}: ${e instanceof Error ? e.message : 'cannot be read'}`);
      return 1;
    }
  }

  let worst: 0 | 1 | 2 = 0;
  const dossiers: { readonly file: string; readonly bytes: Uint8Array }[] = [];
  const checkpoints: Checkpoint[] = [];
  for (const file of files) {
    const bytes = await read(file);
    if (bytes === undefined) {
      say(`${file}: cannot be read`);
      worst = 1;
    } else if (!looksLikeCheckpoint(bytes)) dossiers.push({ file, bytes });
    else {
      try {
        checkpoints.push(readCheckpoint(bytes));
        say(`${file}: checkpoint, used for the other files`);
      } catch (e) {
        say(`${file}: ${e instanceof Error ? e.message : 'not a checkpoint'}`);
        worst = 1;
      }
    }
  }
  if (dossiers.length === 0) {
    say('nothing to verify: name an open dossier or an audit file');
    return 1;
  }

  for (const { file, bytes } of dossiers) {
    const verdict = verifyFile(bytes, { ...(trustedKeys === undefined ? {} : { trustedKeys }), checkpoints });
    say(`${file}: ${conclude(verdict)}`);
    for (const { line, what } of verdict.problems) say(line === 0 ? `  ${what}` : `  line ${line}: ${what}`);
    if (verdict.ok && verdict.summary !== null) describeFile(verdict.summary).forEach(say);
    if (!verdict.ok) worst = 1;
    else if (verdict.signer !== 'trusted' && worst === 0) worst = 2;
  }
  return worst;
}
