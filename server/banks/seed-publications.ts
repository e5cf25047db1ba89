/** Publishes the repository's banks and programmes: files are seeds, the register is the truth. */
import { sha256Hex } from '../audit/chain.ts';
import { checkBank } from '../../question-banks/check-bank.ts';
import { checkProgramme } from '../../question-banks/check-programme.ts';
import { loadAuthored } from '../../question-banks/load.ts';
import { publicationKey, type PublicationKey } from '../../question-banks/publication-key.ts';
import type { Bank, Problem, Programme } from '../../question-banks/schema.ts';
import type { PublicationRecord } from '../store/build-models.ts';

export interface SeedFile {
  /** for messages */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws Error naming file and problems: a seed that does not check is a fault of the release */
export function readSeeds(files: readonly SeedFile[], now: number): PublicationRecord[] {
  const banks = new Map<PublicationKey, Bank>();
  const programmes: { file: string; programme: Programme; canonical: string }[] = [];
  const records: PublicationRecord[] = [];
  for (const f of files) {
    const loaded = loadAuthored(f.bytes);
    if (!loaded.ok) throw seedFault(f.name, loaded.problems);
    if (loaded.kind === 'programme') {
      programmes.push({ file: f.name, programme: loaded.programme, canonical: loaded.canonical });
      continue;
    }
    const problems = checkBank(loaded.bank);
    if (problems.length > 0) throw seedFault(f.name, problems);
    banks.set(publicationKey(loaded.bank), loaded.bank);
    records.push(record('bank', loaded.bank, loaded.canonical, now));
  }
  for (const p of programmes) {
    const problems = checkProgramme(p.programme, banks);
    if (problems.length > 0) throw seedFault(p.file, problems);
    records.push(record('programme', p.programme, p.canonical, now));
  }
  return records;
}

function record(
  kind: PublicationRecord['kind'],
  of: { id: string; version: string },
  canonical: string,
  now: number,
): PublicationRecord {
  return {
    _id: `${kind}:${publicationKey(of)}`,
    kind,
    id: of.id,
    version: of.version,
    sha256: sha256Hex(canonical),
    bytes: canonical,
    publishedAt: now,
  };
}

function seedFault(name: string, problems: readonly Problem[]): Error {
  return new Error(
    `${name} cannot be published:\n` + problems.map((p) => `  ${p.path}: ${p.rule}: ${p.text}`).join('\n'),
  );
}

export interface PublicationWriter {
  find(
    kind: PublicationRecord['kind'],
    ref: { id: string; version: string },
  ): Promise<PublicationRecord | null>;
  insert(record: PublicationRecord): Promise<void>;
}

/** Inserts what is new. @throws Error when a published version's bytes differ: published bytes never change */
export async function seedPublications(
  writer: PublicationWriter,
  records: readonly PublicationRecord[],
): Promise<void> {
  for (const r of records) {
    const before = await writer.find(r.kind, r);
    if (before === null) await writer.insert(r);
    else if (before.sha256 !== r.sha256)
      throw new Error(
        `${r._id} was published with SHA-256 ${before.sha256}, the file now has ${r.sha256}: give the change a new version`,
      );
  }
}
