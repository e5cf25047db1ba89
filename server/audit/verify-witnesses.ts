/** What speaks for a file besides its own seal: receipt, checkpoint inside, checkpoints from outside, the register of keys. */
import {
  checkpointHash,
  faultOfCheckpoint,
  faultOfExtract,
  firstCheckpointHash,
  type Checkpoint,
} from './checkpoint.ts';
import type { LineOf } from './dossier-lines.ts';
import { lookUpSigner, type KeyRegister } from './key-register.ts';
import { faultOfReceipt } from './receipt.ts';
import type { DossierFile, FileProblem, Placed } from './read-dossier.ts';
import type { Seal } from './seal.ts';

/** A heads' snapshot takes time: entries this close before a checkpoint may be in it or not. */
const snapshotMarginMs = 60_000;

export interface Witnesses {
  readonly problems: FileProblem[];
  /** for people: what speaks for the file, and how far */
  readonly notes: string[];
}

const isoTime = (at: number): string => new Date(at).toISOString();

export function checkReceipt(file: DossierFile): FileProblem[] {
  return file.parts.receipt.flatMap(({ line, value: { value: receipt } }) => {
    const fault = faultOfReceipt(receipt);
    if (fault !== null) return [{ line, what: `receipt: ${fault}` }];
    const head = file.parts['journal-entry'][receipt.head.n - 1];
    const { header } = file;
    const agrees =
      receipt.attemptId === header.attemptId &&
      receipt.endedAt === header.endedAt &&
      receipt.programme.id === header.programme.id &&
      receipt.programme.version === header.programme.version &&
      receipt.programme.sha256 === header.programme.sha256 &&
      head?.value.hash === receipt.head.hash;
    return agrees ? [] : [{ line, what: 'receipt: belongs to another attempt or another journal' }];
  });
}

function checkInside(file: DossierFile): Witnesses {
  const [placed] = file.parts.checkpoint;
  if (placed === undefined) return { problems: [], notes: ['no checkpoint in the file'] };
  const { line, value } = placed;
  const { head, statement } = value.value;
  const entries = file.parts['journal-entry'];
  const fault = faultOfExtract(value.value);
  if (fault !== null) return { problems: [{ line, what: `checkpoint: ${fault}` }], notes: [] };
  if (head.chain !== 'attempt' || head.of !== file.header.attemptId)
    return { problems: [{ line, what: 'checkpoint: speaks of another chain' }], notes: [] };
  if (entries[head.n - 1]?.value.hash !== head.hash) {
    return {
      problems: [
        {
          line,
          what: `checkpoint: entry ${head.n} of the journal is not what it was at the checkpoint: the journal was cut or rewritten`,
        },
      ],
      notes: [],
    };
  }
  return {
    problems: [],
    notes: [
      `checkpoint of ${isoTime(statement.at)} in the file covers entries 1 to ${head.n} of ${entries.length}`,
    ],
  };
}

/** An entry that claims to be older than a checkpoint that should have known it. */
function putInLater(file: DossierFile, covered: number, at: number): Placed<LineOf<'journal-entry'>> | null {
  const next = file.parts['journal-entry'][covered];
  return next !== undefined && next.value.at < at - snapshotMarginMs ? next : null;
}

function checkOutside(file: DossierFile, checkpoint: Checkpoint): Witnesses {
  const name = `outside checkpoint of ${isoTime(checkpoint.at)}`;
  const caught = (line: number, what: string): Witnesses => ({
    problems: [{ line, what: `${name}: ${what}` }],
    notes: [],
  });
  const fault = faultOfCheckpoint(checkpoint);
  if (fault !== null) return caught(0, fault);
  const entries = file.parts['journal-entry'];
  const head = checkpoint.heads.find((one) => one.chain === 'attempt' && one.of === file.header.attemptId);
  // a checkpoint names the chains that grew since the one before: alone, its silence says nothing
  if (head === undefined) return { problems: [], notes: [`${name}: does not speak of this attempt`] };
  const entry = entries[head.n - 1];
  if (entry === undefined)
    return caught(0, `the journal had ${head.n} entries then and has ${entries.length} now: it was cut`);
  if (entry.value.hash !== head.hash)
    return caught(entry.line, `entry ${head.n} is not what it was then: the journal was rewritten`);
  const later = putInLater(file, head.n, checkpoint.at);
  if (later !== null)
    return caught(
      later.line,
      `does not know entry ${later.value.n}, which claims to be older: it was put in later`,
    );
  return { problems: [], notes: [`${name}: agrees with entries 1 to ${head.n} of ${entries.length}`] };
}

/** Checkpoints without a gap from the very first one know every chain: then silence speaks too. */
function checkSeries(file: DossierFile, outside: readonly Checkpoint[]): Witnesses {
  const series = [...outside].sort((a, b) => a.at - b.at);
  const last = series.at(-1);
  const gapless = series.every((one, i) => {
    const before = series[i - 1];
    return one.prevCheckpointHash === (before === undefined ? firstCheckpointHash : checkpointHash(before));
  });
  if (last === undefined || !gapless) return { problems: [], notes: [] };
  const heads = series.flatMap((one) =>
    one.heads.filter(({ chain, of }) => chain === 'attempt' && of === file.header.attemptId),
  );
  const later = putInLater(file, Math.max(0, ...heads.map((head) => head.n)), last.at);
  if (later === null)
    return {
      problems: [],
      notes: [`all ${series.length} checkpoints from the first to ${isoTime(last.at)} were given`],
    };
  const what = `the checkpoints from the first to ${isoTime(last.at)} do not know entry ${later.value.n}, which claims to be older: it was put in later`;
  return { problems: [{ line: later.line, what }], notes: [] };
}

export function checkWitnesses(file: DossierFile, outside: readonly Checkpoint[]): Witnesses {
  const single = [checkInside(file), ...outside.map((checkpoint) => checkOutside(file, checkpoint))];
  const problems = [...checkReceipt(file), ...single.flatMap((one) => one.problems)];
  const series = problems.length === 0 ? checkSeries(file, outside) : { problems: [], notes: [] };
  return {
    problems: [...problems, ...series.problems],
    notes: [...single.flatMap((one) => one.notes), ...series.notes],
  };
}

/** Every seal of the file, and of the checkpoints it was held against, must be by a key that was in force then. */
export function judgeSigners(
  file: DossierFile,
  outside: readonly Checkpoint[],
  register: KeyRegister | undefined,
): { readonly trusted: boolean; readonly notes: string[] } {
  const { keyId } = file.seal.value;
  if (register === undefined)
    return { trusted: false, notes: [`key ${keyId}: no register of keys was given`] };
  const seals: readonly { readonly what: string; readonly seal: Pick<Seal, 'publicKey' | 'keyId' | 'at'> }[] =
    [
      { what: 'the file', seal: file.seal.value },
      ...file.parts.receipt.map(({ value }) => ({ what: 'the receipt', seal: value.value.seal })),
      ...file.parts.checkpoint.map(({ value }) => ({
        what: 'the checkpoint in the file',
        seal: value.value.seal,
      })),
      ...outside.map(({ at, seal }) => ({ what: `the outside checkpoint of ${isoTime(at)}`, seal })),
    ];
  const judged = seals.map(({ what, seal }) => ({ what, seal, verdict: lookUpSigner(register, seal) }));
  return {
    trusted: judged.every(({ verdict }) => verdict.trusted),
    notes: judged.map(
      ({ what, seal, verdict }) =>
        `${what}: key ${seal.keyId}, ${verdict.trusted ? `in the register as "${verdict.owner}"` : verdict.why}`,
    ),
  };
}
