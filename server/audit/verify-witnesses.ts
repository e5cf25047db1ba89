/** What speaks for a file besides its own seal: receipt, checkpoint inside, checkpoints from outside, the register of keys. */
import { faultOfCheckpoint, faultOfExtract, type Checkpoint } from './checkpoint.ts';
import { lookUpSigner, type KeyRegister } from './key-register.ts';
import { faultOfReceipt } from './receipt.ts';
import type { DossierFile, FileProblem } from './read-dossier.ts';
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

function checkOutside(file: DossierFile, checkpoint: Checkpoint): Witnesses {
  const name = `outside checkpoint of ${isoTime(checkpoint.at)}`;
  const fault = faultOfCheckpoint(checkpoint);
  if (fault !== null) return { problems: [{ line: 0, what: `${name}: ${fault}` }], notes: [] };
  const entries = file.parts['journal-entry'];
  const head = checkpoint.heads.find((one) => one.chain === 'attempt' && one.of === file.header.attemptId);
  const covered = head?.n ?? 0;
  if (head !== undefined) {
    const entry = entries[head.n - 1];
    if (entry === undefined)
      return {
        problems: [
          {
            line: 0,
            what: `${name}: the journal had ${head.n} entries then and has ${entries.length} now: it was cut`,
          },
        ],
        notes: [],
      };
    if (entry.value.hash !== head.hash)
      return {
        problems: [
          {
            line: entry.line,
            what: `${name}: entry ${head.n} is not what it was then: the journal was rewritten`,
          },
        ],
        notes: [],
      };
  }
  // what claims to be older than the checkpoint must be known to it
  const next = entries[covered];
  if (next !== undefined && next.value.at < checkpoint.at - snapshotMarginMs) {
    return {
      problems: [
        {
          line: next.line,
          what: `${name}: does not know entry ${next.value.n}, which claims to be older: it was put in later`,
        },
      ],
      notes: [],
    };
  }
  return {
    problems: [],
    notes: [
      covered === 0
        ? `${name}: older than the attempt`
        : `${name}: agrees with entries 1 to ${covered} of ${entries.length}`,
    ],
  };
}

export function checkWitnesses(file: DossierFile, outside: readonly Checkpoint[]): Witnesses {
  const all = [checkInside(file), ...outside.map((checkpoint) => checkOutside(file, checkpoint))];
  return {
    problems: [...checkReceipt(file), ...all.flatMap((one) => one.problems)],
    notes: all.flatMap((one) => one.notes),
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
